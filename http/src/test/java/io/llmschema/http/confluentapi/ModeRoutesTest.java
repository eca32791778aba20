package io.llmschema.http.confluentapi;

import static io.llmschema.http.confluentapi.ConfluentServer.assertAnswer;
import static io.llmschema.http.confluentapi.ConfluentServer.assertRefused;
import static io.llmschema.http.confluentapi.JsonExample.doubleQuoted;
import static org.assertj.core.api.Assertions.assertThat;

import io.llmschema.model.PageRequest;
import io.llmschema.model.SubjectSettings;
import io.llmschema.model.WriteMode;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What may be changed, how that is said, and what follows from it. */
class ModeRoutesTest {
    private final ConfluentServer server = new ConfluentServer(ConfluentLevel.V7_9);

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void get_whereNothingIsSet_isReadwrite() {
        answers(server.get("/mode"), "READWRITE");
        answers(server.get("/mode/s?defaultToGlobal=true"), "READWRITE");
        assertRefused(server.get("/mode/s"), 404, 40409, "Subject 's' does not have subject-level mode configured");
    }

    @Test
    void put_eachMode_isWhatIsInForce() {
        for (WriteMode mode : WriteMode.values()) {
            answers(put("/mode", mode.name().toLowerCase(Locale.ROOT)), mode.name());

            answers(server.get("/mode"), mode.name());
            answers(server.get("/mode/s?defaultToGlobal=true"), mode.name());
        }
    }

    @Test
    void put_ofASubject_isItsOwn() {
        answers(put("/mode/s", "READONLY"), "READONLY");

        answers(server.get("/mode/s"), "READONLY");
        answers(server.get("/mode"), "READWRITE");
        assertRefused(
                server.post("/subjects/s/versions", doubleQuoted("{'schema':'a'}")),
                422,
                42205,
                "Subject s in context . is in read-only mode");
        assertThat(server.register("other", "a")).isEqualTo(1);
    }

    @Test
    void put_whatIsNoMode_isRefused() {
        String words = "Invalid mode. Valid values are READWRITE, READONLY, IMPORT and FORWARD.";

        assertRefused(put("/mode", "OFTEN"), 422, 42204, words);
        assertRefused(server.put("/mode", "{}"), 422, 42204, words);
        assertRefused(server.put("/mode", doubleQuoted("{'mode':null}")), 422, 42204, words);
    }

    @Test
    void put_forwardOfASubject_isRefused() {
        assertRefused(put("/mode/s", "FORWARD"), 422, 42204, "Forward mode only supported on global level");
        assertRefused(put("/contexts/.c/mode", "FORWARD"), 422, 42204, "Forward mode only supported on global level");
        answers(put("/mode", "FORWARD"), "FORWARD");
    }

    @Test
    void put_importWhereSubjectsAre_isRefusedUnlessForced() {
        server.register("s", "a");

        assertRefused(put("/mode", "IMPORT"), 422, 42205, "Cannot import since found existing subjects");
        assertRefused(put("/mode/s", "IMPORT"), 422, 42205, "Cannot import since found existing subjects");
        answers(put("/mode/other", "IMPORT"), "IMPORT");
        answers(put("/contexts/.c/mode", "IMPORT"), "IMPORT");
        answers(put("/mode?force=true", "IMPORT"), "IMPORT");
    }

    @Test
    void put_importWhereAllIsDeleted_isTaken() {
        server.register("s", "a");
        server.delete("/subjects/s");

        answers(put("/mode", "IMPORT"), "IMPORT");
    }

    @Test
    void put_readonly_isTakenBackByItself() {
        put("/mode", "READONLY");

        answers(put("/mode", "READWRITE"), "READWRITE");
        assertThat(server.register("s", "a")).isEqualTo(1);
    }

    @Test
    void delete_ofASubject_answersTheOldMode() {
        put("/mode/s", "READONLY");

        answers(server.delete("/mode/s"), "READONLY");

        assertRefused(server.delete("/mode/s"), 404, 40401, "Subject 's' not found.");
        answers(server.get("/mode/s?defaultToGlobal=true"), "READWRITE");
    }

    @Test
    void delete_ofAll_returnsToTheDefault() {
        put("/mode", "READONLY");

        answers(server.delete("/mode"), "READONLY");

        answers(server.get("/mode"), "READWRITE");
        answers(server.delete("/mode"), "READWRITE");
    }

