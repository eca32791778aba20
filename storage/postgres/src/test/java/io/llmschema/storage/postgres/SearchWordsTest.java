package io.llmschema.storage.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmschema.model.PageRequest;
import io.llmschema.model.Placement;
import io.llmschema.model.SchemaSummary;
import io.llmschema.storage.RegistrationRule;
import io.llmschema.storage.SchemaFilter;
import io.llmschema.storage.SearchQuery;
import io.llmschema.testkit.RegistrationRules;
import io.llmschema.testkit.SchemaExamples;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** That versions are found by exactly their words, though only differences are kept. */
class SearchWordsTest {
    /** What all versions have, so that a difference is small beside it. */
    private static final List<String> FIELDS = IntStream.range(0, 40)
            .mapToObj(i -> "b".repeat(1 + i / 7) + "d".repeat(1 + i % 7))
            .toList();

    private final SchemaExamples examples = SchemaExamples.ofFreshTenant();
    private final PostgresStorage storage = PostgresStorage.open(TestDatabase.config());

    /** Another node: what the one has registered last, the other does not know. */
    private final PostgresStorage elsewhere = PostgresStorage.open(TestDatabase.config());

    private final Jdbi jdbi = Jdbi.create(TestDatabase.config().jdbcUrl());
    private final long seed = Long.getLong("seed", new Random().nextLong());
    private final Random random = new Random(seed);
    private int texts;

    @AfterEach
    void close() {
        storage.close();
        elsewhere.close();
    }

    /** What a version says. */
    private record Saying(List<String> titles, List<String> descriptions, List<String> fields) {
        static Saying described(String... descriptions) {
            return new Saying(List.of(), List.of(descriptions), FIELDS);
        }

        Set<String> words() {
            Set<String> words = new HashSet<>();
            Stream.of(titles, descriptions, fields)
                    .flatMap(List::stream)
                    .forEach(text -> words.addAll(List.of(text.split("\\W+"))));
            return words;
        }
    }

    private SchemaSummary register(String subject, Saying saying, RegistrationRule rule) {
        return register(storage, subject, saying, rule);
    }

    private SchemaSummary register(PostgresStorage node, String subject, Saying saying, RegistrationRule rule) {
        return node.registerSchema(said(subject, saying).build(), rule).schema();
    }

    private SchemaExamples.Example said(String subject, Saying saying) {
        return examples.in(subject)
                .text("{\"const\": %d}".formatted(texts++))
                .outline(saying.titles(), saying.descriptions(), saying.fields());
    }

    private SchemaSummary importAt(int ordinal, String subject, Saying saying) {
        return storage.registerSchema(
                        said(subject, saying)
                                .placement(new Placement(ordinal, null, true))
                                .build(),
                        RegistrationRules.nextMinor())
                .schema();
    }

    private SchemaSummary register(String subject, Saying saying) {
        return register(subject, saying, RegistrationRules.nextMinor());
    }

    private List<String> search(String words, SearchQuery.Scope scope) {
        SearchQuery query =
                new SearchQuery(words, SchemaFilter.all(examples.tenant()), scope, SearchQuery.Order.BY_SUBJECT);
        return storage.searchSchemas(query, PageRequest.first(500)).items().stream()
                .map(hit -> name(hit.schema()))
                .toList();
    }

    private List<String> searchAll(String words) {
        return search(words, SearchQuery.Scope.ALL);
    }

    private static String name(SchemaSummary schema) {
        return schema.subject().name() + " " + schema.version();
    }

    /** How many rows each run of a subject has, by run. */
    private Map<Integer, Integer> runs(String subject) {
        Map<Integer, Integer> runs = new TreeMap<>();
        jdbi.useHandle(handle -> handle.createQuery(
                        "SELECT run, count(*) AS length FROM search_words WHERE tenant = :tenant AND subject = :subject GROUP BY run")
                .bind("tenant", examples.tenant().value())
                .bind("subject", subject)
                .map((row, _) -> runs.put(row.getInt("run"), row.getInt("length")))
                .list());
        return runs;
    }

