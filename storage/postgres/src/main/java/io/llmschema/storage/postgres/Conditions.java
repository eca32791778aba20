package io.llmschema.storage.postgres;

import static java.util.stream.Collectors.joining;

import io.llmschema.model.SchemaState.Stage;
import io.llmschema.model.SchemaType;
import io.llmschema.model.Subject;
import io.llmschema.model.TenantId;
import io.llmschema.model.Version;
import io.llmschema.model.VersionRange;
import io.llmschema.model.VersionRange.Bound;
import io.llmschema.model.VersionRange.Interval;
import io.llmschema.storage.Deletion;
import io.llmschema.storage.SchemaFilter;
import io.llmschema.storage.SettingsFilter;
import io.llmschema.storage.SubjectFilter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A WHERE clause under construction: conditions that must all hold, and the values of their parameters. */
final class Conditions {
    /** Above every character that a subject name may have, so that {@code prefix + this} is above every name with that prefix. */
    private static final String ABOVE_ALL_NAMES = Character.toString(Character.MAX_CODE_POINT);

    private static final String RELEASE_KEY = "decode('ff', 'hex')";

    private final List<String> conditions = new ArrayList<>();
    private final Map<String, @Nullable Object> bindings = new HashMap<>();

    /** {@code WHERE …} with all conditions. */
    String where() {
        return conditions.isEmpty() ? "" : "WHERE " + String.join("\n  AND ", conditions);
    }

    Map<String, @Nullable Object> bindings() {
        return bindings;
    }

    Conditions and(String condition) {
        conditions.add(condition);
        return this;
    }

    Conditions and(String condition, String name, Object value) {
        conditions.add(condition);
        return bind(name, value);
    }

    /** All of another clause too. */
    Conditions and(Conditions others) {
        conditions.addAll(others.conditions);
        return bindAll(others);
    }

    /** The values of another clause, for a statement that has both. */
    Conditions bindAll(Conditions others) {
        bindings.putAll(others.bindings);
        return this;
    }

    Conditions bind(String name, @Nullable Object value) {
        bindings.put(name, value);
        return this;
    }

    Conditions tenant(String column, TenantId tenant) {
        return and(column + " = :tenant", "tenant", tenant.value());
    }

    Conditions subject(Subject subject) {
        return tenant("s.tenant", subject.tenant()).and("s.subject = :subject", "subject", subject.name());
    }

    /** Those that {@code latest} and ranges may resolve to. */
    Conditions selectable() {
        Set<Stage> selectable =
                Stream.of(Stage.values()).filter(Stage::isSelectable).collect(java.util.stream.Collectors.toSet());
        return and("s.deleted_at IS NULL").stages("s", selectable);
    }

    /** Written as literals rather than parameters, so that a partial index on a stage can be seen to fit. */
    private Conditions stages(String table, Set<Stage> stages) {
        return stages.isEmpty() ? this : and(table + ".stage IN (" + literals(stages) + ")");
    }

    private Conditions types(Set<SchemaType> types) {
        return types.isEmpty() ? this : and("s.schema_type IN (" + literals(types) + ")");
    }

    /** Names of enum constants, which need no escaping. */
    private static String literals(Set<? extends Enum<?>> constants) {
        return constants.stream()
                .map(constant -> "'" + constant.name() + "'")
                .sorted()
                .collect(joining(", "));
    }

    private Conditions deletion(String table, Deletion deletion) {
        return switch (deletion) {
            case LIVE -> and(table + ".deleted_at IS NULL");
            case DELETED -> and(table + ".deleted_at IS NOT NULL");
            case ANY -> this;
        };
    }

    private Conditions prefix(String column, @Nullable String prefix) {
        if (prefix == null) {
            return this;
        }
        return and(column + " >= :prefix", "prefix", prefix)
                .and(column + " < :prefixEnd", "prefixEnd", prefix + ABOVE_ALL_NAMES);
    }

    private Conditions labels(String table, @Nullable String owner, List<String> tags) {
        if (owner != null) {
            and(table + ".owner = :owner", "owner", owner);
        }
        if (!tags.isEmpty()) {
            and(table + ".tags @> :tags", "tags", tags.toArray(String[]::new));
        }
        return this;
    }