    @Test
    void delete_recursive_deletesThoseOfTheSubjectsToo() {
        server.register("a", "a");
        server.register(":.c:a", "a");
        put("/mode/a", "READONLY");
        put("/mode/:.c:a", "READONLY");

        answers(server.delete("/mode?recursive=true"), "READWRITE");

        assertRefused(server.get("/mode/a"), 404, 40409, "");
        answers(server.get("/mode/:.c:a"), "READONLY");
        answers(server.delete("/contexts/.c/mode?recursive=true"), "READWRITE");
        assertRefused(server.get("/mode/:.c:a"), 404, 40409, "");
    }

    @Test
    void delete_recursive_deletesThoseOfNamesUnderWhichNothingIsRegisteredToo() {
        put("/mode/a", "READONLY");
        put("/mode/:.c:", "READONLY");
        put("/mode/:.c:a", "READWRITE");
        put("/mode/:.d:a", "READWRITE");

        answers(server.delete("/mode/:.c:?recursive=true"), "READONLY");

        assertRefused(server.get("/mode/:.c:"), 404, 40409, "");
        assertRefused(server.get("/mode/:.c:a"), 404, 40409, "");
        answers(server.get("/mode/:.d:a"), "READWRITE");
        answers(server.delete("/mode?recursive=true"), "READWRITE");
        assertRefused(server.get("/mode/a"), 404, 40409, "");
        answers(server.get("/mode/:.d:a"), "READWRITE");
    }

    @Test
    void delete_recursiveOfAllContexts_deletesTheirModesToo() {
        put("/mode", "READONLY");
        put("/mode/a", "READONLY");
        put("/mode/:.c:", "READONLY");
        put("/mode/:.c:a", "READONLY");

        answers(server.delete("/mode/:.__GLOBAL:?recursive=true"), "READWRITE");

        answers(server.get("/mode"), "READWRITE");
        for (String name : List.of("a", ":.c:", ":.c:a")) {
            assertRefused(server.get("/mode/" + name), 404, 40409, "");
        }
    }

    @Test
    void delete_recursive_leavesWhatElseIsSet() {
        server.configure("a", "{\"alias\":\"b\"}");
        put("/mode/a", "READONLY");

        server.delete("/mode?recursive=true");

        assertThat(server.settings("a")).isEqualTo(SubjectSettings.NONE.withAttributes("{\"alias\":\"b\"}"));
    }

    @Test
    void delete_recursive_readsAsManyPagesAsThereAre() {
        int count = PageRequest.MAX_SIZE + 1;
        for (int i = 0; i < count; i++) {
            server.setMode("s" + i, WriteMode.READONLY);
        }

        server.delete("/mode?recursive=true");

        assertThat(server.settings("s0").mode()).isNull();
        assertThat(server.settings("s" + (count - 1)).mode()).isNull();
    }

    @Test
    void delete_recursiveOfASubjectWithoutMode_isNoRefusal() {
        put("/mode", "READONLY");

        answers(server.delete("/mode/s?recursive=true"), "READONLY");
    }

    @Test
    void modeOfAContext_countsForItsSubjects() {
        answers(put("/contexts/.c/mode", "READONLY"), "READONLY");

        answers(server.get("/mode/:.c:"), "READONLY");
        answers(server.get("/contexts/.c/mode/s?defaultToGlobal=true"), "READONLY");
        assertRefused(
                server.post("/contexts/.c/subjects/s/versions", doubleQuoted("{'schema':'a'}")),
                422,
                42205,
                "Subject s in context .c is in read-only mode");
        answers(server.get("/mode"), "READWRITE");
    }

    @Test
    void put_namesThatNoSubjectHas_areRefused() {
        assertRefused(
                put("/mode/__GLOBAL", "READONLY"), 422, 42208, "The specified subject '__GLOBAL' is not a valid.");
    }

    private HttpResponse<String> put(String path, String mode) {
        return server.put(path, doubleQuoted("{'mode':'" + mode + "'}"));
    }

    private static void answers(HttpResponse<String> answer, String mode) {
        assertAnswer(answer, doubleQuoted("{'mode':'" + mode + "'}"));
    }
}
