package io.llmschema.http.registryapi;

import io.llmschema.model.CompatibilityLevel;
import io.llmschema.model.CompatibilityPolicy;
import io.llmschema.model.DataEncoding;
import io.llmschema.model.RegistryException.InvalidValue;
import io.llmschema.model.SettingsInForce;
import io.llmschema.model.SubjectSettings;
import io.llmschema.model.ValidationMode;
import io.llmschema.model.WriteMode;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What is set for subjects, as the JSON of this dialect. */
final class SettingsJson {
    static final Set<String> FIELDS = Set.of(
            "level", "policy", "aspects", "blocksUnknown", "groupBy", "allowsLowerVersions", "validationMode", "mode");

    private SettingsJson() {}

    /** What an object says; a field that is absent is not set. What another dialect keeps beside is not said here. */
    static SubjectSettings read(JsonIn object) {
        JsonIn said = object.allowing(FIELDS);
        return new SubjectSettings(
                said.text("level").map(SettingsJson::level).orElse(null),
                said.text("policy").map(SettingsJson::policy).orElse(null),
                said.has("aspects") ? aspects(said.texts("aspects")) : null,
                said.flag("blocksUnknown").orElse(null),
                said.text("groupBy").orElse(null),
                said.flag("allowsLowerVersions").orElse(null),
                said.text("validationMode")
                        .map(mode -> named("validation-mode", mode, ValidationMode.values()))
                        .orElse(null),
                said.text("mode")
                        .map(mode -> named("mode", mode, WriteMode.values()))
                        .orElse(null),
                null);
    }

    /** What a merge patch sets; a field that is null is not set any more. */
    static SubjectSettings readPatch(JsonIn patch) {
        return read(patch.allowing(FIELDS).withoutNulls(FIELDS));
    }

    /** What is set with a merge patch (RFC 7396) applied. */
    static SubjectSettings patched(SubjectSettings present, JsonIn patch) {
        SubjectSettings said = readPatch(patch);
        return new SubjectSettings(
                patch.has("level") ? said.level() : present.level(),
                patch.has("policy") ? said.policy() : present.policy(),
                patch.has("aspects") ? said.aspects() : present.aspects(),
                patch.has("blocksUnknown") ? said.blocksUnknown() : present.blocksUnknown(),
                patch.has("groupBy") ? said.groupBy() : present.groupBy(),
                patch.has("allowsLowerVersions") ? said.allowsLowerVersions() : present.allowsLowerVersions(),
                patch.has("validationMode") ? said.validationMode() : present.validationMode(),
                patch.has("mode") ? said.mode() : present.mode(),
                present.attributes());
    }

    static CompatibilityLevel level(String name) {
        return named("level", name, CompatibilityLevel.values());
    }

    static CompatibilityPolicy policy(String name) {
        return named("policy", name, CompatibilityPolicy.values());
    }

    static Set<DataEncoding> aspects(List<String> names) {
        return names.stream()
                .map(name -> named("aspect", name, DataEncoding.values()))
                .collect(Collectors.toSet());
    }

    /** The one of that name, in any letter case. */
    private static <E extends Enum<E>> E named(String field, String name, E[] known) {
        return Arrays.stream(known)
                .filter(one -> one.name().equals(name.toUpperCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new InvalidValue(field, name, "known are " + List.of(known)));
    }

    /** Only what is asked of compatibility; absent where a request does not say. */
    static SubjectSettings wish(Optional<String> level, Optional<String> policy, @Nullable List<String> aspects) {
        return new SubjectSettings(
                level.map(SettingsJson::level).orElse(null),
                policy.map(SettingsJson::policy).orElse(null),
                aspects == null ? null : aspects(aspects),
                null,
                null,
                null,
                null);
    }

    /** What is set here, and what is in force. */
    static byte[] write(SubjectSettings set, SettingsInForce inForce) {
        return JsonOut.write(out -> out.object(() -> {
            out.object("set", () -> write(out, set));
            out.object("inForce", () -> write(out, inForce));
        }));
    }

    private static void write(JsonOut out, SubjectSettings set) {
        out.text("level", name(set.level()));
        out.text("policy", name(set.policy()));
        if (set.aspects() != null) {
            out.texts("aspects", sorted(set.aspects()));
        }
        if (set.blocksUnknown() != null) {
            out.flag("blocksUnknown", set.blocksUnknown());
        }
        out.text("groupBy", set.groupBy());
        if (set.allowsLowerVersions() != null) {
            out.flag("allowsLowerVersions", set.allowsLowerVersions());
        }
        out.text("validationMode", name(set.validationMode()));
        out.text("mode", name(set.mode()));
        if (set.attributes() != null) {
            out.raw("attributes", set.attributes());
        }
    }

    private static void write(JsonOut out, SettingsInForce inForce) {
        out.text("level", inForce.criteria().level().name());
        out.text("policy", inForce.criteria().policy().name());
        out.texts("aspects", sorted(inForce.criteria().aspects()));
        out.flag("blocksUnknown", inForce.blocksUnknown());
        out.text("groupBy", inForce.groupBy());
        out.flag("allowsLowerVersions", inForce.allowsLowerVersions());
        out.text("validationMode", inForce.validationMode().name());
        out.text("mode", inForce.mode().name());
    }

    private static List<String> sorted(Set<DataEncoding> aspects) {
        return aspects.stream().map(Enum::name).sorted().toList();
    }

    private static @Nullable String name(@Nullable Enum<?> value) {
        return value == null ? null : value.name();
    }
}
