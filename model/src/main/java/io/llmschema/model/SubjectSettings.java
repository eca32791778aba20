package io.llmschema.model;

import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is set for a subject, or under the name {@link Subject#GLOBAL} for all subjects of a tenant. What is absent is not set here, and
 * taken from there, or else from the server.
 *
 * @param level of compatibility that a new version must have
 * @param policy by which that is judged
 * @param aspects the encodings in which it must be compatible; empty: all that the language has
 * @param blocksUnknown whether a version is refused of which compatibility can neither be proven nor refuted
 * @param groupBy the name of an attribute in the metadata of versions: only those are compared that have the same value there; empty: all
 * @param allowsLowerVersions whether a version may be registered under a lower number than the change deserves
 * @param validationMode what becomes of invalid documents
 * @param mode what may be changed
 * @param attributes a JSON object as text, for what a dialect of the API keeps beside; at most {@value #MAX_ATTRIBUTES_LENGTH} characters. It means
 *     nothing to the registry, and is not taken from elsewhere where it is absent
 */
public record SubjectSettings(
        @Nullable CompatibilityLevel level,
        @Nullable CompatibilityPolicy policy,
        @Nullable Set<DataEncoding> aspects,
        @Nullable Boolean blocksUnknown,
        @Nullable String groupBy,
        @Nullable Boolean allowsLowerVersions,
        @Nullable ValidationMode validationMode,
        @Nullable WriteMode mode,
        @Nullable String attributes) {
    public static final int MAX_ATTRIBUTES_LENGTH = 262_144;
    public static final int MAX_GROUP_BY_LENGTH = 255;

    /** Nothing is set. */
    public static final SubjectSettings NONE =
            new SubjectSettings(null, null, null, null, null, null, null, null, null);

    public SubjectSettings {
        aspects = aspects == null ? null : Set.copyOf(aspects);
        if (groupBy != null) {
            Text.check("group-by", groupBy, 0, MAX_GROUP_BY_LENGTH);
        }
        if (attributes != null) {
            Text.check("settings", attributes, 2, MAX_ATTRIBUTES_LENGTH);
        }
    }

    /** Settings of how versions and documents are judged. */
    public SubjectSettings(
            @Nullable CompatibilityLevel level,
            @Nullable CompatibilityPolicy policy,
            @Nullable Set<DataEncoding> aspects,
            @Nullable Boolean blocksUnknown,
            @Nullable String groupBy,
            @Nullable Boolean allowsLowerVersions,
            @Nullable ValidationMode validationMode) {
        this(level, policy, aspects, blocksUnknown, groupBy, allowsLowerVersions, validationMode, null, null);
    }

    /** The same with another mode, or none. */
    public SubjectSettings withMode(@Nullable WriteMode other) {
        return new SubjectSettings(
                level, policy, aspects, blocksUnknown, groupBy, allowsLowerVersions, validationMode, other, attributes);
    }

    /** The same with other attributes, or none. */
    public SubjectSettings withAttributes(@Nullable String other) {
        return new SubjectSettings(
                level, policy, aspects, blocksUnknown, groupBy, allowsLowerVersions, validationMode, mode, other);
    }

    /** The same without attributes. */
    public SubjectSettings withoutAttributes() {
        return attributes == null ? this : withAttributes(null);
    }

    /** What is set where this is set, and beneath it something else. Attributes are those of this. */
    public SubjectSettings over(SubjectSettings beneath) {
        return new SubjectSettings(
                level == null ? beneath.level : level,
                policy == null ? beneath.policy : policy,
                aspects == null ? beneath.aspects : aspects,
                blocksUnknown == null ? beneath.blocksUnknown : blocksUnknown,
                groupBy == null ? beneath.groupBy : groupBy,
                allowsLowerVersions == null ? beneath.allowsLowerVersions : allowsLowerVersions,
                validationMode == null ? beneath.validationMode : validationMode,
                mode == null || beneath.mode == WriteMode.READONLY_OVERRIDE ? beneath.mode : mode,
                attributes);
    }

    /** What is in force where this is set, and beneath it something else. */
    public SettingsInForce over(SettingsInForce beneath) {
        return new SettingsInForce(
                new CompatibilityCriteria(
                        Objects.requireNonNullElse(level, beneath.criteria().level()),
                        Objects.requireNonNullElse(policy, beneath.criteria().policy()),
                        Objects.requireNonNullElse(aspects, beneath.criteria().aspects())),
                Objects.requireNonNullElse(blocksUnknown, beneath.blocksUnknown()),
                Objects.requireNonNullElse(groupBy, beneath.groupBy()),
                Objects.requireNonNullElse(allowsLowerVersions, beneath.allowsLowerVersions()),
                Objects.requireNonNullElse(validationMode, beneath.validationMode()),
                beneath.mode() == WriteMode.READONLY_OVERRIDE
                        ? beneath.mode()
                        : Objects.requireNonNullElse(mode, beneath.mode()));
    }
}
