package io.llmschema.format.protobuf;

import java.util.Locale;

/** How the names of the language are spelled, shortened and derived from one another. */
final class Names {
    /**
     * The longest full name that is read, package and surrounding messages included.
     *
     * <p>Full names repeat the names around them; without a bound a text could ask for the square of its size in memory.
     */
    static final int MAX_FULL_NAME = 2_048;

    /** How much of a long text a sentence about it repeats. */
    private static final int SHOWN = 60;

    private Names() {}

    static boolean startsName(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
    }

    static boolean continuesName(char c) {
        return startsName(c) || isDigit(c);
    }

    static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    /** The beginning of a text that may be of any length, fit for a sentence. */
    static String shortened(String text) {
        if (text.codePointCount(0, text.length()) <= SHOWN) {
            return text;
        }
        return text.substring(0, text.offsetByCodePoints(0, SHOWN)) + "…";
    }

    /** {@code foo_bar} as {@code fooBar}: the key of a field in JSON unless the author chose another. */
    static String json(String fieldName) {
        StringBuilder json = new StringBuilder(fieldName.length());
        boolean upper = false;
        for (int i = 0; i < fieldName.length(); i++) {
            char c = fieldName.charAt(i);
            if (c == '_') {
                upper = true;
            } else {
                json.append(upper ? upperCase(c) : c);
                upper = false;
            }
        }
        return json.toString();
    }

    /** {@code foo_bar} as {@code FooBarEntry}: the message that the language makes for a map field. */
    static String mapEntry(String fieldName) {
        return json("_" + fieldName) + "Entry";
    }

    /** {@code FOO_BAR} of the enum {@code Foo} as {@code Bar}: how generated code of some languages spells a value. */
    static String withoutEnumPrefix(String enumName, String valueName) {
        String prefix = enumName.replace("_", "").toLowerCase(Locale.ROOT);
        int at = 0;
        int matched = 0;
        while (at < valueName.length() && matched < prefix.length()) {
            char c = valueName.charAt(at);
            if (c != '_') {
                if (lowerCase(c) != prefix.charAt(matched)) {
                    return pascal(valueName);
                }
                matched++;
            }
            at++;
        }
        while (at < valueName.length() && valueName.charAt(at) == '_') {
            at++;
        }
        return matched < prefix.length() || at == valueName.length()
                ? pascal(valueName)
                : pascal(valueName.substring(at));
    }

    private static String pascal(String name) {
        StringBuilder pascal = new StringBuilder(name.length());
        boolean upper = true;
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c == '_') {
                upper = true;
            } else {
                pascal.append(upper ? upperCase(c) : lowerCase(c));
                upper = false;
            }
        }
        return pascal.toString();
    }

    private static char upperCase(char c) {
        return c >= 'a' && c <= 'z' ? (char) (c - 'a' + 'A') : c;
    }

    private static char lowerCase(char c) {
        return c >= 'A' && c <= 'Z' ? (char) (c - 'A' + 'a') : c;
    }
}
