package io.llmschema.systemtests;

import static io.llmschema.systemtests.RegistryClient.AVRO;
import static io.llmschema.systemtests.RegistryClient.encoded;
import static io.llmschema.systemtests.RegistryClient.subject;
import static io.llmschema.systemtests.RegistryClient.version;
import static io.llmschema.systemtests.RegistryClient.versions;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Finding schemas by words, by filters, and page by page. */
@ExtendWith(SharedServer.class)
class SearchTest {
    private static final String ORDER = """
            {"title":"Purchase order","description":"What a customer has bought, and where it is delivered",
             "type":"object","properties":{"orderTotal":{"type":"number"},"shippingAddress":{"type":"string"}}}""";

    private static List<String> found(RegistryClient client, String query) {
        return client.get("/api/v1/search?" + query)
                .json()
                .path("items")
                .valueStream()
                .map(hit -> hit.at("/schema/subject").asString() + " "
                        + hit.at("/schema/version").asString())
                .toList();
    }

    private static void registerSome(RegistryClient client) {
        client.register("shop.orders", ORDER);
        client.register("shop.customers", "{\"title\":\"Customer\",\"properties\":{\"email\":{\"type\":\"string\"}}}");
        client.register("hr.employees", "{\"title\":\"Employee\",\"properties\":{\"salary\":{\"type\":\"number\"}}}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "orders",
                "shop.orders",
                "ordres",
                "purchase",
                "purchases",
                "delivered customer",
                "delivering",
                "orderTotal",
                "total",
                "shipping address",
                "\"purchase order\""
            })
    void search_words_findByNameTitleDescriptionAndFields(String words, RegistryClient client) {
        registerSome(client);

        List<String> found = found(client, "q=" + encoded(words));

        assertThat(found).contains("shop.orders 1.0.0").doesNotContain("hr.employees 1.0.0");
    }

