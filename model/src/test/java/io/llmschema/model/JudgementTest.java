package io.llmschema.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class JudgementTest {
    private static final Undecided IN_JSON = new Undecided(DataEncoding.JSON, "/a", "/b", "it is hard");
    private static final Undecided IN_ALL = new Undecided("/a", "/b", "it is hard");

    @Test
    void of_whatIsUnknownInAnotherEncoding_isNotAboutThisOne() {
        Judgement judgement = new Judgement(List.of(), List.of(IN_JSON));

        assertThat(judgement.of(Set.of(DataEncoding.BINARY))).isEqualTo(Judgement.COMPATIBLE);
        assertThat(judgement.of(Set.of(DataEncoding.JSON))).isEqualTo(judgement);
        assertThat(judgement.verdict()).isEqualTo(Verdict.UNKNOWN);
    }

    @Test
    void of_whatIsUnknownInAllEncodings_isAboutEach() {
        Judgement judgement = new Judgement(List.of(), List.of(IN_ALL));

        assertThat(judgement.of(Set.of(DataEncoding.BINARY))).isEqualTo(judgement);
    }

    @Test
    void undecided_manyOfOneEncoding_hideNoneOfAnother() {
        Stream<Undecided> many = IntStream.range(0, Judgement.MAX_LISTED * 2)
                .mapToObj(i -> new Undecided(DataEncoding.JSON, "/" + i, "/b", "it is hard"));
        Undecided inBinary = new Undecided(DataEncoding.BINARY, "/a", "/b", "it is hard");

        Judgement judgement = new Judgement(
                List.of(),
                Stream.concat(many, Stream.of(inBinary, IN_ALL, IN_ALL)).toList());

        assertThat(judgement.undecided()).hasSize(Judgement.MAX_LISTED + 2).contains(inBinary, IN_ALL);
    }
}
