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
    public static final Pointer ROOT = new Pointer(null, "", 0);

    private final @Nullable Pointer parent;
    private final String step;
    private final int depth;

    private Pointer(@Nullable Pointer parent, String step, int depth) {
        this.parent = parent;
        this.step = step;
        this.depth = depth;
    }

    public Pointer child(String name) {
        return new Pointer(this, name, depth + 1);
    }

    public Pointer child(int index) {
        return child(Integer.toString(index));
    }

    /** How many steps it is from the root. */
    public int depth() {
        return depth;
    }

    /** As RFC 6901 writes it; the root is the empty string. */
    @Override
    public String toString() {
        Deque<String> steps = new ArrayDeque<>();
        for (Pointer at = this; at.parent != null; at = at.parent) {
            steps.addFirst(at.step);
        }
        StringBuilder text = new StringBuilder();
        steps.forEach(step -> text.append('/').append(escape(step)));
        return text.toString();
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
