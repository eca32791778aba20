package io.llmschema.benchmarks.judge;

import com.github.luben.zstd.ZstdInputStream;
import io.llmschema.format.SchemaFormats;
import io.llmschema.format.avro.AvroFormat;
import io.llmschema.format.json.JsonSchemaFormat;
import io.llmschema.format.protobuf.ProtobufFormat;
import io.llmschema.model.ChangeClass;
import io.llmschema.model.CompatibilityLevel;
import io.llmschema.model.CompatibilityPolicy;
import io.llmschema.model.Incompatibility;
import io.llmschema.model.Metadata;
import io.llmschema.model.RegistryException;
import io.llmschema.model.SchemaContent;
import io.llmschema.model.SchemaKey;
import io.llmschema.model.SchemaState;
import io.llmschema.model.SchemaType;
import io.llmschema.model.SettingsInForce;
import io.llmschema.model.Subject;
import io.llmschema.model.SubjectSettings;
import io.llmschema.model.TenantId;
import io.llmschema.model.Verdict;
import io.llmschema.model.Version;
import io.llmschema.model.VersionSelector;
import io.llmschema.registry.Difference;
import io.llmschema.registry.RegistrationRequest;
import io.llmschema.registry.RegistryLimits;
import io.llmschema.registry.SchemaRegistry;
import io.llmschema.storage.InMemoryStorage;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The version numbers that people gave their schemas, beside what our rules say of the changes.
 *
 * <p>The numbers are SchemaVer's: the first is for changes that break all historical data, the second for such as break some, the third for such as break
 * none.
 */
public final class VersionTable {
    private static final int WINDOW_LOG = 27;
    private static final int SHOWN = 5;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final SchemaRegistry registry;
    private final String policy;
    private final Map<Raised, Map<ChangeClass, Integer>> table = new EnumMap<>(Raised.class);
    private final Map<String, List<String>> reasons = new TreeMap<>();
    private int refused;

    /** The number that people raised. */
    private enum Raised {
        FIRST,
        SECOND,
        THIRD;

        static Raised between(Version before, Version after) {
            if (before.major() != after.major()) {
                return FIRST;
            }
            return before.minor() != after.minor() ? SECOND : THIRD;
        }
    }

    private VersionTable(CompatibilityPolicy policy) {
        this.policy = policy.name();
        this.registry = new SchemaRegistry(
                new InMemoryStorage((_, _) -> false),
                new SchemaFormats(List.of(new JsonSchemaFormat(), new AvroFormat(), new ProtobufFormat())),
                RegistryLimits.DEFAULT,
                new SubjectSettings(CompatibilityLevel.NONE, policy, null, null, null, true, null)
                        .over(SettingsInForce.DEFAULT),
                InstantSource.system());
    }

    /** @param arguments the folder of the corpus */
    public static void main(String[] arguments) throws IOException {
        Path file = Path.of(arguments[0]).resolve("json-iglu-semver.jsonl.zst");
        Map<String, SortedMap<Version, String>> subjects = new TreeMap<>();
        try (ZstdInputStream stream = new ZstdInputStream(Files.newInputStream(file)).setLongMax(WINDOW_LOG);
                BufferedReader lines = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                JsonNode row = JSON.readTree(line);
                subjects.computeIfAbsent(row.path("subject").asString(""), _ -> new TreeMap<>())
                        .put(
                                Version.parse(row.path("version").asString("")),
                                row.path("content").asString(""));
            }
        }
        for (CompatibilityPolicy policy : CompatibilityPolicy.values()) {
            VersionTable table = new VersionTable(policy);
            subjects.forEach(table::add);
            System.out.println(table.text());
        }
    }

    private void add(String name, SortedMap<Version, String> versions) {
        Subject subject = new Subject(TenantId.DEFAULT, name);
        List<Version> registered = new ArrayList<>();
        versions.forEach((version, content) -> {
            try {
                registry.register(new RegistrationRequest(
                        subject,
                        SchemaType.JSON,
                        SchemaContent.of(content),
                        version,
                        List.of(),
                        Metadata.NONE,
                        new SchemaState.Active(),
                        "benchmark"));
                registered.add(version);
            } catch (RegistryException e) {
                refused++;
            }
        });
        for (int i = 1; i < registered.size(); i++) {
            compare(subject, registered.get(i - 1), registered.get(i));
        }
    }

    private void compare(Subject subject, Version before, Version after) {
        Raised raised = Raised.between(before, after);
        Difference difference;
        try {
            difference = registry.compare(key(subject, before), key(subject, after));
        } catch (RegistryException.SchemaNotFound e) {
            // The same content again is the version that is there, so there is none under the second number.
            table.computeIfAbsent(raised, _ -> new EnumMap<>(ChangeClass.class))
                    .merge(ChangeClass.NONE, 1, Integer::sum);
            return;
        }
        table.computeIfAbsent(raised, _ -> new EnumMap<>(ChangeClass.class))
                .merge(difference.change(), 1, Integer::sum);
        boolean isBreaking = difference.change() == ChangeClass.BREAKING;
        if (isBreaking == (raised == Raised.THIRD)) {
            reasons.computeIfAbsent(
                            raised + ", ours " + difference.change() + ": " + reason(difference),
                            _ -> new ArrayList<>())
                    .add("%s %s → %s".formatted(subject, before, after));
        }
    }

    private static String reason(Difference difference) {
        if (difference.backward().verdict() == Verdict.UNKNOWN) {
            return "unknown";
        }
        String rules = difference.backward().incompatibilities().stream()
                .map(Incompatibility::rule)
                .distinct()
                .sorted()
                .collect(Collectors.joining(", "));
        return rules.isEmpty()
                ? difference.changes().stream()
                        .map(change -> change.kind() + " " + change.afterPath().replaceAll(".*/", ""))
                        .distinct()
                        .sorted()
                        .limit(SHOWN)
                        .collect(Collectors.joining(", "))
                : rules;
    }

    private static SchemaKey key(Subject subject, Version version) {
        return new SchemaKey.ByVersion(subject, new VersionSelector.Exact(version));
    }

    private String text() {
        StringBuilder out = new StringBuilder("### " + policy + "\n\n| people raised the |");
        for (ChangeClass change : ChangeClass.values()) {
            out.append(' ').append(change).append(" |");
        }
        out.append("\n|---|")
                .append("---:|".repeat(ChangeClass.values().length))
                .append('\n');
        for (Raised raised : Raised.values()) {
            out.append("| ").append(raised.name().toLowerCase(Locale.ROOT)).append(" number |");
            Map<ChangeClass, Integer> row = table.getOrDefault(raised, Map.of());
            for (ChangeClass change : ChangeClass.values()) {
                out.append(' ').append(row.getOrDefault(change, 0)).append(" |");
            }
            out.append('\n');
        }
        out.append("\nVersions refused: ").append(refused).append("\n\nWhere they differ:\n\n");
        reasons.entrySet().stream()
                .sorted(Comparator.comparingInt((Map.Entry<String, List<String>> entry) ->
                        -entry.getValue().size()))
                .forEach(entry -> out.append("- %d × %s (%s)%n"
                        .formatted(
                                entry.getValue().size(),
                                entry.getKey(),
                                entry.getValue().stream().limit(SHOWN).collect(Collectors.joining("; ")))));
        return out.toString();
    }
}
