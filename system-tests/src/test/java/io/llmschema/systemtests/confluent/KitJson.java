package io.llmschema.systemtests.confluent;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.json.JsonMapper;

/**
 * JSON with placeholders where values stand, with {@code ...} as the last member or element for others that may be there, and with
 * {@code <any order>} as the first element of an array whose order does not matter.
 *
 * <p>It is read into a tree in which these are strings that begin with a character that no text of a kit has.
 */
final class KitJson {
    private static final char MARK = '\u0001';

    /** The name of the member, or the element, that stands for others. */
    static final String OTHERS = MARK + "...";

    /** The first element of an array whose order does not matter. */
    static final String ANY_ORDER = MARK + "<any order>";

    private static final ObjectReader READER = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build()
            .reader();

    private final String text;
    private final StringBuilder json = new StringBuilder();
    private final Deque<Character> open = new ArrayDeque<>();
    private int at;

    private KitJson(String text) {
        this.text = text;
    }

    /** JSON as a server sends it, where nothing has a meaning beside that of JSON. */
    static JsonNode parsePlain(String text) {
        return READER.readTree(text);
    }

    static JsonNode parse(String text) {
        KitJson reading = new KitJson(text);
        reading.rewrite();
        try {
            JsonNode tree = parsePlain(reading.json.toString());
            checkPlaceholders(tree);
            return tree;
        } catch (JacksonException e) {
            throw new IllegalArgumentException("this is no JSON: " + text + "\n" + e.getOriginalMessage(), e);
        }
    }

    private static void checkPlaceholders(JsonNode tree) {
        placeholder(tree);
        tree.forEach(KitJson::checkPlaceholders);
    }

    /** The placeholder that stands in the place of a value. */
    static Optional<Placeholder> placeholder(JsonNode node) {
        if (!node.isString() || !node.stringValue().startsWith(MARK + "<") || is(node, ANY_ORDER)) {
            return Optional.empty();
        }
        return Optional.of(Placeholder.parse(node.stringValue().substring(1)));
    }

    static boolean is(JsonNode node, String sign) {
        return node.isString() && node.stringValue().equals(sign);
    }

    private void rewrite() {
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '"') {
                copy(endOfString());
            } else if (c == '<') {
                sign(text.substring(at, endOfSign()));
            } else if (text.startsWith("...", at)) {
                sign("...");
            } else {
                nest(c);
                copy(at + 1);
            }
        }
    }

    private void copy(int end) {
        json.append(text, at, end);
        at = end;
    }

    private void sign(String sign) {
        json.append("\"\\u0001").append(sign).append('"');
        if (sign.equals("...") && Character.valueOf('{').equals(open.peek())) {
            json.append(":true");
        }
        at += sign.length();
    }

    private void nest(char c) {
        if (c == '{' || c == '[') {
            open.push(c);
        } else if (c == '}' || c == ']') {
            open.poll();
        }
    }

    private int endOfString() {
        int end = at + 1;
        while (end < text.length() && text.charAt(end) != '"') {
            end += text.charAt(end) == '\\' ? 2 : 1;
        }
        return Math.min(end + 1, text.length());
    }

    private int endOfSign() {
        int end = text.indexOf('>', at);
        if (end < 0) {
            throw new IllegalArgumentException("an angle bracket is not closed: " + text);
        }
        return end + 1;
    }
}
