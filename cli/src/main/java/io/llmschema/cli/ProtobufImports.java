package io.llmschema.cli;

import java.util.List;
import java.util.regex.Pattern;

/** The imports of a Protobuf file, found without parsing it: enough to send files in an order in which imports come first. */
final class ProtobufImports {
    private static final Pattern BLOCK_COMMENT = Pattern.compile("(?s)/\\*.*?\\*/");
    private static final Pattern IMPORT =
            Pattern.compile("(?m)^\\s*import\\s*(?:public\\b|weak\\b|option\\b)?\\s*[\"']([^\"'\\n]+)[\"']\\s*;");

    private ProtobufImports() {}

    static List<String> of(String text) {
        return IMPORT.matcher(BLOCK_COMMENT.matcher(text).replaceAll(" "))
                .results()
                .map(match -> match.group(1))
                .distinct()
                .toList();
    }
}
