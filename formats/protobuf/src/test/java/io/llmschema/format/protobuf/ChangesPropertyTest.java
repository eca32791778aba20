package io.llmschema.format.protobuf;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmschema.format.ParseOutcome;
import io.llmschema.format.ParsedSchema;
import io.llmschema.format.SchemaSource;
import io.llmschema.model.CompatibilityPolicy;
import io.llmschema.model.SchemaChange;
import io.llmschema.model.SchemaChange.Nature;
import io.llmschema.model.Verdict;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Whatever two files are compared, the changes are those that their canonical forms and their judgement know of. */
class ChangesPropertyTest {
    private static final int PAIRS = 1_000;
    private static final Pattern INTEGER = Pattern.compile("\\b[0-9]+\\b");
    private static final Pattern WORD = Pattern.compile("[A-Za-z_][A-Za-z_0-9]*");

    private static final List<String> MORE_SCHEMAS = List.of("""
            edition = "2024";
            package c;
            import option "google/protobuf/java_features.proto";
            import "google/protobuf/empty.proto";
            option java_package = "x.y";
            option go_package = "x/y";
            // Words.
            export message M {
              option features.(pb.java).nest_in_file_class = YES;
              // More words.
              int32 x = 1;
              local message N { string s = 1; }
              N n = 2;
              reserved 10 to 12, 15;
              reserved foo, bar;
              // About reservations.
              reserved 20;
              oneof pick { string a = 3; string b = 4; }
              oneof other { string c = 5; string d = 6; }
            }
            local enum E { E_ZERO = 0; E_ONE = 1 [deprecated = true]; E_TWO = 2; }
            service S { option deprecated = true; rpc A(M) returns (M); rpc B(M) returns (stream M) { option deprecated = true; option idempotency_level = IDEMPOTENT; } }
            """, """
            syntax = "proto2";
            package a;
            import "google/protobuf/descriptor.proto";
            import "google/protobuf/any.proto";
            extend google.protobuf.FieldOptions { optional Limits limits = 50001; repeated string tags = 50002; }
            extend google.protobuf.FieldOptions { optional int32 more = 50003; }
            message Limits {
              optional int32 max = 1; optional Limits inner = 2; repeated double numbers = 3;
              optional group Extra = 4 { optional bool yes = 1; }
              extensions 100 to 199 [verification = UNVERIFIED];
              extensions 300, 400 to 402;
            }
            extend Limits { optional uint64 u = 100; optional Limits v = 102; }
            message M {
              required string s = 1 [default = "a", (limits) = { max: 3 }, (tags) = "x", (tags) = "y", deprecated = true];
              optional E e = 5 [default = TWO];
              repeated group Item = 6 { optional int32 n = 1; optional int32 m = 2; }
              enum E { option allow_alias = true; TWO = 2; ZWEI = 2; MINUS = -1; }
              extend Limits { optional string nested = 101; }
              map<string, Limits> by_name = 7;
            }
            """);

    private final long seed = Long.getLong("seed", System.nanoTime());
    private final Random random = new Random(seed);
    private final ProtobufFormat format = new ProtobufFormat();
    private final Map<Set<Nature>, Integer> seen = new HashMap<>();

    @Test
    void changes_anyPair_areThoseOfTheForms() {
        List<String> schemas = schemas();
        int pairs = 0;
        while (pairs < PAIRS) {
            String before = schemas.get(random.nextInt(schemas.size()));
            String after = before;
            for (int i = random.nextInt(3); i >= 0; i--) {
                after = edited(after);
            }
            Optional<ParsedSchema> old = parse(before);
            Optional<ParsedSchema> now = parse(after);
            if (old.isPresent() && now.isPresent()) {
                check(before, after, old.get(), now.get());
                pairs++;
            }
        }

        assertThat(seen.keySet())
                .as("seed %d, %s", seed, seen)
                .contains(Set.of(), EnumSet.of(Nature.ORDER), EnumSet.of(Nature.WORDS), EnumSet.of(Nature.MEANING));
    }

    @Test
    void changes_ofCommentsOnly_areWords() {
        List<String> schemas = schemas();
        int pairs = 0;
        while (pairs < 1_000) {
            String before = schemas.get(random.nextInt(schemas.size()));
            String after = commented(before);
            Optional<ParsedSchema> old = parse(before);
            Optional<ParsedSchema> now = parse(after);
            if (old.isPresent()
                    && now.isPresent()
                    && !old.get().canonicalForm().equals(now.get().canonicalForm())) {
                assertThat(changes(before, after))
                        .as(() -> description(before, after))
                        .isNotEmpty()
                        .extracting(SchemaChange::nature)
                        .containsOnly(Nature.WORDS);
                pairs++;
            }
        }
    }

