package io.llmschema.json;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * A JSON Pointer (RFC 6901) that grows step by step and shares what it grows from.
 *
 * <p>A walk over a tree makes one for each value; only the few that are reported are ever written out, so that long names high in
 * a tree are not copied for everything beneath.
 */
public final class Pointer {
    public static final Pointer ROOT = new Pointer(null, "", 0, 0);

    private final @Nullable Pointer parent;

    /** A name; null where the step is an index. */
    private final @Nullable String name;

    private final int index;
    private final int depth;

    private Pointer(@Nullable Pointer parent, @Nullable String name, int index, int depth) {
        this.parent = parent;
        this.name = name;
        this.index = index;
        this.depth = depth;
    }

    public Pointer child(String name) {
        return new Pointer(this, name, 0, depth + 1);
    }

    public Pointer child(int index) {
        return new Pointer(this, null, index, depth + 1);
    }

    /** How many steps it is from the root. */
    public int depth() {
        return depth;
    }

    /** This pointer where it is no longer than some characters, or else that of the nearest value around it which is. */
    public Pointer within(int maxLength) {
        Pointer nearest = this;
        long length = 0;
        for (Pointer at = this; at.parent != null; at = at.parent) {
            length += 1 + at.step().length();
        }
        while (length > maxLength && nearest.parent != null) {
            length -= 1 + nearest.step().length();
            nearest = nearest.parent;
        }
        return nearest;
    }

    /** As RFC 6901 writes it; the root is the empty string. */
    @Override
    public String toString() {
        Deque<String> steps = new ArrayDeque<>();
        for (Pointer at = this; at.parent != null; at = at.parent) {
            steps.addFirst(at.step());
        }
        StringBuilder text = new StringBuilder();
        steps.forEach(step -> text.append('/').append(escape(step)));
        return text.toString();
    }

    private String step() {
        return name != null ? name : Integer.toString(index);
    }

    /** A name as it stands in a pointer. */
    static String escape(String name) {
        return name.replace("~", "~0").replace("/", "~1");
    }

    /** A name as it stands in the text, from how it stands in a pointer. */
    public static String unescape(String step) {
        return step.replace("~1", "/").replace("~0", "~");
    }
}
