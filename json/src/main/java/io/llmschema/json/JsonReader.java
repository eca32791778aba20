package io.llmschema.json;

import io.llmschema.model.Violation;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ContainerNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** One reading of one text into a tree, token by token and without recursion. */
final class JsonReader {
    /**
     * Strict as JSON is. Of the limits only the one on numbers stays, since texts are bounded before they come here; names are not
     * kept between texts, so that one tenant's names never weigh on another's reading.
     */
    private static final TokenStreamFactory FACTORY = JsonFactory.builder()
            .disable(TokenStreamFactory.Feature.CANONICALIZE_PROPERTY_NAMES)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(Integer.MAX_VALUE)
                    .maxNumberLength(JsonText.MAX_NUMBER_LENGTH)
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE)
                    .build())
            .build();

    private static final Pattern ASIDE =
            Pattern.compile("( \\((start marker at|not recognized as one since)|: enable `?Json).*", Pattern.DOTALL);

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final int DIGITS_OF_A_LONG = 18;

    /** An object or array that is not closed yet, and the name that its next value will have. */
    private static final class Open {
        final ContainerNode<?> node;
        final Pointer pointer;

        @Nullable
        String name;

        Open(ContainerNode<?> node, Pointer pointer) {
            this.node = node;
            this.pointer = pointer;
        }

        Pointer next() {
            return name == null ? pointer.child(node.size()) : pointer.child(name);
        }

        void add(JsonNode value) {
            if (node instanceof ArrayNode array) {
                array.add(value);
            } else if (node instanceof ObjectNode object && name != null) {
                object.set(name, value);
            }
        }
    }

    private final String text;
    private final int maxDepth;
    private final Deque<Open> open = new ArrayDeque<>();
    private @Nullable JsonNode root;
    private int values;

    JsonReader(String text, int maxDepth) {
        this.text = text;
        this.maxDepth = maxDepth;
    }

    static JsonParser parserOf(String text) {
        return FACTORY.createParser(ObjectReadContext.empty(), text);
    }

    JsonText read() {
        try (JsonParser parser = parserOf(text)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                Violation violation = take(token, parser);
                if (violation != null) {
                    return new JsonText.Malformed(violation);
                }
            }
        } catch (StreamConstraintsException e) {
            return malformed(offsetOf(e), "a number has more than " + JsonText.MAX_NUMBER_LENGTH + " characters");
        } catch (JacksonException e) {
            return malformed(offsetOf(e), sentenceOf(e));
        }
        return root == null ? malformed(text.length(), "there is no value") : new JsonText.WellFormed(root);
    }

    private @Nullable Violation take(JsonToken token, JsonParser parser) {
        return switch (token) {
            case START_OBJECT -> begin(NODES.objectNode(), parser);
            case START_ARRAY -> begin(NODES.arrayNode(), parser);
            case END_OBJECT, END_ARRAY -> end();
            case PROPERTY_NAME -> name(parser);
            case VALUE_STRING -> put(NODES.stringNode(parser.getString()), parser);
            case VALUE_NUMBER_INT -> put(integer(parser.getString()), parser);
            case VALUE_NUMBER_FLOAT -> putDecimal(parser);
            case VALUE_TRUE, VALUE_FALSE -> put(NODES.booleanNode(token == JsonToken.VALUE_TRUE), parser);
            case VALUE_NULL -> put(NODES.nullNode(), parser);
            case NOT_AVAILABLE, VALUE_EMBEDDED_OBJECT ->
                throw new IllegalStateException("a text has no such token: " + token);
        };
    }

    private @Nullable Violation begin(ContainerNode<?> node, JsonParser parser) {
        if (open.size() == maxDepth) {
            return here(parser, "it is nested deeper than " + maxDepth + " levels");
        }
        Pointer pointer = open.isEmpty() ? Pointer.ROOT : open.getLast().next();
        Violation violation = put(node, parser);
        open.addLast(new Open(node, pointer));
        return violation;
    }

    private @Nullable Violation end() {
        open.removeLast();
        return null;
    }

    private static JsonNode integer(String digits) {
        return digits.length() <= DIGITS_OF_A_LONG
                ? NODES.numberNode(Long.parseLong(digits))
                : NODES.numberNode(new BigInteger(digits));
    }

    private @Nullable Violation putDecimal(JsonParser parser) {
        BigDecimal number = Numbers.decimal(parser.getString());
        return number == null
                ? here(parser, "the power of ten of a number has more than " + JsonText.MAX_EXPONENT_DIGITS + " digits")
                : put(NODES.numberNode(number), parser);
    }

    private @Nullable Violation name(JsonParser parser) {
        Open object = open.getLast();
        String name = parser.currentName();
        object.name = name;
        if (!object.node.has(name)) {
            return null;
        }
        Violation place = here(parser, "the name '" + shortened(name) + "' occurs twice in one object");
        return new Violation(
                object.pointer.within(JsonPlaces.MAX_POINTER_LENGTH).toString(),
                place.line(),
                place.column(),
                place.reason());
    }

    private @Nullable Violation put(JsonNode value, JsonParser parser) {
        if (++values > JsonText.MAX_VALUES) {
            return here(parser, "it has more than " + JsonText.MAX_VALUES + " values");
        }
        if (!open.isEmpty()) {
            open.getLast().add(value);
        } else if (root == null) {
            root = value;
        } else {
            return here(parser, "there is more after the end of the value");
        }
        return null;
    }

    private Violation here(JsonParser parser, String reason) {
        return JsonPlaces.violationAt(text, (int) parser.currentTokenLocation().getCharOffset(), reason);
    }

    private JsonText malformed(int offset, String reason) {
        return new JsonText.Malformed(JsonPlaces.violationAt(text, offset, reason));
    }

    private int offsetOf(JacksonException e) {
        TokenStreamLocation location = e.getLocation();
        long offset = location == null ? -1 : location.getCharOffset();
        return offset < 0 ? text.length() : (int) Math.min(offset, text.length());
    }

    /** The library's words without the place, which the violation tells, and without advice to Java programmers. */
    private static String sentenceOf(JacksonException e) {
        return "this is no JSON: " + ASIDE.matcher(e.getOriginalMessage()).replaceFirst("");
    }

    private static String shortened(String name) {
        return name.length() <= 100 ? name : name.substring(0, 100) + "…";
    }
}
