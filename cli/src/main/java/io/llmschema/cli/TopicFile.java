package io.llmschema.cli;

import io.llmschema.cli.migrate.TopicLog;
import io.llmschema.cli.migrate.TopicRecord;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.NullNode;

/**
 * A file of the records of Confluent's topic, played.
 *
 * <p>A line is {@code {"key": …, "value": …}}, where both may be JSON inside a string and the value may be called {@code payload}, as some consumers write
 * it; or the key, a tab and the value, as Kafka's own console consumer does.
 */
record TopicFile(TopicLog log, List<BadLine> badLines) {
    private static final char TAB = '\t';

    /** A line that could not be understood, and was left out. */
    record BadLine(long number, String reason) {}

    TopicFile {
        badLines = List.copyOf(badLines);
    }

    static TopicFile read(InputStream in) throws IOException {
        TopicLog log = new TopicLog();
        List<BadLine> badLines = new ArrayList<>();
        try (Lines lines = new Lines(in, Lines.MAX_LINE_BYTES)) {
            Optional<byte[]> line = lines.next();
            while (line.isPresent()) {
                try {
                    play(line.get(), lines.isTooLong(), log);
                } catch (JacksonException | IllegalArgumentException e) {
                    badLines.add(new BadLine(lines.number(), reason(e)));
                }
                line = lines.next();
            }
        }
        return new TopicFile(log, badLines);
    }

    private static String reason(RuntimeException e) {
        return e instanceof JacksonException json
                ? "no JSON: " + json.getOriginalMessage()
                : String.valueOf(e.getMessage());
    }

    private static void play(byte[] line, boolean isTooLong, TopicLog log) {
        if (isTooLong) {
            throw new IllegalArgumentException("it is longer than " + (Lines.MAX_LINE_BYTES >> 20) + " MiB");
        }
        String text = new String(line, StandardCharsets.UTF_8).strip();
        if (!text.isEmpty()) {
            log.play(record(text));
        }
    }

    private static TopicRecord record(String text) {
        int tab = text.indexOf(TAB);
        // Inside JSON a tab is white space: what stands before it is a key only if it is whole.
        if (tab > 0 && text.charAt(tab - 1) == '}') {
            return new TopicRecord(json(text.substring(0, tab)), json(text.substring(tab + 1)));
        }
        JsonNode record = Json.MAPPER.readTree(text);
        // What is printed without a value, such as a key alone, is one that has been removed.
        JsonNode value = record.has("payload") ? record.path("payload") : record.path("value");
        return new TopicRecord(unwrapped(record.path("key")), unwrapped(value));
    }

    private static JsonNode json(String text) {
        return text.isBlank() ? NullNode.getInstance() : Json.MAPPER.readTree(text);
    }

    private static JsonNode unwrapped(JsonNode node) {
        return node.isString() ? json(node.asString()) : node;
    }
}
