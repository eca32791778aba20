package io.llmschema.model;

import io.llmschema.model.RegistryException.InvalidValue;

/** The rule for every free text that a user gives: bounded, well-formed, without control characters that stores refuse. */
final class Text {
    private Text() {}

    static void check(String field, String value, int minLength, int maxLength) {
        if (value.length() < minLength || value.length() > maxLength) {
            throw new InvalidValue(
                    field,
                    value,
                    "%d to %d characters are allowed, this has %d".formatted(minLength, maxLength, value.length()));
        }
        if (minLength > 0 && value.isBlank()) {
            throw new InvalidValue(field, value, "it is blank");
        }
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            boolean isSplitPair = Character.isHighSurrogate(c)
                    ? i + 1 == value.length() || !Character.isLowSurrogate(value.charAt(i + 1))
                    : Character.isLowSurrogate(c) && (i == 0 || !Character.isHighSurrogate(value.charAt(i - 1)));
            if (c == 0 || isSplitPair) {
                throw new InvalidValue(
                        field, value, "the character U+%04X at offset %d is not text".formatted((int) c, i));
            }
        }
    }
}