    private void check(String before, String after, ParsedSchema old, ParsedSchema now) {
        List<SchemaChange> changes = changes(before, after);
        String description = description(before, after);
        Set<Nature> natures = changes.stream().map(SchemaChange::nature).collect(Collectors.toSet());
        seen.merge(natures, 1, Integer::sum);

        assertThat(changes(before, before)).as(description).isEmpty();
        assertThat(changes.isEmpty())
                .as(() -> description + changes)
                .isEqualTo(old.canonicalForm().equals(now.canonicalForm()));
        assertThat(Set.of(Nature.ORDER).containsAll(natures))
                .as(() -> description + changes)
                .isEqualTo(old.unorderedForm().equals(now.unorderedForm()));
        if (!natures.contains(Nature.MEANING)) {
            assertThat(verdict(before, after)).as(() -> description + changes).isEqualTo(Verdict.COMPATIBLE);
            assertThat(verdict(after, before)).as(() -> description + changes).isEqualTo(Verdict.COMPATIBLE);
        }
    }

    private List<String> schemas() {
        List<String> schemas = new ArrayList<>(MORE_SCHEMAS);
        schemas.addAll(RichSchemas.ALL);
        for (int i = 0; i < 10; i++) {
            schemas.add(RandomSchema.of(random).text());
        }
        return schemas.stream()
                .flatMap(text -> parse(text).map(ParsedSchema::canonicalForm).stream())
                .toList();
    }

    private String edited(String text) {
        List<String> lines = new ArrayList<>(text.lines().toList());
        int at = random.nextInt(lines.size());
        String line = lines.get(at);
        switch (random.nextInt(10)) {
            case 0 -> {
                return commented(text);
            }
            case 1 -> lines.remove(at);
            case 2, 3 -> lines.add(random.nextInt(lines.size()), lines.remove(at));
            case 4 -> lines.set(at, replaced(line, INTEGER, Integer.toString(random.nextInt(30))));
            case 5 -> {
                String other = lines.get(random.nextInt(lines.size()));
                List<String> words =
                        WORD.matcher(other).results().map(MatchResult::group).toList();
                lines.set(at, words.isEmpty() ? line : replaced(line, WORD, words.get(random.nextInt(words.size()))));
            }
            case 6 -> lines.set(at, replaced(line, WORD, "w" + random.nextInt(9)));
            case 7 -> lines.set(at, withOption(line));
            case 8 -> moveBlock(lines, at);
            default -> lines.set(at, parts(line));
        }
        return String.join("\n", lines) + "\n";
    }

    private String withOption(String line) {
        String option = List.of(
                        "deprecated = true",
                        "json_name = \"j\"",
                        "packed = false",
                        "debug_redact = true",
                        "lazy = true")
                .get(random.nextInt(5));
        return line.contains("[")
                ? random.nextBoolean() ? line.replace("[", "[" + option + ", ") : line.replaceAll(" \\[.*]", "")
                : line.replaceAll("( = -?[0-9]+)([;{ ])", "$1 [" + option + "]$2");
    }

    /** The parts of a list in brackets, or of a statement, the other way round. */
    private static String parts(String line) {
        Matcher list = Pattern.compile("(.*(?:\\[|reserved |extensions ))([^\\[\\]]+), ([^\\[\\]]+?)(]?;)")
                .matcher(line);
        return list.matches() ? list.group(1) + list.group(3) + ", " + list.group(2) + list.group(4) : line;
    }

    /** Moves a block that begins on a line to some other line. */
    private void moveBlock(List<String> lines, int at) {
        String first = lines.get(at);
        int end = at;
        String indent = first.substring(0, first.length() - first.stripLeading().length());
        if (first.endsWith("{")) {
            while (end < lines.size() && !lines.get(end).equals(indent + "}")) {
                end++;
            }
        }
        if (end < lines.size()) {
            List<String> block = new ArrayList<>(lines.subList(at, end + 1));
            lines.subList(at, end + 1).clear();
            lines.addAll(random.nextInt(lines.size() + 1), block);
        }
    }

    private String replaced(String line, Pattern pattern, String by) {
        List<MatchResult> found = pattern.matcher(line).results().toList();
        if (found.isEmpty()) {
            return line;
        }
        MatchResult one = found.get(random.nextInt(found.size()));
        return line.substring(0, one.start()) + by + line.substring(one.end());
    }

    private String commented(String text) {
        List<String> lines = new ArrayList<>(text.lines().toList());
        int at = random.nextInt(lines.size());
        if (lines.get(at).strip().startsWith("//") && random.nextBoolean()) {
            lines.remove(at);
        } else {
            lines.add(at, "// Words " + random.nextInt(100));
        }
        return String.join("\n", lines) + "\n";
    }

    private Optional<ParsedSchema> parse(String text) {
        return format.parse(JudgedPair.source(text).content(), List.of())
                        instanceof ParseOutcome.Parsed(ParsedSchema schema)
                ? Optional.of(schema)
                : Optional.empty();
    }

    private List<SchemaChange> changes(String before, String after) {
        return format.changes(JudgedPair.source(before), JudgedPair.source(after));
    }

    private Verdict verdict(String reader, String writer) {
        SchemaSource read = JudgedPair.source(reader);
        return format.judge(read, JudgedPair.source(writer), CompatibilityPolicy.STRICT)
                .verdict();
    }

    private String description(String before, String after) {
        return "seed " + seed + "\nbefore:\n" + before + "\nafter:\n" + after + "\n";
    }
}
