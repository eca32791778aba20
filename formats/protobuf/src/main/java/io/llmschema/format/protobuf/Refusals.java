package io.llmschema.format.protobuf;

import com.google.protobuf.Descriptors.Descriptor;
import java.util.regex.Pattern;

/** What the library says when it refuses something, in words that are for people. */
final class Refusals {
    /** The longest sentence that is passed on. */
    private static final int MAX_CHARACTERS = 300;

    /** Names of classes, which tell a reader of the message nothing. */
    private static final Pattern INTERNAL = Pattern.compile(
            "\\b(?:java|com\\.google\\.(?:gson|protobuf))\\.[\\w.$]+|\\w+Exception\\b|\\b[A-Z]\\w*\\(\\)");

    private Refusals() {}

    static String sentence(String what, Descriptor type, Exception refusal) {
        return what + " is no message \"" + Names.shortened(type.getFullName()) + "\": " + reason(refusal);
    }

    private static String reason(Exception refusal) {
        String message = refusal.getMessage();
        if (message == null || message.isBlank() || INTERNAL.matcher(message).find()) {
            return "it does not have the form that the schema asks for";
        }
        String line = message.strip().replaceAll("\\s+", " ");
        return line.length() <= MAX_CHARACTERS ? line : line.substring(0, MAX_CHARACTERS) + "…";
    }
}