    Conditions filter(SchemaFilter filter) {
        tenant("s.tenant", filter.tenant());
        if (filter.subject() != null) {
            and("s.subject = :subject", "subject", filter.subject().name())
                    .sameTenant(filter, filter.subject().tenant());
        }
        deletion("s", filter.deletion()).prefix("s.subject", filter.subjectPrefix());
        stages("s", filter.stages()).types(filter.types()).labels("s", filter.owner(), filter.tags());
        if (filter.attributes() != null) {
            and("s.metadata::jsonb @> :attributes::jsonb", "attributes", filter.attributes());
        }
        if (filter.globalId() != null) {
            and("s.global_id = :globalId", "globalId", filter.globalId().value())
                    .sameTenant(filter, filter.globalId().tenant());
        }
        if (filter.fingerprint() != null) {
            byte[] hash = filter.fingerprint().toBytes();
            and("(c.raw_hash = :hash OR c.canonical_hash = :hash OR c.unordered_hash = :hash)", "hash", hash);
            and("c.tenant = :tenant");
        }
        return this;
    }

    /** Another tenant's subject or content is nowhere among this one's versions. */
    private Conditions sameTenant(SchemaFilter filter, TenantId tenant) {
        return tenant.equals(filter.tenant()) ? this : and("false");
    }

    Conditions filter(SubjectFilter filter) {
        tenant("u.tenant", filter.tenant()).deletion("u", filter.deletion()).prefix("u.name", filter.prefix());
        return stages("u", filter.stages()).labels("u", filter.owner(), filter.tags());
    }

    Conditions filter(SettingsFilter filter) {
        tenant("u.tenant", filter.tenant()).and(Settings.IS_ANY).prefix("u.name", filter.prefix());
        if (filter.hasMode()) {
            and("u.set_mode IS NOT NULL");
        }
        if (filter.attributesPart() != null) {
            and("u.set_attributes IS NOT NULL")
                    .and(
                            "strpos(u.set_attributes::text, :attributesPart) > 0",
                            "attributesPart",
                            filter.attributesPart());
        }
        return this;
    }

    /** The members of a range. */
    Conditions inRange(VersionRange range) {
        List<String> alternatives = new ArrayList<>();
        for (Interval interval : range.intervals()) {
            alternatives.add(inInterval(interval, "v" + alternatives.size()));
        }
        return and("(" + String.join("\n    OR ", alternatives) + ")");
    }

    private String inInterval(Interval interval, String name) {
        List<String> parts = new ArrayList<>();
        List<String> preReleases = new ArrayList<>(List.of("s.version_pre_release_key = " + RELEASE_KEY));
        bound(interval.lower(), name + "l", ">", parts, preReleases);
        bound(interval.upper(), name + "u", "<", parts, preReleases);
        parts.add("(" + String.join(" OR ", preReleases) + ")");
        return "(" + String.join(" AND ", parts) + ")";
    }

    private void bound(
            @Nullable Bound bound, String name, String comparison, List<String> parts, List<String> preReleases) {
        if (bound == null) {
            return;
        }
        parts.add(VERSION_COLUMNS + " " + comparison + (bound.isInclusive() ? "= " : " ")
                + versionParameters(name, bound.version()));
        if (bound.isGiven() && bound.version().isPreRelease()) {
            preReleases.add("(s.version_major, s.version_minor, s.version_patch) = (:%1$sMajor, :%1$sMinor, :%1$sPatch)"
                    .formatted(name));
        }
    }

    /** What versions are ordered by, as one value. */
    static final String VERSION_COLUMNS =
            "(s.version_major, s.version_minor, s.version_patch, s.version_pre_release_key)";

    /** The same for a version given as parameters whose names begin so. */
    String versionParameters(String name, Version version) {
        bind(name + "Major", version.major());
        bind(name + "Minor", version.minor());
        bind(name + "Patch", version.patch());
        bind(name + "Key", VersionKey.preRelease(version));
        return "(:%1$sMajor, :%1$sMinor, :%1$sPatch, :%1$sKey)".formatted(name);
    }
}
