package io.llmschema.model;

import io.llmschema.model.RegistryException.InvalidValue;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.Comparator;

/**
 * The identity of a subject: a name, inside a tenant, under which the versions of one schema are kept.
 *
 * <p>A name has 1 to {@value #MAX_NAME_LENGTH} characters: letters (with their marks) and digits of any script, and the punctuation of
 * ASCII. White space, control characters and emoji are refused, because they cannot be typed, logged or compared reliably; for the
 * last reason a name is in Unicode's normalization form C. A slash separates path segments ({@code google/api/http.proto}); no
 * segment is empty, {@code .} or {@code ..}.
 *
 * <p>Ordered by tenant, then by name in the order of Unicode code points, which is that of its UTF-8 bytes.
 */
public record Subject(TenantId tenant, String name) implements Comparable<Subject> {
    public static final int MAX_NAME_LENGTH = 255;

    /** The name under which is set what is true for all subjects of a tenant; no schema can be registered under it. */
    public static final String GLOBAL = "__GLOBAL";

    /** The context of names that name none. */
    public static final String DEFAULT_CONTEXT = ".";

    /** In the place of a context: all of them. */
    private static final String ALL_CONTEXTS = ":.__GLOBAL:";

    /** What a name begins with that names a context. */
    private static final String CONTEXT_PREFIX = ":.";

    private static final Comparator<Subject> ORDER =
            Comparator.comparing(Subject::tenant).thenComparing(Subject::codePoints, Arrays::compare);

    public Subject {
        checkName(name);
    }

    private static void checkName(String name) {
        int length = name.codePointCount(0, name.length());
        if (length == 0 || length > MAX_NAME_LENGTH) {
            throw invalid(name, "a subject name has 1 to " + MAX_NAME_LENGTH + " characters, this one has " + length);
        }
        if (!isPrintableAscii(name)) {
            checkCharacters(name);
        }
        for (String segment : name.split("/", -1)) {
            if (segment.isEmpty() || segment.equals(".") || segment.equals("..")) {
                throw invalid(name, "between slashes stands a name, never nothing, '.' or '..'");
            }
        }
    }

    private static boolean isPrintableAscii(String name) {
        for (int i = 0; i < name.length(); i++) {
            if (!isPrintableAscii(name.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isPrintableAscii(int codePoint) {
        return codePoint > ' ' && codePoint < 0x7F;
    }

    /** Needless for printable ASCII, all of which is allowed and in normalization form C. */
    private static void checkCharacters(String name) {
        name.codePoints().filter(c -> !isAllowed(c)).findFirst().ifPresent(c -> {
            throw invalid(
                    name,
                    "the character U+%04X (%s) is not allowed; a subject name is made of letters, digits and ASCII punctuation"
                            .formatted(c, Character.getName(c)));
        });
        if (!Normalizer.isNormalized(name, Normalizer.Form.NFC)) {
            throw invalid(
                    name, "it is not in Unicode's normalization form C, in which names that look alike are alike");
        }
    }

    private static boolean isAllowed(int codePoint) {
        return isPrintableAscii(codePoint)
                || (codePoint > 0x7F && (Character.isLetterOrDigit(codePoint) || isPartOfALetter(codePoint)));
    }

    /** Many scripts write vowels and accents as marks on letters. */
    private static boolean isPartOfALetter(int codePoint) {
        int type = Character.getType(codePoint);
        return type == Character.NON_SPACING_MARK || type == Character.COMBINING_SPACING_MARK;
    }

    private static InvalidValue invalid(String name, String reason) {
        return new InvalidValue("subject", name, reason);
    }

    /** What stands for all subjects of a tenant that are in no context. */
    public static Subject global(TenantId tenant) {
        return new Subject(tenant, GLOBAL);
    }

    /** What stands for all subjects of a tenant, in whatever context. */
    public static Subject ofAllContexts(TenantId tenant) {
        return new Subject(tenant, ALL_CONTEXTS);
    }

    /** Whether it stands for all subjects of a context, or of its tenant, so that no schema can be registered under it. */
    public boolean isScope() {
        return name.equals(GLOBAL) || (!name.isEmpty() && contextEnd() == name.length());
    }

    /**
     * The context that it is in: a namespace inside its tenant, whose name begins with a dot. {@code :.team:orders} is in {@code .team}; a name that names
     * none is in {@value #DEFAULT_CONTEXT}.
     */
    public String context() {
        int end = contextEnd();
        return end == 0 ? DEFAULT_CONTEXT : name.substring(1, end - 1);
    }

    /** What it is called inside its context; empty if it stands for all of it. */
    public String nameInContext() {
        return name.substring(contextEnd());
    }

    /** What stands for all subjects of its context. */
    public Subject scope() {
        int end = contextEnd();
        return new Subject(tenant, end == 0 ? GLOBAL : name.substring(0, end));
    }

    /** Where the name begins inside the context; 0 if none is named. */
    private int contextEnd() {
        return name.startsWith(CONTEXT_PREFIX) ? name.indexOf(':', CONTEXT_PREFIX.length()) + 1 : 0;
    }

    private int[] codePoints() {
        return name.codePoints().toArray();
    }

    @Override
    public int compareTo(Subject other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return name;
    }
}
