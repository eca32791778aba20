package io.llmschema.format.json;

import io.llmschema.json.Pointer;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A schema as the conditions that it makes, the same for all drafts: what {@link SchemaGraph} reads and nobody changes afterwards.
 *
 * <p>An absent condition is null, empty, or the bound that is none.
 */
final class SchemaNode {
    /** A condition on the members whose names an expression is found in. */
    record PatternMember(NamePattern pattern, SchemaNode schema) {}

    final int id;
    final Pointer place;
    final Set<Keyword> keywords = EnumSet.noneOf(Keyword.class);

    /** Nothing is accepted. */
    boolean isFalse;

    Set<JsonKind> kinds = EnumSet.allOf(JsonKind.class);

    @Nullable
    List<JsonNode> values;

    @Nullable
    BigDecimal minimum;

    boolean excludesMinimum;

    @Nullable
    BigDecimal maximum;

    boolean excludesMaximum;

    @Nullable
    BigDecimal multipleOf;

    int minLength;
    int maxLength = Integer.MAX_VALUE;

    @Nullable
    NamePattern pattern;

    @Nullable
    String format;

    final List<SchemaNode> prefixItems = new ArrayList<>();

    @Nullable
    SchemaNode items;

    int minItems;
    int maxItems = Integer.MAX_VALUE;
    boolean uniqueItems;

    @Nullable
    SchemaNode contains;

    int minContains = 1;
    int maxContains = Integer.MAX_VALUE;

    @Nullable
    SchemaNode unevaluatedItems;

    final Map<String, SchemaNode> properties = new LinkedHashMap<>();
    final List<PatternMember> patternProperties = new ArrayList<>();

    @Nullable
    SchemaNode additionalProperties;

    final Set<String> required = new LinkedHashSet<>();
    int minProperties;
    int maxProperties = Integer.MAX_VALUE;

    @Nullable
    SchemaNode propertyNames;

    final Map<String, Set<String>> dependentRequired = new LinkedHashMap<>();
    final Map<String, SchemaNode> dependentSchemas = new LinkedHashMap<>();

    @Nullable
    SchemaNode unevaluatedProperties;

    @Nullable
    SchemaNode ref;

    final List<SchemaNode> allOf = new ArrayList<>();
    final List<SchemaNode> anyOf = new ArrayList<>();
    final List<SchemaNode> oneOf = new ArrayList<>();

    @Nullable
    SchemaNode not;

    @Nullable
    SchemaNode condition;

    @Nullable
    SchemaNode then;

    @Nullable
    SchemaNode otherwise;

    /** There is an {@code additionalProperties} or an {@code items} that makes no condition, but counts as having looked at all. */
    boolean takesAllMembers;

    boolean takesAllItems;

    /** What {@code contains} accepts counts as looked at: since draft 2020-12. */
    boolean containsEvaluates;

    /** What its author gave as examples: values to try first. */
    final List<JsonNode> samples = new ArrayList<>();

    /** Two schemas with the same one accept the same. */
    Meaning meaning = Meaning.NONE;

    SchemaNode(int id, Pointer place) {
        this.id = id;
        this.place = place;
    }

    boolean isTrue() {
        return !isFalse && keywords.isEmpty();
    }

    boolean has(Keyword keyword) {
        return keywords.contains(keyword);
    }
}
