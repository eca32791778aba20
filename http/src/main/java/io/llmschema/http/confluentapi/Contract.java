package io.llmschema.http.confluentapi;

import io.llmschema.http.HttpProblem;
import io.llmschema.http.JsonWriter;
import io.llmschema.json.CanonicalJson;
import io.llmschema.json.JsonText;
import io.llmschema.model.Metadata;
import io.llmschema.model.RegistryException.InvalidValue;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What this dialect says of a version beside its schema.
 *
 * <p>It lies in the attributes of the version's {@link Metadata}: properties as the members that are strings, so that they are found by both dialects;
 * everything else in the one member {@value #MEMBER}. Two contracts that say the same are written alike there.
 *
 * @param metadata absent: not given, or not there
 * @param ruleSet absent: not given, or not there
 */
record Contract(
        @Nullable ContractMetadata metadata, @Nullable RuleSet ruleSet) {
    /** Nothing given, or nothing there. */
    static final Contract NONE = new Contract(null, null);

    private static final String MEMBER = "confluent";
    private static final String METADATA = "metadata";
    private static final String RULE_SET = "ruleSet";

    /** How early versions of Confluent's clients write {@value #RULE_SET}. */
    private static final String LEGACY_RULE_SET = "ruleset";

    /** Stands in what is hashed before each part that is there. */
    private static final char PRESENT = 1;

    /** Deeper than what a request can bring. */
    private static final int MAX_DEPTH = 1_000;

    /**
     * What a request gives.
     *
     * @param body the whole object of the request
     * @throws ConfluentRefusal a rule cannot be
     */
    static Contract read(JsonNode body) {
        LenientObject object = LenientObject.of(body);
        ContractMetadata metadata =
                object.object(METADATA).map(Contract::checkedMetadata).orElse(null);
        RuleSet rules = object.object(RULE_SET)
                .or(() -> object.object(LEGACY_RULE_SET))
                .map(RuleSet::readChecked)
                .orElse(null);
        return new Contract(metadata, rules);
    }

    /** Metadata that a request gives. */
    static ContractMetadata checkedMetadata(LenientObject object) {
        ContractMetadata metadata = ContractMetadata.read(object);
        if (metadata.properties().containsKey(MEMBER)) {
            throw new InvalidValue(
                    "property", MEMBER, "under this name the registry keeps what else a contract says; choose another");
        }
        return metadata;
    }

    /** That of a stored version. */
    static Contract of(Metadata stored) {
        JsonNode attributes = attributes(stored);
        SortedMap<String, String> properties = new TreeMap<>();
        attributes.properties().stream()
                .filter(member ->
                        member.getValue().isString() && !member.getKey().equals(MEMBER))
                .forEach(member ->
                        properties.put(member.getKey(), member.getValue().stringValue()));
        Contract beside = kept(attributes.path(MEMBER));
        ContractMetadata metadata = new ContractMetadata(new TreeMap<>(), properties, List.of());
        return new Contract(metadata.with(orEmpty(beside.metadata)), beside.ruleSet).withoutEmptyParts();
    }

    private static JsonNode attributes(Metadata metadata) {
        return switch (JsonText.parse(metadata.attributes(), MAX_DEPTH)) {
            case JsonText.WellFormed(JsonNode root) -> root;
            case JsonText.Malformed malformed ->
                throw new IllegalStateException("metadata are a JSON object since they were given: " + malformed);
        };
    }

    /** What lies beside the properties. */
    private static Contract kept(JsonNode member) {
        if (!member.isObject()) {
            return NONE;
        }
        LenientObject object = LenientObject.of(member);
        try {
            return new Contract(
                    ContractMetadata.read(object),
                    object.object(RULE_SET).map(RuleSet::read).orElse(null));
        } catch (HttpProblem e) {
            // The other dialect keeps whatever it is given, under this name too. What has not the shape of a contract
            // is none.
            return NONE;
        }
    }

    /** Metadata with this in their attributes, which keep what is no contract. */
    Metadata into(Metadata base) {
        ObjectNode attributes = JsonNodeFactory.instance.objectNode();
        attributes(base).properties().stream()
                .filter(member ->
                        !member.getValue().isString() && !member.getKey().equals(MEMBER))
                .forEach(member -> attributes.set(member.getKey(), member.getValue()));
        orEmpty(metadata).properties().forEach(attributes::put);
        ObjectNode beside = orEmpty(metadata).toJsonWithoutProperties();
        if (!orEmpty(ruleSet).isEmpty()) {
            beside.set(RULE_SET, orEmpty(ruleSet).toJson());
        }
        if (!beside.isEmpty()) {
            attributes.set(MEMBER, beside);
        }
        return new Metadata(base.description(), base.owner(), base.tags(), CanonicalJson.sorted(attributes));
    }

    boolean isEmpty() {
        return orEmpty(metadata).isEmpty() && orEmpty(ruleSet).isEmpty();
    }

    /**
     * What becomes the contract of a version for which a request gives this.
     *
     * @param defaults what counts where neither says otherwise
     * @param previous what counts in the place of what is not given: the contract of the version before; absent: there is none
     * @param overrides what counts whatever the others say
     */
    Contract merged(Contract defaults, @Nullable Contract previous, Contract overrides) {
        Contract before = previous == null ? NONE : previous;
        return new Contract(
                        orEmpty(defaults.metadata)
                                .with(orEmpty(metadata == null ? before.metadata : metadata))
                                .with(orEmpty(overrides.metadata)),
                        orEmpty(defaults.ruleSet)
                                .with(orEmpty(ruleSet == null ? before.ruleSet : ruleSet))
                                .with(orEmpty(overrides.ruleSet)))
                .withoutEmptyParts();
    }

    /** The same as a request gives it that leaves nothing to the version before. */
    Contract asGiven() {
        return new Contract(orEmpty(metadata), orEmpty(ruleSet));
    }

    /** The rules; none where there is no rule set. */
    RuleSet rules() {
        return orEmpty(ruleSet);
    }

    private Contract withoutEmptyParts() {
        return new Contract(
                orEmpty(metadata).isEmpty() ? null : metadata, orEmpty(ruleSet).isEmpty() ? null : ruleSet);
    }

    private static ContractMetadata orEmpty(@Nullable ContractMetadata metadata) {
        return metadata == null ? ContractMetadata.EMPTY : metadata;
    }

    private static RuleSet orEmpty(@Nullable RuleSet rules) {
        return rules == null ? RuleSet.EMPTY : rules;
    }

    Optional<String> property(String name) {
        return Optional.ofNullable(orEmpty(metadata).properties().get(name));
    }

    Contract withProperty(String name, String value) {
        return new Contract(orEmpty(metadata).withProperty(name, value), ruleSet);
    }

    /** The tags of parts, by their paths. */
    SortedMap<String, List<String>> tags() {
        return orEmpty(metadata).tags();
    }

    Contract withTags(SortedMap<String, List<String>> tags) {
        return new Contract(orEmpty(metadata).withTags(tags), ruleSet).withoutEmptyParts();
    }

    /** Writes the fields of what is there into the object that is open. */
    void write(JsonWriter out) {
        if (!orEmpty(metadata).isEmpty()) {
            out.raw(METADATA, CanonicalJson.ordered(orEmpty(metadata).toJson()));
        }
        if (!orEmpty(ruleSet).isEmpty()) {
            out.raw(RULE_SET, CanonicalJson.ordered(orEmpty(ruleSet).toJson()));
        }
    }

    /** What is hashed of it into the guid of a content, behind its text and references. */
    String guidSuffix() {
        StringBuilder suffix = new StringBuilder();
        if (!orEmpty(metadata).isEmpty()) {
            suffix.append(PRESENT).append(orEmpty(metadata).hashed());
        }
        if (!orEmpty(ruleSet).isEmpty()) {
            suffix.append(PRESENT).append(CanonicalJson.sorted(orEmpty(ruleSet).toJson()));
        }
        return suffix.toString();
    }
}
