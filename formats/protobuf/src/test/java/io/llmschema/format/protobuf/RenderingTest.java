package io.llmschema.format.protobuf;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.TimestampProto;
import io.llmschema.format.ReferencedSchema;
import io.llmschema.format.SchemaSource;
import io.llmschema.model.SchemaContent;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Schemas in other forms. */
class RenderingTest {
    private static final ReferencedSchema MARKS = reference("marks.proto", """
            syntax = "proto2";
            package marks;
            import "google/protobuf/descriptor.proto";
            extend google.protobuf.FieldOptions { optional string mark = 50000; }
            message Kept { optional int32 x = 1; }
            """);

    private final ProtobufFormat format = new ProtobufFormat();

    @Test
    void rendered_unknownForm_isEmpty() {
        assertThat(format.rendered(source("message M {}"), "resolved")).isEmpty();
        assertThat(format.rendered(source("message M {}"), "")).isEmpty();
    }

    @Test
    void rendered_serialized_isTheDescriptorOfTheFileItself() throws Exception {
        String text = """
            syntax = "proto3";
            package a;
            import "google/protobuf/timestamp.proto";
            message M { google.protobuf.Timestamp at = 1; optional string name = 2 [deprecated = true]; }
            """;

        FileDescriptorProto proto = serialized(source(text));

        assertThat(proto)
                .isEqualTo(JudgedPair.parse(text).orElseThrow().toProto())
                .satisfies(file ->
                        assertThat(file.getDependencyList()).containsExactly("google/protobuf/timestamp.proto"));
        assertThat(FileDescriptor.buildFrom(proto, new FileDescriptor[] {TimestampProto.getDescriptor()})
                        .getMessageTypes())
                .singleElement()
                .satisfies(message -> assertThat(message.getFullName()).isEqualTo("a.M"));
    }

    @Test
    void rendered_serializedWithReferences_hasTheirNamesOnly() throws Exception {
        String text = "import \"marks.proto\"; message M { optional marks.Kept kept = 1 [(marks.mark) = \"x\"]; }";

        FileDescriptorProto proto = serialized(source(text, MARKS));

        assertThat(proto.getDependencyList()).containsExactly("marks.proto");
        assertThat(proto.getMessageTypeList()).singleElement().satisfies(message -> {
            assertThat(message.getField(0).getTypeName()).isEqualTo(".marks.Kept");
            assertThat(message.getField(0).getOptions().getUnknownFields().hasField(50000))
                    .isTrue();
        });
    }

    @Test
    void rendered_withoutExtensions_leavesThemOutAndWhatWasImportedForThem() {
        SchemaSource source = source("""
            syntax = "proto2";
            package a;
            import "google/protobuf/descriptor.proto";
            import "google/protobuf/timestamp.proto";
            import public "google/protobuf/empty.proto";
            import "marks.proto";
            option java_package = "io.a";
            option (scope) = "all";
            extend google.protobuf.FileOptions { optional string scope = 50001; }
            // A message.
            message M {
              option (M.Inner.limit).low = 1;
              extensions 100 to 199;
              // Its time.
              optional google.protobuf.Timestamp at = 1 [deprecated = true, (marks.mark) = "x"];
              message Inner { extend google.protobuf.MessageOptions { optional Limit limit = 50002; } }
            }
            message Limit { optional int32 low = 1; }
            enum E { ONE = 1 [deprecated = false]; }
            """, MARKS);

        Optional<String> rendered = format.rendered(source, "ignore_extensions");

        assertThat(rendered).contains("""
            syntax = "proto2";
            package a;
            import "google/protobuf/timestamp.proto";
            import public "google/protobuf/empty.proto";
            option java_package = "io.a";
            // A message.
            message M {
              extensions 100 to 199;
              // Its time.
              optional google.protobuf.Timestamp at = 1 [deprecated = true];
              message Inner {
              }
            }
            message Limit {
              optional int32 low = 1;
            }
            enum E {
              ONE = 1 [deprecated = false];
            }
            """);
    }

    @Test
    void rendered_withoutExtensions_keepsMessagesThatFieldsHold() {
        SchemaSource source = source("""
            import "marks.proto";
            message M {
              optional marks.Kept kept = 1;
              optional Group held = 2;
              extensions 100 to max;
              extend M { optional group Group = 100 { optional int32 n = 1 [(marks.mark) = "x"]; } }
            }
            """, MARKS);

        Optional<String> rendered = format.rendered(source, "ignore_extensions");

        assertThat(rendered).contains("""
            syntax = "proto2";
            import "marks.proto";
            message M {
              optional marks.Kept kept = 1;
              optional Group held = 2;
              extensions 100 to 536870911;
              message Group {
                optional int32 n = 1;
              }
            }
            """);
    }

    @Test
    void rendered_withoutExtensionsOfFeatures_keepsThoseOfTheLanguage() {
        SchemaSource source = source("""
            edition = "2024";
            import option "google/protobuf/java_features.proto";
            option features = { field_presence: IMPLICIT [pb.java] { utf8_validation: VERIFY } };
            message M { int32 x = 1 [features.(pb.java).utf8_validation = VERIFY, features.field_presence = EXPLICIT]; }
            """);

        Optional<String> rendered = format.rendered(source, "ignore_extensions");

        assertThat(rendered).contains("""
            edition = "2024";
            option features = {field_presence: IMPLICIT};
            message M {
              int32 x = 1 [features.field_presence = EXPLICIT];
            }
            """);
    }

    @Test
    void rendered_withoutExtensionsOfRichSchemas_areSchemasWithoutExtensions() {
        assertThat(RichSchemas.ALL).allSatisfy(text -> {
            String rendered = format.rendered(source(text), "ignore_extensions").orElseThrow();

            FileDescriptor file = JudgedPair.parse(rendered).orElseThrow();
            assertThat(new FileMessages(file).extensions()).isEmpty();
            assertThat(format.rendered(source(rendered), "ignore_extensions")).contains(rendered);
        });
    }

    private FileDescriptorProto serialized(SchemaSource source) throws InvalidProtocolBufferException {
        String text = format.rendered(source, "serialized").orElseThrow();
        return FileDescriptorProto.parseFrom(Base64.getDecoder().decode(text));
    }

    private static SchemaSource source(String text, ReferencedSchema... references) {
        return new SchemaSource(SchemaContent.of(text), List.of(references));
    }

    private static ReferencedSchema reference(String name, String text) {
        return new ReferencedSchema(name, SchemaContent.of(text));
    }
}
