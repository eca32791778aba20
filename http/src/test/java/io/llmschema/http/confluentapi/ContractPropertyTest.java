package io.llmschema.http.confluentapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmschema.model.Metadata;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Promises that hold for whatever contracts. */
class ContractPropertyTest {
    private static final int EXAMPLES = 500;

    private final long seed = new Random().nextLong();
    private final Random random = new Random(seed);

    @Test
    void writtenAndRead_isTheSame() {
        for (int i = 0; i < EXAMPLES; i++) {
            Contract contract = contract();

            Contract read = Contract.read(JsonExample.of(JsonExample.object(contract::write)));

            assertThat(read).as("seed %d, example %d", seed, i).isEqualTo(settled(contract));
        }
    }

    @Test
    void keptAndRead_isTheSame() {
        for (int i = 0; i < EXAMPLES; i++) {
            Contract contract = contract();

            Contract read = Contract.of(contract.into(Metadata.NONE));

            assertThat(read).as("seed %d, example %d", seed, i).isEqualTo(settled(contract));
        }
    }

    @Test
    void keptAgain_isTheSameText() {
        for (int i = 0; i < EXAMPLES; i++) {
            Metadata kept = contract().into(Metadata.NONE);

            Metadata again = Contract.of(kept).into(kept);

            assertThat(again).as("seed %d, example %d", seed, i).isEqualTo(kept);
        }
    }

    @Test
    void merged_withTheSameAgain_staysAsItIs() {
        for (int i = 0; i < EXAMPLES; i++) {
            Contract defaults = contract();
            Contract overrides = contract();
            Contract merged = contract().merged(defaults, contract(), overrides);

            Contract next = Contract.NONE.merged(defaults, merged, overrides);

            assertThat(next.metadata()).as("seed %d, example %d", seed, i).isEqualTo(merged.metadata());
            assertThat(next.rules().all())
                    .as("seed %d, example %d", seed, i)
                    .containsExactlyInAnyOrderElementsOf(merged.rules().all().toList());
        }
    }

    @Test
    void merged_namesOfRulesStayUnique() {
        for (int i = 0; i < EXAMPLES; i++) {
            Contract merged = contract().merged(contract(), contract(), contract());

            assertThat(merged.rules().all().map(Rule::name))
                    .as("seed %d, example %d", seed, i)
                    .doesNotHaveDuplicates();
        }
    }

    @Test
    void merged_withNothing_isTheSame() {
        for (int i = 0; i < EXAMPLES; i++) {
            Contract contract = contract();

            Contract merged = contract.merged(Contract.NONE, null, Contract.NONE);

            assertThat(merged).as("seed %d, example %d", seed, i).isEqualTo(settled(contract));
        }
    }

    /** What an empty part is once it is not in a request any more. */
    private static Contract settled(Contract contract) {
        return new Contract(
                contract.metadata() == null || contract.metadata().isEmpty() ? null : contract.metadata(),
                contract.rules().isEmpty() ? null : contract.rules());
    }

    private Contract contract() {
        return new Contract(random.nextInt(4) == 0 ? null : metadata(), random.nextInt(3) == 0 ? null : rules());
    }

    private ContractMetadata metadata() {
        return new ContractMetadata(map(_ -> texts()), map(_ -> text()), texts());
    }

    private RuleSet rules() {
        List<String> names = new ArrayList<>(List.of("a", "b", "c", "d", "_e-1"));
        return new RuleSet(
                rules(names, Rule.Mode.UPGRADE, Rule.Mode.DOWNGRADE, Rule.Mode.UPDOWN),
                rules(names, Rule.Mode.WRITE, Rule.Mode.READ, Rule.Mode.WRITEREAD),
                rules(names, Rule.Mode.WRITE, Rule.Mode.READ, Rule.Mode.WRITEREAD),
                random.nextBoolean() ? null : one(RuleSet.Place.values()));
    }

    private List<Rule> rules(List<String> names, Rule.Mode... modes) {
        List<Rule> rules = new ArrayList<>();
        while (random.nextBoolean() && !names.isEmpty()) {
            rules.add(new Rule(
                    names.remove(random.nextInt(names.size())),
                    textOrNone(),
                    random.nextBoolean() ? null : one(Rule.Kind.values()),
                    one(modes),
                    "CEL",
                    texts(),
                    map(_ -> text()),
                    textOrNone(),
                    textOrNone(),
                    textOrNone(),
                    random.nextBoolean()));
        }
        return rules;
    }

    private <T> SortedMap<String, T> map(Function<String, T> value) {
        SortedMap<String, T> map = new TreeMap<>();
        texts().forEach(name -> map.put(name, value.apply(name)));
        return map;
    }

    private List<String> texts() {
        List<String> texts = new ArrayList<>();
        while (random.nextInt(3) > 0) {
            texts.add(text());
        }
        return texts;
    }

    private String text() {
        return one("a", "b.c", "**.ssn", "ümlaut", "😀", " ", "\n", "/", "~", "tags", "ruleSet", "1");
    }

    private @Nullable String textOrNone() {
        return random.nextBoolean() ? null : text();
    }

    @SafeVarargs
    private <T> T one(T... of) {
        return of[random.nextInt(of.length)];
    }
}
