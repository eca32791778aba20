package io.llmschema.http.confluentapi;

import io.llmschema.model.CompatibilityLevel;
import io.llmschema.model.CompatibilityPolicy;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** A field of a {@link Config}, in the order in which they are written. */
enum ConfigField {
    LEVEL("compatibilityLevel", false),
    POLICY("compatibilityPolicy", true),
    GROUP("compatibilityGroup", true),
    NORMALIZE("normalize", true),
    VALIDATE_FIELDS("validateFields", true),
    VALIDATE_NEW_SCHEMAS("validateNewSchemas", true),
    VALIDATE_RULES("validateRules", true),
    ALIAS("alias", false),
    ALIAS_FOR_DEKS("aliasForDeks", false),
    DEFAULT_METADATA("defaultMetadata", false),
    OVERRIDE_METADATA("overrideMetadata", false),
    DEFAULT_RULE_SET("defaultRuleSet", false),
    OVERRIDE_RULE_SET("overrideRuleSet", false);

    /** What the level is called where it is set. */
    static final String LEVEL_TO_SET = "compatibility";

    private static final int STATUS = 422;
    private static final int INVALID_LEVEL = 42203;

    private final String json;
    private final boolean isInherited;

    ConfigField(String json, boolean isInherited) {
        this.json = json;
        this.isInherited = isInherited;
    }

    /** The name that it has in answers. */
    String json() {
        return json;
    }

    /** Whether it is taken from the scope above where it alone is not set. */
    boolean isInherited() {
        return isInherited;
    }

    /** Whether it is a setting that the registry itself goes by. */
    boolean isOfRegistry() {
        return this == LEVEL || this == POLICY || this == GROUP;
    }

    /** The fields that a request gives, checked; empty: as null. */
    static Map<ConfigField, Optional<JsonNode>> read(JsonNode body) {
        LenientObject object = LenientObject.of(body);
        Map<ConfigField, Optional<JsonNode>> given = new LinkedHashMap<>();
        for (ConfigField field : values()) {
            String name = field == LEVEL ? LEVEL_TO_SET : field.json;
            if (body.has(name)) {
                given.put(field, field.value(object, name));
            }
        }
        return given;
    }

    private Optional<JsonNode> value(LenientObject object, String name) {
        return switch (this) {
            case LEVEL ->
                text(object, name).map(value -> named(value, CompatibilityLevel.values(), ConfigField::invalidLevel));
            case POLICY ->
                text(object, name).map(value -> named(value, CompatibilityPolicy.values(), ConfigField::invalidPolicy));
            case NORMALIZE, VALIDATE_FIELDS, VALIDATE_NEW_SCHEMAS, VALIDATE_RULES ->
                object.flag(name).<JsonNode>map(JsonNodeFactory.instance::booleanNode);
            case GROUP, ALIAS, ALIAS_FOR_DEKS -> text(object, name);
            case DEFAULT_METADATA, OVERRIDE_METADATA ->
                object.object(name).map(Contract::checkedMetadata).<JsonNode>map(ContractMetadata::toJson);
            case DEFAULT_RULE_SET, OVERRIDE_RULE_SET ->
                object.object(name).map(RuleSet::readChecked).<JsonNode>map(RuleSet::toJson);
        };
    }

    private static Optional<JsonNode> text(LenientObject object, String name) {
        return object.text(name).<JsonNode>map(JsonNodeFactory.instance::stringNode);
    }

    /** The name of one of these, given in any letter case. */
    private static JsonNode named(JsonNode value, Enum<?>[] known, Supplier<ConfluentRefusal> otherwise) {
        String name = value.stringValue().toUpperCase(Locale.ROOT);
        if (Arrays.stream(known).noneMatch(one -> one.name().equals(name))) {
            throw otherwise.get();
        }
        return JsonNodeFactory.instance.stringNode(name);
    }

    private static ConfluentRefusal invalidLevel() {
        return new ConfluentRefusal(
                INVALID_LEVEL,
                STATUS,
                "Invalid compatibility level. Valid values are none, backward, forward, full, backward_transitive, forward_transitive, and full_transitive");
    }

    private static ConfluentRefusal invalidPolicy() {
        return new ConfluentRefusal(
                STATUS,
                STATUS,
                "Invalid compatibility policy. Valid values are strict and lenient; this registry does not support logical");
    }
}
