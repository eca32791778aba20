package io.llmschema.format.protobuf;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.api.AnnotationsProto;
import com.google.api.HttpRule;
import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldOptions;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.MethodOptions;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.ExtensionRegistry;
import com.google.protobuf.InvalidProtocolBufferException;
import io.llmschema.format.ParseOutcome;
import io.llmschema.model.SchemaContent;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What texts mean: the descriptor, the canonical form and the outline that they get. */
class MeaningTest {
    @Test
    void descriptor_ofGroupsExtensionsAndDefaults_isThatOfProto2() {
        DescriptorProto message = proto("""
            package a;
            message M {
              repeated group Item = 1 { optional int32 n = 1; }
              optional float f = 2 [default = 1.5e10];
              optional bytes b = 3 [default = "\\x00\\303\\274"];
              optional double d = 4 [default = -inf];
              extensions 100 to max;
            }
            extend M { optional string s = 100; }
            """).getMessageType(0);

        assertThat(message.getField(0).getType()).isEqualTo(FieldDescriptorProto.Type.TYPE_GROUP);
        assertThat(message.getField(0).getTypeName()).isEqualTo(".a.M.Item");
        assertThat(message.getField(0).getName()).isEqualTo("item");
        assertThat(message.getFieldList().stream().skip(1).map(FieldDescriptorProto::getDefaultValue))
                .containsExactly("1.5e+10", "\\000\\303\\274", "-inf");
        assertThat(message.getExtensionRange(0).getEnd()).isEqualTo(536870912);
    }

    @Test
    void descriptor_ofOptionalInProto3_knowsWhetherItIsSet() {
        FileDescriptor file = accepted("syntax = \"proto3\"; message M { optional int32 a = 1; int32 b = 2; }")
                .descriptor();

        assertThat(file.getMessageTypes().getFirst().getFields())
                .extracting(FieldDescriptor::hasPresence)
                .containsExactly(true, false);
        assertThat(file.toProto().getMessageType(0).getOneofDecl(0).getName()).isEqualTo("_a");
    }

    @Test
    void descriptor_ofEdition2023_followsItsFeatures() {
        FileDescriptor file = accepted("""
            edition = "2023";
            option features.field_presence = IMPLICIT;
            message M {
              int32 a = 1;
              int32 b = 2 [features.field_presence = EXPLICIT];
              M c = 3 [features.message_encoding = DELIMITED];
            }
            """).descriptor();

        List<FieldDescriptor> fields = file.getMessageTypes().getFirst().getFields();
        assertThat(fields).extracting(FieldDescriptor::hasPresence).containsExactly(false, true, true);
        assertThat(fields.get(2).getType()).isEqualTo(FieldDescriptor.Type.GROUP);
    }

    @Test
    void descriptor_ofCustomOption_carriesItsValue() throws InvalidProtocolBufferException {
        FileDescriptorProto file = proto("""
            syntax = "proto3";
            import "google/api/annotations.proto";
            message M {}
            service S {
              rpc A(M) returns (M) {
                option (google.api.http) = { get: "/v1/a" additional_bindings { post: "/v1/b", body: "*" } };
                option (google.api.http).response_body = "x";
              }
            }
            """);
        ExtensionRegistry registry = ExtensionRegistry.newInstance();
        AnnotationsProto.registerAllExtensions(registry);

        MethodOptions options = MethodOptions.parseFrom(
                file.getService(0).getMethod(0).getOptions().toByteString(), registry);

        assertThat(options.getExtension(AnnotationsProto.http))
                .isEqualTo(HttpRule.newBuilder()
                        .setGet("/v1/a")
                        .setResponseBody("x")
                        .addAdditionalBindings(
                                HttpRule.newBuilder().setPost("/v1/b").setBody("*"))
                        .build());
    }

    @Test
    void descriptor_ofOptionDeclaredInTheSameFile_carriesItsValue() {
        FieldOptions options = proto("""
            package a;
            import "google/protobuf/descriptor.proto";
            message M { optional int32 x = 1 [(Outer.mark) = 7]; }
            message Outer { extend google.protobuf.FieldOptions { optional int32 mark = 50000; } }
            """).getMessageType(0).getField(0).getOptions();

        assertThat(options.getUnknownFields().getField(50000).getVarintList()).containsExactly(7L);
    }

    @Test
    void canonicalForm_isReadableAndKeepsDocumentation() {
        ParsedProtobuf parsed = accepted("""
            // A licence, not documentation.

            syntax = 'proto3';
            import "google/protobuf/any.proto"; package a;
            /**
             * A thing.
             *
             *   - indented
             */
            message Thing { // not documentation
              string name = 0x1; // nor this
              // Its parts.
              map < string , google . protobuf.Any > parts = 2 [ deprecated = true, json_name = 'p\\'s' ];
              option deprecated = true;
            }
            """);

        assertThat(parsed.canonicalForm()).isEqualTo("""
            syntax = "proto3";
            package a;
            import "google/protobuf/any.proto";
            // A thing.
            //
            //   - indented
            message Thing {
              option deprecated = true;
              string name = 1;
              // Its parts.
              map<string, google.protobuf.Any> parts = 2 [deprecated = true, json_name = "p's"];
            }
            """);
    }

    @Test
    void unorderedForm_ofEnum_keepsTheFirstValueFirst() {
        ParsedProtobuf parsed = accepted("syntax = \"proto3\"; enum E { Z = 0; C = 3; M = -1; B = 2; }");

        assertThat(parsed.unorderedForm().lines().map(String::strip))
                .containsSubsequence("Z = 0;", "M = -1;", "B = 2;", "C = 3;");
    }

    @Test
    void outline_isWhatPeopleSearchFor() {
        ParsedProtobuf parsed = accepted("""
            syntax = "proto3";
            // An order.
            message Order {
              // Its lines.
              repeated Line lines = 1;
              message Line { oneof what { string text = 1; } }
            }
            enum State { NEW = 0; }
            service Orders { rpc Get(Order) returns (Order); }
            """);

        assertThat(parsed.outline().titles()).containsExactly("Order", "State", "Orders");
        assertThat(parsed.outline().descriptions()).containsExactly("An order.", "Its lines.");
        assertThat(parsed.outline().fieldNames()).containsExactly("lines", "what", "text", "NEW", "Get");
    }

    private static FileDescriptorProto proto(String text) {
        return accepted(text).descriptor().toProto();
    }

    private static ParsedProtobuf accepted(String text) {
        return switch (new ProtobufFormat().parse(SchemaContent.of(text), List.of())) {
            case ParseOutcome.Parsed(ParsedProtobuf schema) -> schema;
            case ParseOutcome.Parsed parsed -> throw new AssertionError("not of this format: " + parsed);
            case ParseOutcome.Rejected rejected -> throw new AssertionError(rejected.violations() + "\n" + text);
        };
    }
}
