package io.llmschema.systemtests.confluent;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** How bodies are written in a kit's file. */
final class KitBodies {
    private static final String RAW = "raw ";
    private static final Pattern REFUSAL = Pattern.compile("([0-9]+)(?:\\s+\"(.*)\")?");
    private static final Pattern CONTAINING = Pattern.compile("text \"(.*)\"");
    private static final int FIRST_STATUS_OF_REFUSALS = 400;

    private KitBodies() {}

    static Request.@Nullable Body ofRequest(String text) {
        if (text.isEmpty()) {
            return null;
        }
        return text.startsWith(RAW)
                ? new Request.Raw(text.substring(RAW.length()))
                : new Request.Json(KitJson.parse(text));
    }

    static Expectation.Body expected(int status, String text) {
        if (text.isEmpty()) {
            return new Expectation.Anything();
        }
        if (text.equals("empty")) {
            return new Expectation.Nothing();
        }
        Matcher containing = CONTAINING.matcher(text);
        if (containing.matches()) {
            return new Expectation.Containing(
                    KitJson.parse('"' + containing.group(1) + '"').stringValue());
        }
        Matcher refusal = REFUSAL.matcher(text);
        // A number is a body of JSON where nothing was refused.
        if (status >= FIRST_STATUS_OF_REFUSALS && refusal.matches()) {
            return refusal(Integer.parseInt(refusal.group(1)), refusal.group(2));
        }
        return new Expectation.Json(KitJson.parse(text));
    }

    private static Expectation.Body refusal(int code, @Nullable String message) {
        String wanted = message == null ? "<string>" : '"' + message + '"';
        return new Expectation.Json(KitJson.parse("{\"error_code\":" + code + ",\"message\":" + wanted + "}"));
    }
}