    @Test
    void search_orAndNot_workAsOnTheWeb(RegistryClient client) {
        registerSome(client);

        assertThat(found(client, "q=" + encoded("salary or email")))
                .containsExactlyInAnyOrder("hr.employees 1.0.0", "shop.customers 1.0.0");
        assertThat(found(client, "q=" + encoded("customer -purchase")))
                .contains("shop.customers 1.0.0")
                .doesNotContain("shop.orders 1.0.0");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'",
                "\"",
                "a & | !",
                "(((",
                ":*",
                "\\",
                "%",
                "-",
                "--",
                "or",
                "😀",
                "<->",
                "a'); drop table subjects; --"
            })
    void search_punctuation_isNoSyntax(String words, RegistryClient client) {
        registerSome(client);

        assertThat(client.get("/api/v1/search?q=" + encoded(words)).status()).isEqualTo(200);
        assertThat(client.get("/api/v1/subjects").json().path("items")).hasSize(3);
    }

    @Test
    void search_thousandCharactersOfAnyScript_isTaken(RegistryClient client) {
        assertThat(client.get("/api/v1/search?q=" + encoded("字".repeat(1000))).status())
                .isEqualTo(200);
    }

    @Test
    void search_withoutWords_isEverythingThatPassesTheFilters(RegistryClient client) {
        registerSome(client);
        client.send("POST", versions("avro"), AVRO, "\"int\"".getBytes(UTF_8));
        client.register(
                "labelled",
                "true",
                "\"owner\":\"me\"",
                "\"tags\":[\"a\",\"b\"]",
                "\"metadata\":{\"team\":{\"name\":\"billing\",\"size\":3}}");
        client.put(version("hr.employees", "1.0.0") + "/state", "{\"stage\":\"DEPRECATED\",\"reason\":\"r\"}");

        assertThat(found(client, "sort=subject")).hasSize(5).isSorted();
        assertThat(found(client, "type=AVRO")).containsExactly("avro 1.0.0");
        assertThat(found(client, "state=DEPRECATED")).containsExactly("hr.employees 1.0.0");
        assertThat(found(client, "prefix=shop.&sort=subject"))
                .containsExactly("shop.customers 1.0.0", "shop.orders 1.0.0");
        assertThat(found(client, "owner=me")).containsExactly("labelled 1.0.0");
        assertThat(found(client, "tag=a&tag=b")).containsExactly("labelled 1.0.0");
        assertThat(found(client, "tag=a&tag=c")).isEmpty();
        assertThat(found(client, "metadata=" + encoded("{\"team\":{\"name\":\"billing\"}}")))
                .containsExactly("labelled 1.0.0");
        assertThat(found(client, "metadata=" + encoded("{\"team\":{\"name\":\"shipping\"}}")))
                .isEmpty();
        assertThat(found(client, "sort=newest").getFirst()).isEqualTo("labelled 1.0.0");
    }

    @Test
    void search_scope_isTheLatestOrAll(RegistryClient client) {
        client.register("s", "{\"title\":\"alpha\"}");
        client.register("s", "{\"title\":\"beta\"}");

        assertThat(found(client, "q=alpha")).isEmpty();
        assertThat(found(client, "q=alpha&scope=all")).containsExactly("s 1.0.0");
        assertThat(found(client, "q=beta")).containsExactly("s 1.0.1");
    }

    @Test
    void search_deleted_isNotFound(RegistryClient client) {
        registerSome(client);
        client.delete(subject("shop.orders"));

        assertThat(found(client, "q=orders&scope=all")).doesNotContain("shop.orders 1.0.0");
        assertThat(found(client, "q=purchase&scope=all")).isEmpty();
    }

    @Test
    void search_relevance_putsTheNameFirst(RegistryClient client) {
        client.register("invoices", "{\"title\":\"other\"}");
        client.register("other", "{\"title\":\"invoices\"}");

        assertThat(found(client, "q=invoices")).containsExactly("invoices 1.0.0", "other 1.0.0");
    }

    /** Registers subjects in one transaction a hundred. */
    private static void registerMany(RegistryClient client, String prefix, int count) {
        for (int from = 0; from < count; from += 100) {
            String items = IntStream.range(from, Math.min(count, from + 100))
                    .mapToObj(i ->
                            "{\"subject\":\"%s%04d\",\"schema\":{\"title\":\"widget %d\"}}".formatted(prefix, i, i))
                    .collect(Collectors.joining(",", "{\"items\":[", "]}"));
            assertThat(client.post("/api/v1/batch", items).status()).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/subjects?limit=40",
                "/api/v1/schemas?limit=40",
                "/api/v1/schemas?order=newest&limit=40",
                "/api/v1/schemas?order=version&limit=40",
                "/api/v1/search?limit=40",
                "/api/v1/search?q=widget&limit=40",
                "/api/v1/search?q=widget&sort=newest&limit=40",
                "/api/v1/search?sort=subject&limit=40"
            })
    void pages_whileOthersRegister_haveEverythingThatWasThereOnce(String list, RegistryClient client) {
        registerMany(client, "m", 250);
        Set<String> there = IntStream.range(0, 250).mapToObj("m%04d"::formatted).collect(Collectors.toSet());

        List<String> seen = new ArrayList<>();
        String cursor = "";
        int pages = 0;
        while (!cursor.isEmpty() || pages == 0) {
            Reply page = client.get(list + (cursor.isEmpty() ? "" : "&cursor=" + cursor));
            page.json()
                    .path("items")
                    .valueStream()
                    .map(item -> item.has("schema") ? item.path("schema") : item)
                    .forEach(item -> seen.add(item.path("subject").asString()));
            cursor = page.text("/next");
            pages++;
            client.register("a-before-" + pages, "{\"title\":\"widget before\"}");
            client.register("z-after-" + pages, "{\"title\":\"widget after\"}");
        }

        assertThat(new LinkedHashSet<>(seen)).as("no item twice").hasSameSizeAs(seen);
        assertThat(seen).containsAll(there);
        assertThat(pages).isBetween(7, 20);
    }

    @Test
    void pages_ofVersions_inBothOrders(RegistryClient client) {
        for (String version : List.of("1.0.0", "1.10.0", "1.9.0", "2.0.0-rc.1", "2.0.0", "0.1.0")) {
            client.register("s", "{\"title\":\"" + version + "\"}", "\"version\":\"" + version + "\"");
        }

        assertThat(all(client, versions("s") + "?limit=2"))
                .containsExactly("1.0.0", "1.10.0", "1.9.0", "2.0.0-rc.1", "2.0.0", "0.1.0");
        assertThat(all(client, versions("s") + "?limit=1&order=version"))
                .containsExactly("2.0.0", "2.0.0-rc.1", "1.10.0", "1.9.0", "1.0.0", "0.1.0");
    }

    private static List<String> all(RegistryClient client, String list) {
        List<String> versions = new ArrayList<>();
        String cursor = "";
        do {
            Reply page = client.get(list + (cursor.isEmpty() ? "" : "&cursor=" + cursor));
            page.json()
                    .path("items")
                    .forEach(item -> versions.add(item.path("version").asString()));
            cursor = page.text("/next");
        } while (!cursor.isEmpty());
        return versions;
    }

    @Test
    void page_thatIsJustFull_hasNoNext(RegistryClient client) {
        client.register("a", "true");
        client.register("b", "true");

        assertThat(client.get("/api/v1/subjects?limit=2").json().has("next")).isFalse();
        assertThat(client.get("/api/v1/subjects?limit=1").json().has("next")).isTrue();
        assertThat(client.get("/api/v1/subjects?limit=1000").json().path("items"))
                .hasSize(2);
    }
}
