package io.llmschema.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmschema.model.GlobalId;
import io.llmschema.model.Registration;
import io.llmschema.model.Schema;
import io.llmschema.model.SchemaSummary;
import io.llmschema.storage.Dependency;
import io.llmschema.storage.SearchHit;
import io.llmschema.storage.StorageStatistics;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The question whether two stores gave the same answer.
 *
 * <p>Their global ids may be other numbers, because numbers may be left out; but what has one in one store has one in the other.
 * What a store takes on disk is its own matter.
 */
final class SameAnswers {
    private final Map<GlobalId, GlobalId> expectedByActual = new HashMap<>();

    /** Checks one outcome of a change, and learns the global ids of a registration. */
    void assertSameOutcome(String what, Object expected, Object actual) {
        if (expected instanceof Registration(SchemaSummary expectedSchema, var _)
                && actual instanceof Registration(SchemaSummary actualSchema, var _)) {
            GlobalId known = expectedByActual.putIfAbsent(actualSchema.globalId(), expectedSchema.globalId());
            assertThat(known == null || known.equals(expectedSchema.globalId()))
                    .as("%s: global id %s means one content", what, actualSchema.globalId())
                    .isTrue();
            assertThat(expectedByActual.values())
                    .as(what + ": one content has one global id")
                    .doesNotHaveDuplicates();
        }
        assertSame(what, expected, actual);
    }

    void assertSame(String what, Object expected, Object actual) {
        assertThat(translated(actual)).as(what).isEqualTo(withoutSize(expected));
    }

    /** The pairs of global ids, expected by actual. */
    Map<GlobalId, GlobalId> globalIds() {
        return Map.copyOf(expectedByActual);
    }

    /** Forgets all global ids but these: those given in a transaction that was given up may be given again. */
    void forgetAllBut(Map<GlobalId, GlobalId> globalIds) {
        expectedByActual.keySet().retainAll(globalIds.keySet());
    }

    private Object translated(Object answer) {
        return switch (answer) {
            case SchemaSummary schema -> translated(schema);
            case Schema(SchemaSummary summary, var content) -> new Schema(translated(summary), content);
            case Registration(SchemaSummary schema, boolean isNew) -> new Registration(translated(schema), isNew);
            case Dependency(SchemaSummary schema, int distance) -> new Dependency(translated(schema), distance);
            case SearchHit(SchemaSummary schema, double score) -> new SearchHit(translated(schema), score);
            case Optional<?> optional -> optional.map(this::translated);
            case List<?> list -> list.stream().map(this::translated).toList();
            default -> withoutSize(answer);
        };
    }

    private SchemaSummary translated(SchemaSummary schema) {
        return new SchemaSummary(
                schema.id(),
                expectedByActual.getOrDefault(
                        schema.globalId(), new GlobalId(schema.id().tenant(), -1)),
                schema.subject(),
                schema.ordinal(),
                schema.version(),
                schema.type(),
                schema.state(),
                schema.fingerprints(),
                schema.contentSize(),
                schema.references(),
                schema.metadata(),
                schema.createdAt(),
                schema.createdBy(),
                schema.deletedAt(),
                schema.revision());
    }

    private static Object withoutSize(Object answer) {
        return answer instanceof StorageStatistics counts
                ? new StorageStatistics(
                        counts.subjects(),
                        counts.versions(),
                        counts.deletedVersions(),
                        counts.versionsByType(),
                        counts.versionsByStage(),
                        counts.contents(),
                        counts.contentBytes(),
                        0)
                : answer;
    }
}
