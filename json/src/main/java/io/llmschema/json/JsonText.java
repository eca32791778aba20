package io.llmschema.json;

import io.llmschema.model.Violation;
import tools.jackson.databind.JsonNode;

/**
 * A text read as JSON, by the letter of RFC 8259: no comments, no trailing commas, no {@code NaN}, nothing after the value.
 *
 * <p>Stricter than the RFC in what it leaves open: a name may occur once in an object, since readers differ in which of two they
 * take.
 */
public sealed interface JsonText {
    /** The most characters of a number: far more than anyone writes, few enough that arithmetic stays cheap. */
    int MAX_NUMBER_LENGTH = 1_000;

    /**
     * The most digits of a power of ten ({@code 1e999999999}): what a {@link java.math.BigDecimal} can hold with certainty. Values
     * are held by their power, never written out, so a large one costs nothing.
     */
    int MAX_EXPONENT_DIGITS = 9;

    /**
     * The most values in a text. What a tree weighs goes by its values, and the smallest take two characters; texts that people or
     * their tools write have one value in twenty characters, so that this bound is met by attacks before it is by size.
     */
    int MAX_VALUES = 1_000_000;

    /** It is JSON. Numbers are exact: {@code long}, {@code BigInteger} or {@code BigDecimal}, never {@code double}. */
    record WellFormed(JsonNode root) implements JsonText {}

    /** It is not JSON: what is wrong first, with line and column. A duplicate name tells the pointer of its object too. */
    record Malformed(Violation violation) implements JsonText {}

    /**
     * Reads a text. Time and memory are proportional to its length; nothing is thrown, whatever it says.
     *
     * @param maxDepth how deep objects and arrays may be nested
     */
    static JsonText parse(String text, int maxDepth) {
        return new JsonReader(text, maxDepth).read();
    }
}
