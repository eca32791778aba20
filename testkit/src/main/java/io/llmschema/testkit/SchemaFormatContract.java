package io.llmschema.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmschema.format.ParseOutcome;
import io.llmschema.format.ParseOutcome.Parsed;
import io.llmschema.format.ParseOutcome.Rejected;
import io.llmschema.format.ParsedSchema;
import io.llmschema.format.SchemaFormat;
import io.llmschema.format.SchemaSource;
import io.llmschema.format.SchemaStep;
import io.llmschema.model.CompatibilityPolicy;
import io.llmschema.model.Judgement;
import io.llmschema.model.SchemaChange.Nature;
import io.llmschema.model.SchemaContent;
import io.llmschema.model.Verdict;
import io.llmschema.model.Violation;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What every {@link SchemaFormat} does, whatever its language. */
public abstract class SchemaFormatContract {
    /** How many damaged texts are tried for each example. */
    private static final int DAMAGED_TEXTS = 500;

    protected abstract SchemaFormat format();

    /** Valid schemas without references, together using most of the language. */
    protected abstract List<String> validSchemas();

    /** Two texts that differ in meaningless things only (white space, spelling), and in nothing else. */
    protected abstract List<String> sameMeaning();

    /** Two texts that differ in nothing but an order that a validator does not see. */
    protected abstract List<String> sameMeaningReordered();

    /** A text with {@code depth} nested constructs, valid but for its depth. */
    protected abstract String nested(int depth);

    @Test
    public void parse_validSchema_isAccepted() {
        assertThat(validSchemas())
                .isNotEmpty()
                .allSatisfy(text -> assertThat(parse(text)).isInstanceOf(Parsed.class));
    }

    @Test
    public void canonicalForm_isASchemaAndItsOwnCanonicalForm() {
        assertThat(validSchemas()).allSatisfy(text -> {
            ParsedSchema parsed = accepted(text);

            assertThat(accepted(parsed.canonicalForm()).canonicalForm()).isEqualTo(parsed.canonicalForm());
            assertThat(accepted(parsed.canonicalForm()).unorderedForm()).isEqualTo(parsed.unorderedForm());
        });
    }

    @Test
    public void canonicalForm_ofSameMeaning_isEqual() {
        List<ParsedSchema> parsed = sameMeaning().stream().map(this::accepted).toList();

        assertThat(parsed.get(0).canonicalForm()).isEqualTo(parsed.get(1).canonicalForm());
        assertThat(parsed.get(0).unorderedForm()).isEqualTo(parsed.get(1).unorderedForm());
    }

    @Test
    public void unorderedForm_ofReordered_isEqualWhereTheCanonicalFormIsNot() {
        List<ParsedSchema> parsed =
                sameMeaningReordered().stream().map(this::accepted).toList();

        assertThat(parsed.get(0).canonicalForm()).isNotEqualTo(parsed.get(1).canonicalForm());
        assertThat(parsed.get(0).unorderedForm()).isEqualTo(parsed.get(1).unorderedForm());
    }

    @Test
    public void normalizedForm_isASchemaAndItsOwnNormalizedForm() {
        assertThat(validSchemas()).allSatisfy(text -> {
            String normalized = accepted(text).normalizedForm();

            assertThat(accepted(normalized).normalizedForm()).isEqualTo(normalized);
        });
    }

    @Test
    public void normalizedForm_ofReordered_isEqual() {
        List<ParsedSchema> parsed =
                sameMeaningReordered().stream().map(this::accepted).toList();

        assertThat(parsed.get(0).normalizedForm()).isEqualTo(parsed.get(1).normalizedForm());
    }

    @Test
    public void wordlessForm_whereTwoHaveTheSame_leavesOutOnlyWords() {
        List<String> texts = Stream.of(validSchemas(), sameMeaning(), sameMeaningReordered())
                .flatMap(List::stream)
                .toList();

        for (String before : texts) {
            for (String after : texts) {
                Optional<String> wordless = accepted(before).wordlessForm();
                if (wordless.isPresent() && wordless.equals(accepted(after).wordlessForm())) {
                    SchemaSource was = new SchemaSource(SchemaContent.of(before), List.of());
                    SchemaSource is = new SchemaSource(SchemaContent.of(after), List.of());
                    assertThat(format().changes(was, is)).allMatch(change -> change.nature() == Nature.WORDS);
                    assertThat(format().judge(is, was, CompatibilityPolicy.STRICT))
                            .isEqualTo(Judgement.COMPATIBLE);
                }
            }
        }
    }

