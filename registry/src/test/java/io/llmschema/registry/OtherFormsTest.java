package io.llmschema.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.llmschema.format.SchemaFormats;
import io.llmschema.format.avro.AvroFormat;
import io.llmschema.format.json.JsonSchemaFormat;
import io.llmschema.format.protobuf.ProtobufFormat;
import io.llmschema.model.CompatibilityLevel;
import io.llmschema.model.Metadata;
import io.llmschema.model.RegistryException.InvalidSchema;
import io.llmschema.model.RegistryException.MissingReference;
import io.llmschema.model.Schema;
import io.llmschema.model.SchemaContent;
import io.llmschema.model.SchemaKey;
import io.llmschema.model.SchemaState;
import io.llmschema.model.SchemaType;
import io.llmschema.model.SettingsInForce;
import io.llmschema.model.Subject;
import io.llmschema.model.TenantId;
import io.llmschema.model.VersionSelector;
import io.llmschema.storage.InMemoryStorage;
import io.llmschema.testkit.JsonContainment;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Schemas as others than their authors would write them. Avro is written with {@code '} for a quotation mark. */
class OtherFormsTest {
    private static final String MONEY = "{'type':'fixed','name':'shop.Money','size':8}";

    private final SchemaRegistry registry = new SchemaRegistry(
            new InMemoryStorage(new JsonContainment()),
            new SchemaFormats(List.of(new JsonSchemaFormat(), new AvroFormat(), new ProtobufFormat())),
            RegistryLimits.DEFAULT,
            SettingsInForce.DEFAULT.withLevel(CompatibilityLevel.NONE),
            InstantSource.system());

    @Test
    void rendered_knownForm_hasWhatStoredReferencesLeadTo() {
        register("money", SchemaType.AVRO, MONEY);
        register("lines", SchemaType.AVRO, "{'type':'array','items':'shop.Money'}", reference("shop.Money", "money"));
        Schema order = register(
                "order",
                SchemaType.AVRO,
                "{'type':'record','name':'shop.Order','fields':[{'name':'a','type':'Money'},{'name':'b','type':'Money'}]}",
                reference("lines", "lines"));

        String rendered = registry.rendered(order, "resolved");

        assertThat(rendered.replace('"', '\''))
                .isEqualTo("{'type':'record','name':'shop.Order','fields':[{'name':'a','type':" + MONEY
                        + "},{'name':'b','type':'Money'}]}");
    }

    @Test
    void rendered_formThatTheLanguageDoesNotKnow_isTheText() {
        Schema avro = register("a", SchemaType.AVRO, "{ 'type' : 'string' }");
        Schema json = register("j", SchemaType.JSON, " {} ");

        assertThat(registry.rendered(avro, "serialized"))
                .isEqualTo(avro.content().text());
        assertThat(registry.rendered(json, "resolved")).isEqualTo(" {} ");
    }

    @Test
    void normalized_ofOtherOrder_isEqual() {
        assertThat(normalized(SchemaType.JSON, "{\"type\":[\"null\",\"string\"], \"title\":\"T\"}"))
                .isEqualTo(normalized(SchemaType.JSON, "{\"title\":\"T\",\"type\":[\"string\",\"null\"]}"))
                .isEqualTo("{\"title\":\"T\",\"type\":[\"null\",\"string\"]}");
    }

    @Test
    void normalized_ofMessages_keepsTheirOrder() {
        assertThat(normalized(
                        SchemaType.PROTOBUF, "syntax = 'proto3'; message B { int32 y = 2; int32 x = 1; } message A {}"))
                .isEqualTo("""
                        syntax = "proto3";
                        message B {
                          int32 x = 1;
                          int32 y = 2;
                        }
                        message A {
                        }
                        """);
    }

    @Test
    void normalized_ofWhatCannotBeRegistered_isRefusedAsThere() {
        assertThatThrownBy(() -> normalized(SchemaType.AVRO, "{")).isInstanceOf(InvalidSchema.class);
        assertThatThrownBy(() -> normalized(SchemaType.AVRO, "\"shop.Money\"", reference("shop.Money", "nowhere")))
                .isInstanceOf(MissingReference.class);
    }

    @Test
    void textOf_whatWasRendered_meansTheSame() {
        register("line", SchemaType.PROTOBUF, "syntax = 'proto3'; package shop; message Line { string text = 1; }");
        Schema order = register(
                "order",
                SchemaType.PROTOBUF,
                "syntax = 'proto3'; package shop; import 'line.proto'; message Order { repeated Line lines = 1; }",
                reference("line.proto", "line"));
        SchemaContent serialized = SchemaContent.of(registry.rendered(order, "serialized"));

        SchemaContent text = registry.textOf(
                subject("order"), SchemaType.PROTOBUF, serialized, List.of(reference("line.proto", "line")));

        assertThat(text.text()).isEqualTo("""
                syntax = "proto3";
                package shop;
                import "line.proto";
                message Order {
                  repeated Line lines = 1;
                }
                """);
    }

    @Test
    void textOf_textOrOtherLanguage_isItself() {
        SchemaContent text = SchemaContent.of("message M {}");
        SchemaContent letters = SchemaContent.of("string");

        assertThat(registry.textOf(subject("n"), SchemaType.PROTOBUF, text, List.of(reference("a", "nowhere"))))
                .isSameAs(text);
        assertThat(registry.textOf(subject("n"), SchemaType.AVRO, letters, List.of(reference("a", "nowhere"))))
                .isSameAs(letters);
        assertThat(registry.textOf(subject("n"), SchemaType.PROTOBUF, letters, List.of()))
                .isEqualTo(letters);
    }

    private String normalized(SchemaType type, String text, RequestedReference... references) {
        return registry.normalized(subject("n"), type, SchemaContent.of(text), List.of(references))
                .text();
    }

    private Schema register(String subject, SchemaType type, String text, RequestedReference... references) {
        registry.register(new RegistrationRequest(
                subject(subject),
                type,
                SchemaContent.of(text.replace('\'', '"')),
                null,
                List.of(references),
                Metadata.NONE,
                new SchemaState.Active(),
                "tester"));
        return registry.find(new SchemaKey.ByVersion(subject(subject), VersionSelector.LATEST));
    }

    private static RequestedReference reference(String name, String subject) {
        return new RequestedReference(name, subject(subject), VersionSelector.LATEST);
    }

    private static Subject subject(String name) {
        return new Subject(TenantId.DEFAULT, name);
    }
}
