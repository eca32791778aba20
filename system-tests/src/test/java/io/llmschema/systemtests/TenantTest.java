package io.llmschema.systemtests;

import static io.llmschema.systemtests.RegistryClient.subject;
import static io.llmschema.systemtests.RegistryClient.version;
import static io.llmschema.systemtests.RegistryClient.versions;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Tenants never see each other's subjects, ids or hashes. */
@ExtendWith(SharedServer.class)
class TenantTest {
    @Test
    void another_seesNothing(RegistryClient mine, RegistryClient theirs) {
        Reply registered = mine.register("s", "{\"title\":\"secret\"}");
        String id = registered.text("/schema/id");
        String globalId = registered.text("/schema/globalId");
        String hash = registered.text("/schema/hashes/raw");

        for (String path : List.of(
                subject("s"),
                versions("s"),
                version("s", "latest"),
                "/api/v1/schemas/" + id,
                "/api/v1/schemas/" + id + "/content",
                "/api/v1/schemas/" + id + "/references",
                "/api/v1/schemas/" + id + "/dependents",
                "/api/v1/schemas/ids/" + globalId,
                "/api/v1/schemas/ids/" + globalId + "/content")) {
            assertThat(mine.get(path).status()).as(path).isEqualTo(200);
            assertThat(theirs.get(path).status()).as(path).isEqualTo(404);
        }
        for (String list : List.of(
                "/api/v1/subjects?deleted=true",
                "/api/v1/schemas?deleted=true",
                "/api/v1/search?q=secret",
                "/api/v1/search?q=s",
                "/api/v1/schemas/hashes/" + hash,
                "/api/v1/schemas/ids/" + globalId + "/versions")) {
            assertThat(theirs.get(list).json().path("items")).as(list).isEmpty();
        }
        assertThat(theirs.get("/api/v1/statistics").json().path("versions").asInt())
                .isZero();
    }

    @Test
    void another_changesNothing(RegistryClient mine, RegistryClient theirs) {
        mine.register("s", "true");

        assertThat(theirs.delete(subject("s")).status()).isEqualTo(404);
        assertThat(theirs.delete(version("s", "1.0.0")).status()).isEqualTo(404);
        assertThat(theirs.patch(subject("s"), "{\"owner\":\"them\"}").status()).isEqualTo(404);
        assertThat(theirs.put(version("s", "1.0.0") + "/state", "{\"stage\":\"ARCHIVED\"}")
                        .status())
                .isEqualTo(404);

        assertThat(mine.get(version("s", "1.0.0")).text("/state/stage")).isEqualTo("ACTIVE");
    }

    @Test
    void another_cannotReferToMine(RegistryClient mine, RegistryClient theirs) {
        mine.register("base", "true");

        Reply reply = theirs.post(
                versions("user"),
                "{\"schema\":{\"$ref\":\"b\"},\"references\":[{\"name\":\"b\",\"subject\":\"base\",\"version\":\"latest\"}]}");

        assertThat(reply.text("/code")).isEqualTo("missing-reference");
    }

    @Test
    void sameSubject_isAnotherOneInEachTenant(RegistryClient mine, RegistryClient theirs) {
        mine.register("s", "{\"title\":\"mine\"}");
        theirs.register("s", "{\"title\":\"theirs\"}");

        assertThat(mine.get(version("s", "latest")).text("/schema")).contains("mine");
        assertThat(theirs.get(version("s", "latest")).text("/schema")).contains("theirs");
        assertThat(mine.get(version("s", "latest")).header("ETag"))
                .isNotEqualTo(theirs.get(version("s", "latest")).header("ETag"));
        assertThat(mine.get(version("s", "latest")).header("Vary")).isEqualTo("Registry-Tenant");
    }

    @Test
    void without_aName_isTheDefault(RegistryClient anyone) {
        anyone.as("default").register("of-the-default-tenant", "true");

        Reply reply = RawHttp.exchange(
                anyone.server(),
                "GET /api/v1/subjects/of-the-default-tenant HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"
                        .getBytes(UTF_8));

        assertThat(reply.status()).isEqualTo(200);
    }
}
