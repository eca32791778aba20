package io.llmschema.http.confluentapi;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A rule for data, which clients follow and the registry only keeps.
 *
 * @param name absent only until the rule is checked
 * @param type which executor of the clients understands it, such as {@code CEL}; absent only until the rule is checked
 * @param tags the parts that it is about; sorted and distinct
 * @param expr in the language of its type
 * @param onSuccess the action that follows, or two with a comma between them for a mode of two ways
 * @param isDisabled whether clients pass it over
 */
record Rule(
        @Nullable String name,
        @Nullable String doc,
        @Nullable Kind kind,
        @Nullable Mode mode,
        @Nullable String type,
        List<String> tags,
        SortedMap<String, String> params,
        @Nullable String expr,
        @Nullable String onSuccess,
        @Nullable String onFailure,
        boolean isDisabled) {
    /** What a rule does to data. */
    enum Kind {
        /** It makes others of them. */
        TRANSFORM,
        /** It says whether they may pass. */
        CONDITION
    }

    /** When a rule is followed. */
    enum Mode {
        UPGRADE,
        DOWNGRADE,
        UPDOWN,
        WRITE,
        READ,
        WRITEREAD;

        /** Whether it is about data that are read with another version than they were written with. */
        boolean isMigration() {
            return switch (this) {
                case UPGRADE, DOWNGRADE, UPDOWN -> true;
                case WRITE, READ, WRITEREAD -> false;
            };
        }

        /** Whether it has two directions, each of which may have an action of its own. */
        boolean isTwoWay() {
            return this == UPDOWN || this == WRITEREAD;
        }
    }

    Rule {
        tags = List.copyOf(new TreeSet<>(tags));
        params = Collections.unmodifiableSortedMap(new TreeMap<>(params));
    }

    static Rule read(LenientObject object) {
        return new Rule(
                object.text("name").orElse(null),
                object.text("doc").orElse(null),
                object.named("kind", Kind.values()).orElse(null),
                object.named("mode", Mode.values()).orElse(null),
                object.text("type").orElse(null),
                object.texts("tags"),
                object.textsByName("params"),
                object.text("expr").orElse(null),
                object.text("onSuccess").orElse(null),
                object.text("onFailure").orElse(null),
                object.flag("disabled").orElse(false));
    }

    ObjectNode toJson() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        put(json, "name", name);
        put(json, "doc", doc);
        put(json, "kind", kind == null ? null : kind.name());
        put(json, "mode", mode == null ? null : mode.name());
        put(json, "type", type);
        if (!tags.isEmpty()) {
            tags.forEach(json.putArray("tags")::add);
        }
        if (!params.isEmpty()) {
            params.forEach(json.putObject("params")::put);
        }
        put(json, "expr", expr);
        put(json, "onSuccess", onSuccess);
        put(json, "onFailure", onFailure);
        return json.put("disabled", isDisabled);
    }

    private static void put(ObjectNode json, String field, @Nullable String value) {
        if (value != null && !value.isEmpty()) {
            json.put(field, value);
        }
    }
}
