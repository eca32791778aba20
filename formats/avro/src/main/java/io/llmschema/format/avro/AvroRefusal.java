package io.llmschema.format.avro;

import io.llmschema.format.avro.SchemaWalk.DefaultValue;
import io.llmschema.model.Violation;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the Avro library says of a schema that it refuses, in our words and with a place where the message allows it. */
final class AvroRefusal {
    private static final int LONGEST_MESSAGE = 300;
    private static final Pattern INVALID_DEFAULT =
            Pattern.compile("Invalid default for field (\\w+): (.*)", Pattern.DOTALL);

    private AvroRefusal() {}

    static Violation violationOf(RuntimeException e, SchemaWalk walk) {
        String message = String.valueOf(e.getMessage());
        Matcher matcher = INVALID_DEFAULT.matcher(message);
        if (matcher.matches()) {
            List<DefaultValue> named = walk.defaultValues().stream()
                    .filter(value -> value.field().equals(matcher.group(1)))
                    .toList();
            // Many records may have a field of this name; the message quotes the value.
            return named.stream()
                    .filter(value -> matcher.group(2).startsWith(value.value() + " not a "))
                    .findFirst()
                    .or(() -> named.stream().findFirst())
                    .map(value -> Violation.atPointer(
                            value.pointer().toString(),
                            "the default of the field '" + value.field() + "' does not fit its type"))
                    .orElseGet(() -> Violation.ofWhole(sentenceOf(e)));
        }
        return Violation.ofWhole(sentenceOf(e));
    }

    static String sentenceOf(RuntimeException e) {
        String message = String.valueOf(e.getMessage());
        return "Avro refuses it: "
                + (message.length() <= LONGEST_MESSAGE ? message : message.substring(0, LONGEST_MESSAGE) + "…");
    }
}
