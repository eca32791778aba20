package io.llmschema.model;

import java.util.Set;

/**
 * By what the versions of a subject, and documents, are judged.
 *
 * @param groupBy the name of an attribute that versions must have in common to be compared; empty: all are compared
 * @param mode what may be changed
 * @see SubjectSettings
 */
public record SettingsInForce(
        CompatibilityCriteria criteria,
        boolean blocksUnknown,
        String groupBy,
        boolean allowsLowerVersions,
        ValidationMode validationMode,
        WriteMode mode) {
    /**
     * What is in force where nobody has set anything. Lenient, because an optional property more is what most changes of JSON Schemas are, and
     * whoever refuses it by default is switched off; nothing else is different between the policies.
     */
    public static final SettingsInForce DEFAULT = new SettingsInForce(
            new CompatibilityCriteria(CompatibilityLevel.BACKWARD, CompatibilityPolicy.LENIENT, Set.of()),
            true,
            "",
            false,
            ValidationMode.STRICT,
            WriteMode.READWRITE);

    /** The same with another level. */
    public SettingsInForce withLevel(CompatibilityLevel level) {
        return new SettingsInForce(
                new CompatibilityCriteria(level, criteria.policy(), criteria.aspects()),
                blocksUnknown,
                groupBy,
                allowsLowerVersions,
                validationMode,
                mode);
    }

    /** The same, in these encodings if none are set. */
    public SettingsInForce orEncodings(Set<DataEncoding> encodings) {
        return !criteria.aspects().isEmpty() || encodings.isEmpty()
                ? this
                : new SettingsInForce(
                        new CompatibilityCriteria(criteria.level(), criteria.policy(), encodings),
                        blocksUnknown,
                        groupBy,
                        allowsLowerVersions,
                        validationMode,
                        mode);
    }
}
