package io.llmschema.systemtests.confluent;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What one run of a scenario knows: the mark that makes its names unique, the texts of its file, and what it has read from answers. Used
 * by one thread.
 */
final class Values {
    /** In a kit's file: where the mark of the run stands. */
    private static final String UNIQUE = "~";

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final String mark;
    private final Map<String, JsonNode> known = new HashMap<>();

    /** @param mark letters, digits and underscores, so that names in all schema languages can end with it */
    Values(String mark, Map<String, String> texts) {
        this.mark = mark;
        texts.forEach((name, text) -> known.put(name, NODES.stringNode(unique(text))));
    }

    String unique(String text) {
        return text.replace(UNIQUE, mark);
    }

    void keep(@Nullable String name, JsonNode value) {
        if (name != null) {
            known.put(name, value);
        }
    }

    /** The value known by a name. */
    JsonNode get(@Nullable String name) {
        JsonNode value = known.get(name);
        if (value == null) {
            throw new IllegalArgumentException("no answer so far has said what <" + name + "> is");
        }
        return value;
    }

    /** A text with values in the places of placeholders. */
    String fill(String text) {
        return Placeholder.IN_TEXT
                .matcher(unique(text))
                .replaceAll(found -> Matcher.quoteReplacement(
                        get(Placeholder.of((Matcher) found).name()).asString()));
    }

    /** The same with a value, whole or in its texts. */
    JsonNode fill(JsonNode template) {
        Optional<Placeholder> placeholder = KitJson.placeholder(template);
        if (placeholder.isPresent()) {
            return get(placeholder.get().name());
        }
        if (template instanceof ObjectNode object) {
            ObjectNode filled = NODES.objectNode();
            object.properties().forEach(member -> filled.set(fill(member.getKey()), fill(member.getValue())));
            return filled;
        }
        if (template instanceof ArrayNode array) {
            ArrayNode filled = NODES.arrayNode();
            array.forEach(element -> filled.add(fill(element)));
            return filled;
        }
        return template.isString() ? NODES.stringNode(fill(template.stringValue())) : template;
    }

    /** Whether a text is as expected; keeps what it has in the places of placeholders. */
    boolean admit(String expected, String text) {
        Map<String, Integer> names = new HashMap<>();
        Matcher matcher =
                Pattern.compile(form(unique(expected), names), Pattern.DOTALL).matcher(text);
        if (!matcher.matches()) {
            return false;
        }
        names.forEach((name, group) -> keep(name, NODES.stringNode(matcher.group(group))));
        return true;
    }

    /** The regular expression for a text; each name that gets a value there is put down with its group. */
    private String form(String expected, Map<String, Integer> names) {
        StringBuilder form = new StringBuilder();
        Matcher placeholders = Placeholder.IN_TEXT.matcher(expected);
        int end = 0;
        int groups = 0;
        while (placeholders.find()) {
            form.append(Pattern.quote(expected.substring(end, placeholders.start())));
            Placeholder placeholder = Placeholder.of(placeholders);
            Placeholder.@Nullable Kind kind = placeholder.kind();
            if (kind == null) {
                form.append(Pattern.quote(get(placeholder.name()).asString()));
            } else {
                form.append('(').append(kind.form()).append(')');
                groups++;
                if (placeholder.name() != null) {
                    names.put(placeholder.name(), groups);
                }
            }
            end = placeholders.end();
        }
        return form.append(Pattern.quote(expected.substring(end))).toString();
    }
}
