package io.llmschema.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmschema.cli.ImportRow.Place;
import io.llmschema.cli.ImportRow.Register;
import io.llmschema.model.SchemaType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ImportOrderTest {
    private static ImportRow row(String subject, String... imports) {
        return new Register(
                new Place("test", 1),
                subject,
                SchemaType.PROTOBUF,
                "x".repeat(10),
                List.of(imports),
                List.of(),
                Json.MAPPER.createObjectNode());
    }

    private static List<String> sent(Set<String> inRun, long maxHeldChars, List<ImportRow> rows) {
        ImportOrder order = new ImportOrder(inRun::contains, maxHeldChars);
        List<ImportRow> sent = new ArrayList<>();
        rows.forEach(row -> sent.addAll(order.accept(row)));
        sent.addAll(order.drain());
        return sent.stream().map(ImportRow::subject).toList();
    }

    @Test
    void rowsWithoutNeeds_goAsTheyCome() {
        assertThat(sent(Set.of("a", "b"), 100, List.of(row("b"), row("a", "not-in-this-run"), row("b"))))
                .containsExactly("b", "a", "b");
    }

    @Test
    void aRowWaits_andLaterRowsOfItsSubjectBehindIt() {
        assertThat(sent(Set.of("a", "b", "c"), 100, List.of(row("a", "b"), row("a"), row("c"), row("b"))))
                .containsExactly("c", "b", "a", "a");
    }

    @Test
    void aCircle_isReleasedAtTheEnd() {
        assertThat(sent(Set.of("a", "b"), 100, List.of(row("a", "b"), row("b", "a"))))
                .containsExactly("a", "b");
    }

    @Test
    void beyondTheBound_theOldestGoes() {
        assertThat(sent(Set.of("a", "b", "c", "z"), 25, List.of(row("a", "z"), row("b", "z"), row("c", "z"), row("z"))))
                .containsExactly("a", "z", "b", "c");
    }

    @Test
    void anyShuffle_ofAnAcyclicRun_isSentWithNeedsFirst() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        List<ImportRow> rows = new ArrayList<>();
        Set<String> subjects = new HashSet<>();
        for (int i = 0; i < 300; i++) {
            subjects.add("s" + i);
            rows.add(i == 0 ? row("s0") : row("s" + i, "s" + random.nextInt(i), "s" + random.nextInt(i)));
        }
        Collections.shuffle(rows, random);

        List<String> sent = sent(subjects, Long.MAX_VALUE, rows);

        assertThat(sent).as("seed %s", seed).doesNotHaveDuplicates().hasSize(300);
        rows.forEach(row -> row.needs()
                .forEach(need ->
                        assertThat(sent.indexOf(need)).as("seed %s", seed).isLessThan(sent.indexOf(row.subject()))));
    }
}