    /** The words of a version by weight. */
    private String words(String subject, int ordinal) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        SELECT tsvector_to_array(ts_filter(document, '{a}'))::text
                               || tsvector_to_array(ts_filter(document, '{b}'))::text
                               || tsvector_to_array(ts_filter(document, '{c}'))::text
                        FROM (
                            SELECT search_document(w.lost, w.gained ORDER BY w.ordinal) AS document
                            FROM search_words w
                            WHERE w.tenant = :tenant AND w.subject = :subject AND w.ordinal <= :ordinal AND w.run = (
                                SELECT max(run) FROM search_words
                                WHERE tenant = :tenant AND subject = :subject AND run <= :ordinal)) AS made
                        """)
                .bind("tenant", examples.tenant().value())
                .bind("subject", subject)
                .bind("ordinal", ordinal)
                .mapTo(String.class)
                .one());
    }

    /** The words, by weight, of a version that is alone in its subject. */
    private String wordsAlone(Saying saying) {
        String subject = "alone-" + texts;
        register(subject, saying);
        return words(subject, 1);
    }

    @Test
    void word_thatAVersionLost_isFoundWhereItIs_andAgainWhereItReturns() {
        register("orders", Saying.described("Of zebras."));
        register("orders", Saying.described("Of walruses."));
        register("orders", Saying.described("Of zebras.", "Of walruses."));

        assertThat(searchAll("zebra")).containsExactly("orders 1.0.0", "orders 1.2.0");
        assertThat(searchAll("walrus")).containsExactly("orders 1.1.0", "orders 1.2.0");
        assertThat(searchAll("zebra walrus")).containsExactly("orders 1.2.0");
        assertThat(searchAll("zebra -walrus")).containsExactly("orders 1.0.0");
        assertThat(searchAll("-walrus")).containsExactly("orders 1.0.0");
        assertThat(search("zebra", SearchQuery.Scope.LATEST)).containsExactly("orders 1.2.0");
        assertThat(runs("orders")).containsExactly(Map.entry(1, 3));
    }

    @Test
    void patchOfAnOldBranch_isFoundByItsOwnWords() {
        register("orders", Saying.described("Of zebras."), RegistrationRules.assign("1.0.0"));
        register("orders", Saying.described("Of walruses."), RegistrationRules.assign("2.0.0"));
        register("orders", Saying.described("Of striped zebras."), RegistrationRules.assign("1.0.1"));

        assertThat(searchAll("zebra")).containsExactly("orders 1.0.0", "orders 1.0.1");
        assertThat(searchAll("walrus")).containsExactly("orders 2.0.0");
        assertThat(search("walrus", SearchQuery.Scope.LATEST)).containsExactly("orders 2.0.0");
        assertThat(search("zebra", SearchQuery.Scope.LATEST)).isEmpty();
    }

    @Test
    void unchangedOutline_addsNoRow() {
        for (int i = 0; i < 3 * SearchWords.MAX_RUN; i++) {
            register("orders", Saying.described("Of zebras. The <b>bold</b> ones, and List<Zebra", "> 5, of course"));
        }

        assertThat(runs("orders")).containsExactly(Map.entry(1, 1));
        assertThat(searchAll("bold zebra")).hasSize(3 * SearchWords.MAX_RUN);
    }

    @Test
    void runs_areShort_andEachVersionIsFoundByItsWord() {
        for (int i = 0; i < 40; i++) {
            register("orders", Saying.described("Of number" + i + "."));
        }

        assertThat(runs("orders").values()).containsExactly(16, 16, 8);
        assertThat(searchAll("number7")).containsExactly("orders 1.7.0");
        assertThat(searchAll("number15 or number16")).containsExactly("orders 1.15.0", "orders 1.16.0");
        assertThat(search("number39", SearchQuery.Scope.LATEST)).containsExactly("orders 1.39.0");
        assertThat(search("number38", SearchQuery.Scope.LATEST)).isEmpty();
    }

    @Test
    void differenceThatIsNotMuchSmaller_beginsARun() {
        register("orders", new Saying(List.of("zebra"), List.of(), List.of()));
        register("orders", new Saying(List.of("walrus"), List.of(), List.of()));

        assertThat(runs("orders")).containsExactly(Map.entry(1, 1), Map.entry(2, 1));
    }

    @Test
    void phrase_ofWordsThatWereThere_isFoundWhereTheySoStand() {
        register("orders", Saying.described("Striped animals.", "Zebra crossings."));
        register("orders", Saying.described("Striped animals.", "Zebra crossings.", "Striped zebra."));

        assertThat(searchAll("\"striped zebra\"")).containsExactly("orders 1.1.0");
        assertThat(searchAll("\"zebra crossings\"")).hasSize(2);
    }

    @Test
    void name_ofPartsThatWereThere_isFoundWhereItIs() {
        register("orders", new Saying(List.of(), List.of(), with(with(FIELDS, "country_code"), "postalAddress")));
        register("orders", new Saying(List.of(), List.of(), with(with(FIELDS, "country_code"), "postal_code")));

        assertThat(searchAll("postal_code")).containsExactly("orders 1.1.0");
        assertThat(searchAll("country_code")).hasSize(2);
    }

    @Test
    void weights_followTheWord() {
        register("orders", new Saying(List.of("Zebra"), List.of("A zebra."), FIELDS));
        register("orders", new Saying(List.of("Walrus"), List.of("A zebra."), FIELDS));

        assertThat(runs("orders")).containsExactly(Map.entry(1, 2));
        assertThat(words("orders", 2))
                .isEqualTo(wordsAlone(new Saying(List.of("Walrus"), List.of("A zebra."), FIELDS)));
    }

    @Test
    void registrationsAtOnce_eachKeepTheirWords() throws InterruptedException, ExecutionException {
        Map<String, String> wordOf = new TreeMap<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Map.Entry<String, String>>> registered = new ArrayList<>();
            for (int i = 0; i < 24; i++) {
                String word = "z" + (char) ('a' + i) + "x";
                Saying saying = Saying.described("Of " + word + ".");
                String text = "{\"const\": \"%s\"}".formatted(word);
                var schema = examples.in("orders")
                        .text(text)
                        .outline(saying.titles(), saying.descriptions(), saying.fields())
                        .build();
                registered.add(threads.submit(() -> Map.entry(
                        name(storage.registerSchema(schema, RegistrationRules.nextMinor())
                                .schema()),
                        word)));
            }
            for (Future<Map.Entry<String, String>> one : registered) {
                wordOf.put(one.get().getKey(), one.get().getValue());
            }
        }

        assertThat(wordOf).hasSize(24);
        wordOf.forEach((version, word) -> assertThat(searchAll(word)).containsExactly(version));
    }

    @Test
    void randomHistories_areFoundAsIfEachVersionWereAlone() {
        System.out.println("SearchWordsTest, seed " + seed);
        Map<String, Saying> live = new TreeMap<>();
        for (String subject : List.of("aeioua", "aeioue", "aeioui")) {
            Saying saying = new Saying(List.of(sentence()), List.of(sentence(), sentence()), FIELDS);
            List<SchemaSummary> versions = new ArrayList<>();
            List<Saying> sayings = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                PostgresStorage node = random.nextInt(3) == 0 ? elsewhere : storage;
                SchemaSummary schema = register(node, subject, saying, RegistrationRules.nextMinor());
                versions.add(schema);
                sayings.add(saying);
                live.put(name(schema), saying);
                saying = changed(saying);
            }
            for (int i = 0; i < 40; i += 3) {
                assertThat(words(subject, i + 1)).as("%s %s", subject, i).isEqualTo(wordsAlone(sayings.get(i)));
            }
            for (SchemaSummary schema : versions) {
                if (random.nextInt(4) == 0) {
                    storage.deleteSchema(schema.id(), examples.now());
                    live.remove(name(schema));
                    // Some of them for good.
                    if (random.nextBoolean()) {
                        removeForGood(schema);
                    }
                }
            }
        }
        assertFindsAsIfAlone(live);
    }

    private void removeForGood(SchemaSummary schema) {
        jdbi.useTransaction(handle -> {
            SearchWords.remove(handle, schema.subject(), schema.ordinal());
            handle.execute("DELETE FROM schemas WHERE id = ?", schema.id().uuid());
        });
    }

    private void assertFindsAsIfAlone(Map<String, Saying> live) {
        for (int i = 0; i < 60; i++) {
            String a = word();
            String b = word();
            assertFinds(a, live, words -> words.contains(a));
            assertFinds(a + " " + b, live, words -> words.contains(a) && words.contains(b));
            assertFinds(a + " or " + b, live, words -> words.contains(a) || words.contains(b));
            assertFinds(a + " -" + b, live, words -> words.contains(a) && !words.contains(b));
            assertFinds("-" + a, live, words -> !words.contains(a));
        }
        live.forEach((version, saying) -> saying.descriptions()
                .forEach(sentence ->
                        assertThat(searchAll("\"" + sentence + "\"")).contains(version)));
    }

    /** Of subjects other than those made to compare with. */
    private void assertFinds(String query, Map<String, Saying> live, Predicate<Set<String>> expected) {
        assertThat(searchAll(query))
                .filteredOn(version -> version.startsWith("aeiou"))
                .as("'%s', seed %d", query, seed)
                .containsExactlyInAnyOrderElementsOf(live.entrySet().stream()
                        .filter(entry -> expected.test(entry.getValue().words()))
                        .map(Map.Entry::getKey)
                        .toList());
    }

    /** One of 27, without vowels, so that no two are forms of one. */
    private String word() {
        return "" + "fgk".charAt(random.nextInt(3)) + "fgk".charAt(random.nextInt(3)) + "fgk".charAt(random.nextInt(3));
    }

    private String sentence() {
        return word() + " " + word() + " " + word();
    }

    private Saying changed(Saying saying) {
        return switch (random.nextInt(5)) {
            case 0 -> new Saying(List.of(sentence()), saying.descriptions(), saying.fields());
            case 1 -> new Saying(saying.titles(), with(saying.descriptions(), sentence()), saying.fields());
            case 2 -> new Saying(saying.titles(), withoutOne(saying.descriptions()), saying.fields());
            case 3 -> new Saying(saying.titles(), saying.descriptions(), with(saying.fields(), word()));
            default -> new Saying(saying.titles(), saying.descriptions(), withoutOne(saying.fields()));
        };
    }

    private static List<String> with(Collection<String> texts, String another) {
        return Stream.concat(texts.stream(), Stream.of(another)).toList();
    }

    private List<String> withoutOne(List<String> texts) {
        List<String> rest = new ArrayList<>(texts);
        if (!rest.isEmpty()) {
            rest.remove(random.nextInt(rest.size()));
        }
        return rest;
    }

    @Test
    void versionsImportedInAnyOrder_areFoundAsIfEachWasAlone() {
        List<Integer> ordinals =
                new ArrayList<>(IntStream.rangeClosed(1, 50).boxed().toList());
        Collections.shuffle(ordinals, random);
        Map<Integer, Saying> said = new TreeMap<>();
        Saying saying = Saying.described(sentence(), sentence());
        for (int ordinal : ordinals.subList(0, 40)) {
            saying = random.nextInt(4) == 0 ? saying : changed(saying);
            said.put(ordinal, saying);
            importAt(ordinal, "orders", saying);
        }
        said.put(51, changed(saying));
        importAt(51, "orders", said.get(51));

        said.forEach((ordinal, each) -> assertThat(words("orders", ordinal))
                .as("ordinal %d, seed %d", ordinal, seed)
                .isEqualTo(wordsAlone(each)));
    }

    @Test
    void versionImportedBeforeOthers_breaksTheirRun_whichGoesOnAfterwards() {
        register("orders", Saying.described("Of zebras."));
        importAt(3, "orders", Saying.described("Of walruses."));
        importAt(4, "orders", Saying.described("Of horses."));
        assertThat(runs("orders")).containsExactly(Map.entry(1, 3));

        importAt(2, "orders", Saying.described("Of unicorns."));
        register("orders", Saying.described("Of horses.", "Of lions."));

        assertThat(runs("orders")).containsExactly(Map.entry(1, 1), Map.entry(2, 1), Map.entry(3, 3));
        assertThat(searchAll("unicorn")).hasSize(1);
        assertThat(searchAll("walrus")).hasSize(1);
        assertThat(searchAll("horse")).hasSize(2);
    }

    @Test
    void removedVersion_leavesNoWordOfItsOwn() {
        register("orders", Saying.described("Of horses."));
        SchemaSummary second = register("orders", Saying.described("Of zebras."));
        register("orders", Saying.described("Of walruses."));
        SchemaSummary last = register("orders", Saying.described("Of unicorns."));
        assertThat(runs("orders")).containsExactly(Map.entry(1, 4));

        removeForGood(second);
        removeForGood(last);

        String left = jdbi.withHandle(handle -> handle.createQuery(
                        "SELECT string_agg(w::text, '') FROM search_words w WHERE tenant = :tenant")
                .bind("tenant", examples.tenant().value())
                .mapTo(String.class)
                .one());
        assertThat(left).contains("hors", "walrus").doesNotContain("zebra", "unicorn");
        assertThat(searchAll("horse or walrus")).containsExactly("orders 1.0.0", "orders 1.2.0");
    }

    /** What it was found by is still remembered as what the last version says. */
    @Test
    void versionAfterTheRemovalOfTheLast_isFoundByItsOwnWords() {
        register("orders", Saying.described("Of zebras."));
        SchemaSummary last = register("orders", Saying.described("Of walruses."));
        storage.deleteSchema(last.id(), examples.now());
        storage.purgeSchema(last.id());

        register("orders", Saying.described("Of walruses.", "Of horses."));

        assertThat(words("orders", 3)).isEqualTo(wordsAlone(Saying.described("Of walruses.", "Of horses.")));
        assertThat(searchAll("walrus")).contains("orders 1.2.0");
        assertThat(searchAll("zebra")).containsExactly("orders 1.0.0");
    }

    @Test
    void versionsOfTwoNodes_areFoundByTheirOwnWords() {
        register(storage, "orders", Saying.described("Of zebras."), RegistrationRules.nextMinor());
        register(elsewhere, "orders", Saying.described("Of walruses."), RegistrationRules.nextMinor());
        register(storage, "orders", Saying.described("Of walruses.", "Of horses."), RegistrationRules.nextMinor());
        register(storage, "orders", Saying.described("Of horses."), RegistrationRules.nextMinor());

        assertThat(runs("orders")).containsExactly(Map.entry(1, 4));
        assertThat(searchAll("walrus")).containsExactly("orders 1.1.0", "orders 1.2.0");
        assertThat(searchAll("horse")).containsExactly("orders 1.2.0", "orders 1.3.0");
    }

    @Test
    void removedVersion_leavesItsRowToThoseThatAreFoundByTheSame() {
        SchemaSummary first = register("orders", Saying.described("Of zebras."));
        register("orders", Saying.described("Of zebras."));
        register("orders", Saying.described("Of walruses."));

        removeForGood(first);

        assertThat(searchAll("zebra")).containsExactly("orders 1.1.0");
        assertThat(searchAll("walrus")).containsExactly("orders 1.2.0");
    }
}
