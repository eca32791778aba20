package io.llmschema.cli.migrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.llmschema.cli.migrate.RegistryView.ListedSubject;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class TopicLogTest {
    private static final JsonMapper MAPPER = new JsonMapper();

    private final TopicLog log = new TopicLog();

    private void play(String key, String value) {
        log.play(new TopicRecord(MAPPER.readTree(key), MAPPER.readTree(value)));
    }

    private void schema(String subject, int version, boolean isDeleted) {
        play(
                "{\"keytype\":\"SCHEMA\",\"subject\":\"%s\",\"version\":%d,\"magic\":1}".formatted(subject, version),
                "{\"id\":%d,\"schema\":\"{}\",\"deleted\":%b}".formatted(version, isDeleted));
    }

    private ListedSubject subject(String name) {
        return log.listing().subjects().getOrDefault(name, new ListedSubject(name, false, false));
    }

    @Test
    void schema_again_replacesTheFirst() {
        schema("a", 1, false);
        schema("a", 1, true);

        assertThat(log.versions(subject("a"))).containsEntry(1, true).hasSize(1);
        assertThat(subject("a").isLive()).isFalse();
    }

    @Test
    void tombstone_removesTheVersion() {
        schema("a", 1, false);
        play("{\"keytype\":\"SCHEMA\",\"subject\":\"a\",\"version\":1,\"magic\":1}", "null");

        assertThat(log.listing().subjects()).isEmpty();
        assertThat(log.version(new VersionKey("a", 1))).isEmpty();
    }

    @Test
    void deleteSubject_deletesUpToItsVersion() {
        schema("a", 1, false);
        schema("a", 2, false);
        schema("a", 3, false);
        play("{\"keytype\":\"DELETE_SUBJECT\",\"subject\":\"a\",\"magic\":0}", "{\"subject\":\"a\",\"version\":2}");

        assertThat(log.versions(subject("a")))
                .containsEntry(1, true)
                .containsEntry(2, true)
                .containsEntry(3, false);
    }

    @Test
    void clearSubject_removesWhatIsDeleted_inTheScope() {
        schema(":.team:a", 1, true);
        schema(":.team:a", 2, false);
        schema("a", 1, true);
        play("{\"keytype\":\"CLEAR_SUBJECT\",\"subject\":\":.team:\",\"magic\":0}", "{\"subject\":\":.team:\"}");

        assertThat(log.versions(subject(":.team:a"))).containsOnlyKeys(2);
        assertThat(log.versions(subject("a"))).containsOnlyKeys(1);
    }

    @Test
    void configAndMode_areToldAsSet_andGoneAfterATombstone() {
        play(
                "{\"keytype\":\"CONFIG\",\"subject\":\"a\",\"magic\":0}",
                "{\"subject\":\"a\",\"compatibilityLevel\":\"FULL\",\"alias\":null}");
        play(
                "{\"keytype\":\"MODE\",\"subject\":\":.team:\",\"magic\":0}",
                "{\"subject\":\":.team:\",\"mode\":\"IMPORT\"}");

        Settings before = log.settings("a");
        play("{\"keytype\":\"CONFIG\",\"subject\":\"a\",\"magic\":0}", "null");

        assertThat(before.config()).hasToString("{\"compatibilityLevel\":\"FULL\"}");
        assertThat(log.settings("a")).isEqualTo(Settings.NONE);
        assertThat(log.settings(":.team:").mode()).isEqualTo("IMPORT");
        assertThat(log.listing().scopes()).contains(":.team:");
    }

    @Test
    void global_withoutARecord_isWhatTheServerHasByDefault() {
        Settings settings = log.settings(RegistryView.GLOBAL);

        assertThat(settings.mode()).isEqualTo("READWRITE");
        assertThat(settings.config()).hasToString("{\"compatibilityLevel\":\"BACKWARD\"}");
    }

    @Test
    void globalConfig_hasNoSubject() {
        play(
                "{\"keytype\":\"CONFIG\",\"subject\":null,\"magic\":0}",
                "{\"subject\":null,\"compatibilityLevel\":\"NONE\"}");

        assertThat(log.settings(RegistryView.GLOBAL).config()).hasToString("{\"compatibilityLevel\":\"NONE\"}");
    }

    @Test
    void recordWithoutWhatItNeeds_isRefused_andChangesNothing() {
        assertThatThrownBy(
                        () -> play("{\"keytype\":\"SCHEMA\",\"subject\":\"a\",\"version\":1}", "{\"schema\":\"{}\"}"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("without text or id");
        assertThat(log.listing().subjects()).isEmpty();
    }
}
