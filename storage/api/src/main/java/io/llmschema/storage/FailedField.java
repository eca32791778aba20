package io.llmschema.storage;

import static java.util.Comparator.comparing;

import io.llmschema.model.DocumentError;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A kind of place in documents, and the kind of rule that was broken there.
 *
 * <p>Ordered by path and then by keyword, in the order of Unicode code points.
 *
 * @param path a JSON Pointer with {@code *} in place of each index of an array, such as {@code /items/*}; the whole document is the
 *     empty path; at most {@value #MAX_PATH_LENGTH} characters, the rest is cut off
 * @param keyword at most {@value #MAX_KEYWORD_LENGTH} characters; see {@link DocumentError}
 */
public record FailedField(String path, String keyword) implements Comparable<FailedField> {
    public static final int MAX_PATH_LENGTH = 200;
    public static final int MAX_KEYWORD_LENGTH = 64;

    private static final Comparator<FailedField> ORDER = comparing(
                    (FailedField field) -> field.path.codePoints().toArray(), Arrays::compare)
            .thenComparing(field -> field.keyword.codePoints().toArray(), Arrays::compare);

    /** A pointer does not say whether it goes into an array, so a property whose name looks like an index is taken for one. */
    private static final Pattern INDEX = Pattern.compile("(?<=/)(0|[1-9][0-9]*)(?=/|$)");

    /** Rules that are broken by a name of which the schema knows nothing: it is the document's own, and may be anybody's. */
    private static final Set<String> NAMES_OF_DOCUMENTS = Set.of(
            "additionalProperties", "unevaluatedProperties", "propertyNames", "unknown-field", "duplicate-field");

    private static final Pattern LAST_NAME = Pattern.compile("/[^/]*$");

    /** Half a character is none, and a store of texts may not take NUL. Names of properties are the client's. */
    private static final Pattern UNSTORABLE = Pattern.compile("[\\x00\\p{Cs}]");

    public FailedField {
        check("path", path, MAX_PATH_LENGTH);
        check("keyword", keyword, MAX_KEYWORD_LENGTH);
    }

    private static void check(String what, String text, int maxLength) {
        if (text.length() > maxLength || UNSTORABLE.matcher(text).find()) {
            throw new IllegalArgumentException("no %s of a failed field: %s".formatted(what, text));
        }
    }

    /** Where and how a document was wrong, without what is the document's own: indexes, names that the schema does not know, and what is longer than is kept. */
    public static FailedField of(DocumentError error) {
        String path = NAMES_OF_DOCUMENTS.contains(error.keyword())
                ? LAST_NAME.matcher(error.instancePath()).replaceFirst("/*")
                : error.instancePath();
        // Cut twice, because the pattern should not read what a client can make as long as a request.
        String shape = INDEX.matcher(cut(path, MAX_PATH_LENGTH * 2)).replaceAll("*");
        return new FailedField(storable(shape, MAX_PATH_LENGTH), storable(error.keyword(), MAX_KEYWORD_LENGTH));
    }

    private static String storable(String text, int maxLength) {
        return cut(UNSTORABLE.matcher(text).replaceAll("\uFFFD"), maxLength);
    }

    /** The beginning, without half a character at its end. */
    private static String cut(String text, int maxLength) {
        if (text.length() <= maxLength) {
            return text;
        }
        return text.substring(0, maxLength - (Character.isHighSurrogate(text.charAt(maxLength - 1)) ? 1 : 0));
    }

    @Override
    public int compareTo(FailedField other) {
        return ORDER.compare(this, other);
    }
}