    @Test
    public void step_isTheJudgementAndTheChanges() {
        List<SchemaSource> schemas = Stream.of(validSchemas(), sameMeaning(), sameMeaningReordered())
                .flatMap(List::stream)
                .map(text -> new SchemaSource(SchemaContent.of(text), List.of()))
                .toList();

        for (SchemaSource before : schemas) {
            for (SchemaSource after : schemas) {
                SchemaStep step = format().step(before, after, CompatibilityPolicy.LENIENT);
                boolean isCompatible = step.backward().verdict() == Verdict.COMPATIBLE;
                assertThat(step.backward()).isEqualTo(format().judge(after, before, CompatibilityPolicy.LENIENT));
                assertThat(step.changes()).isEqualTo(isCompatible ? format().changes(before, after) : List.of());
            }
        }
    }

    @Test
    public void rendered_inAFormThatNobodyKnows_isEmpty() {
        assertThat(validSchemas()).allSatisfy(text -> {
            SchemaSource source = new SchemaSource(SchemaContent.of(text), List.of());

            assertThat(format().rendered(source, "no form")).isEmpty();
        });
    }

    @Test
    public void parse_emptyOrBlank_isRejected() {
        assertThat(List.of("", " \n\t"))
                .allSatisfy(text -> assertThat(rejected(text)).isNotEmpty());
    }

    @Test
    public void parse_notUtf8_isRejectedWithItsPlace() {
        byte[] bytes = validSchemas().getFirst().getBytes(StandardCharsets.UTF_8);
        bytes[bytes.length / 2] = (byte) 0xFF;

        ParseOutcome outcome = format().parse(new SchemaContent(bytes), List.of());

        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Rejected.class,
                        rejected -> assertThat(rejected.violations())
                                .singleElement()
                                .satisfies(violation -> {
                                    assertThat(violation.reason()).contains("UTF-8");
                                    assertThat(violation.line()).isPositive();
                                    assertThat(violation.column()).isPositive();
                                }));
    }

    @Test
    public void parse_deepNesting_isRejected() {
        assertThat(parse(nested(10))).isInstanceOf(Parsed.class);

        assertThat(List.of(SchemaFormat.MAX_DEPTH * 2, 100_000))
                .allSatisfy(depth -> assertThat(rejected(nested(depth))).isNotEmpty());
    }

    @Test
    public void parse_bracketBombs_isRejected() {
        for (String bracket : List.of("[", "{", "(", "<", "{\"a\":", "[[", "/*", "\"")) {
            assertThat(rejected(bracket.repeat(100_000))).isNotEmpty();
        }
    }

    /** Damages valid texts at random: whatever comes, the answer is an outcome and its places are in the text. */
    @Test
    public void parse_damagedText_neverThrows() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (String text : validSchemas()) {
            for (int i = 0; i < DAMAGED_TEXTS; i++) {
                byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
                for (int damage = random.nextInt(1, 4); damage > 0; damage--) {
                    bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(128);
                }
                String damaged = new String(bytes, StandardCharsets.UTF_8);
                try {
                    if (parse(damaged) instanceof Rejected rejected) {
                        assertPlacesExist(damaged, rejected.violations());
                    }
                } catch (RuntimeException | Error e) {
                    throw new AssertionError("seed " + seed + ", text:\n" + damaged, e);
                }
            }
        }
    }

    private static void assertPlacesExist(String text, List<Violation> violations) {
        long lines = text.lines().count() + 1;
        assertThat(violations).isNotEmpty().allSatisfy(violation -> {
            assertThat(violation.line()).isBetween(0, (int) lines);
            assertThat(violation.reason()).isNotBlank();
        });
    }

    protected final ParseOutcome parse(String text) {
        return format().parse(SchemaContent.of(text), List.of());
    }

    protected final ParsedSchema accepted(String text) {
        return switch (parse(text)) {
            case Parsed parsed -> parsed.schema();
            case Rejected rejected -> throw new AssertionError("rejected: " + rejected.violations() + "\n" + text);
        };
    }

    protected final List<Violation> rejected(String text) {
        return switch (parse(text)) {
            case Parsed _ -> throw new AssertionError("accepted: " + text);
            case Rejected rejected -> rejected.violations();
        };
    }
}
