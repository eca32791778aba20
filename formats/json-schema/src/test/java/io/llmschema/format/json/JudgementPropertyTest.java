package io.llmschema.format.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.dialect.Dialect;
import com.networknt.schema.dialect.Dialects;
import io.llmschema.format.ParseOutcome;
import io.llmschema.format.SchemaSource;
import io.llmschema.model.CompatibilityPolicy;
import io.llmschema.model.Incompatibility;
import io.llmschema.model.Judgement;
import io.llmschema.model.SchemaContent;
import io.llmschema.model.Verdict;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.node.ObjectNode;

/**
 * Random pairs of schemas against random instances: what is called compatible is never refuted by an instance, and what is called incompatible
 * is refuted by its witness. The validator library, set up by this test, says what is accepted.
 */
class JudgementPropertyTest {
    /** For each draft; five drafts make more than 100,000. */
    private static final int INSTANCES = Integer.getInteger("instances", 24_000);

    private static final int INSTANCES_PER_PAIR = 20;

    private final JsonSchemaFormat format = new JsonSchemaFormat();
    private final Map<Verdict, Integer> verdicts = new EnumMap<>(Verdict.class);

    @ParameterizedTest
    @EnumSource(Draft.class)
    void verdicts_ofRandomPairs_areNeverRefuted(Draft draft) {
        long seed = Long.getLong("seed", System.nanoTime());
        Random random = new Random(seed);
        RandomJson json = new RandomJson(random, draft);
        int instances = 0;
        while (instances < INSTANCES) {
            ObjectNode writer = json.schema();
            ObjectNode reader = random.nextInt(4) == 0 ? json.schema() : json.changed(writer);
            name(draft, writer);
            name(draft, reader);
            if (isRefused(writer) || isRefused(reader)) {
                continue;
            }
            String pair = "seed %d, writer %s, reader %s".formatted(seed, writer, reader);
            Judgement judgement = format.judge(source(reader), source(writer), CompatibilityPolicy.STRICT);
            verdicts.merge(judgement.verdict(), 1, Integer::sum);
            Schema ofWriter = library(draft, writer);
            Schema ofReader = library(draft, reader);
            judgement.incompatibilities().forEach(one -> check(one, ofWriter, ofReader, pair));
            if (judgement.verdict() == Verdict.COMPATIBLE) {
                checkInstances(json, ofWriter, ofReader, pair);
                instances += INSTANCES_PER_PAIR;
            }
        }
        System.out.printf("%s, seed %d: %s, %d instances%n", draft, seed, verdicts, instances);
        assertThat(verdicts.getOrDefault(Verdict.INCOMPATIBLE, 0)).isPositive();
    }

    private static void check(Incompatibility one, Schema writer, Schema reader, String pair) {
        String witness = one.witness().document();
        assertThat(errors(writer, witness)).as("%s, witness %s", pair, witness).isZero();
        assertThat(errors(reader, witness)).as("%s, witness %s", pair, witness).isPositive();
    }

    private static void checkInstances(RandomJson json, Schema writer, Schema reader, String pair) {
        for (int i = 0; i < INSTANCES_PER_PAIR; i++) {
            String instance = json.instance(3).toString();
            if (errors(writer, instance) == 0) {
                assertThat(errors(reader, instance))
                        .as("%s, instance %s", pair, instance)
                        .isZero();
            }
        }
    }

    private boolean isRefused(ObjectNode schema) {
        return !(format.parse(SchemaContent.of(schema.toString()), List.of()) instanceof ParseOutcome.Parsed);
    }

    private static SchemaSource source(ObjectNode schema) {
        return new SchemaSource(SchemaContent.of(schema.toString()), List.of());
    }

    private static int errors(Schema schema, String instance) {
        return schema.validate(instance, InputFormat.JSON).size();
    }

    private static void name(Draft draft, ObjectNode schema) {
        schema.put("$schema", dialect(draft).getId());
    }

    private static Schema library(Draft draft, ObjectNode schema) {
        SchemaRegistryConfig config =
                SchemaRegistryConfig.builder().formatAssertionsEnabled(true).build();
        return SchemaRegistry.withDefaultDialect(corrected(draft), builder -> builder.schemaRegistryConfig(config))
                .getSchema(schema);
    }

    /** The library's own dialect but for the limits of numbers, which the library gets wrong. */
    private static Dialect corrected(Draft draft) {
        Dialect dialect = dialect(draft);
        return Dialect.builder(dialect)
                .keyword(LimitKeyword.MINIMUM)
                .keyword(LimitKeyword.MAXIMUM)
                .build();
    }

    private static Dialect dialect(Draft draft) {
        return switch (draft) {
            case DRAFT_04 -> Dialects.getDraft4();
            case DRAFT_06 -> Dialects.getDraft6();
            case DRAFT_07 -> Dialects.getDraft7();
            case DRAFT_2019_09 -> Dialects.getDraft201909();
            case DRAFT_2020_12 -> Dialects.getDraft202012();
        };
    }
}
