package io.llmschema.format.protobuf;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.EnumDescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import io.llmschema.format.ParseOutcome;
import io.llmschema.format.ReferencedSchema;
import io.llmschema.format.SchemaSource;
import io.llmschema.model.SchemaContent;
import io.llmschema.model.Verdict;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Schemas that are given as descriptors. The seed is given with {@code -Dseed}. */
class TextOfDescriptorTest {
    private static final int SCHEMAS = 400;
    private static final int MIN_CHECKED = 200;
    private static final int HOSTILE = 2_000;

    private final long seed = Long.getLong("seed", System.nanoTime());
    private final Random random = new Random(seed);
    private final ProtobufFormat format = new ProtobufFormat();

    @Test
    void textOf_descriptor_isWhatAnAuthorWouldWrite() {
        String text = """
                syntax = "proto3";
                package shop.orders;
                import "google/protobuf/timestamp.proto";
                option java_package = "io.shop";
                message Order {
                  reserved 9, 100 to 199;
                  reserved "old";
                  string order_id = 1 [json_name = "id"];
                  optional string note = 2;
                  repeated Item items = 3;
                  map<string, Item.Kind> kinds = 4;
                  oneof payment {
                    string card = 5;
                    bytes cash = 6 [deprecated = true];
                  }
                  google.protobuf.Timestamp at = 7;
                  message Item {
                    Kind kind = 1;
                    Order order = 2;
                    enum Kind {
                      KIND_UNKNOWN = 0;
                    }
                  }
                }
                service Orders {
                  rpc Place(Order) returns (stream Order.Item);
                  rpc Find(stream Order) returns (Order) {
                    option idempotency_level = NO_SIDE_EFFECTS;
                  }
                }
                """;

        assertThat(textOf(serialized(text))).contains(text);
    }

    @Test
    void textOf_descriptorOfProto2_hasGroupsDefaultsAndExtensions() {
        String text = """
                syntax = "proto2";
                message M {
                  required int32 a = 1 [default = -5];
                  optional double b = 2 [default = -inf];
                  optional float c = 3 [default = 1.5];
                  optional string d = 4 [default = "a \\"quoted\\" word\\n"];
                  optional bytes e = 5 [default = "\\377\\000"];
                  optional E f = 6 [default = TWO];
                  optional uint64 g = 7 [default = 18446744073709551615];
                  optional bool h = 8 [default = true];
                  message Before {
                  }
                  repeated group Item = 9 {
                    optional int32 n = 1;
                  }
                  message After {
                  }
                  enum E {
                    TWO = 2;
                  }
                  extensions 100 to 199 [verification = UNVERIFIED];
                }
                extend M {
                  optional group Left = 100 {
                  }
                }
                message Between {
                }
                extend M {
                  optional group Right = 101 {
                  }
                  repeated Between others = 102;
                }
                """;

        assertThat(textOf(serialized(text))).contains(text);
    }

    @Test
    void textOf_descriptorOfEdition_hasItsFeatures() {
        String text = """
                edition = "2024";
                import option "google/protobuf/java_features.proto";
                option features.field_presence = IMPLICIT;
                option features.(pb.java).utf8_validation = VERIFY;
                export message M {
                  reserved gone;
                  int32 x = 1 [features.field_presence = EXPLICIT];
                  local message N {
                  }
                }
                """;

        assertThat(textOf(serialized(text))).contains(text);
    }

    @Test
    void textOf_customOptions_areThoseThatAreDeclaredHereOrImported() {
        ReferencedSchema marks = new ReferencedSchema("marks.proto", SchemaContent.of("""
                syntax = "proto2";
                package marks;
                import "google/protobuf/descriptor.proto";
                extend google.protobuf.FieldOptions { optional Mark mark = 50000; repeated int32 code = 50001; }
                message Mark { optional string text = 1; repeated Mark more = 2; extensions 10; }
                """));
        String text = """
                syntax = "proto2";
                package a;
                import "marks.proto";
                import "google/protobuf/descriptor.proto";
                message M {
                  option (limit) = 5;
                  optional int32 x = 1 [(marks.mark) = {text: "x", more: {text: "y"}, [a.rank]: RANK_ONE}, (marks.code) = 1, (marks.code) = -2];
                }
                extend google.protobuf.MessageOptions {
                  optional uint32 limit = 50002;
                }
                extend marks.Mark {
                  optional Rank rank = 10;
                }
                enum Rank {
                  RANK_ONE = 1;
                }
                """;
        SchemaSource source = source(text, marks);
        String serialized = format.rendered(source, "serialized").orElseThrow();

        Optional<String> found = format.textOf(source(serialized, marks));
        Optional<String> lost = format.textOf(source(serialized));

        assertThat(found).contains(text);
        assertThat(canonical(source(text, marks))).contains(text);
        assertThat(lost).get().asString().contains("import \"marks.proto\";").doesNotContain("mark)");
    }

    @Test
    void textOf_namesThatAreHidden_areWrittenInFull() {
        String text = """
                syntax = "proto2";
                package a.google;
                import "google/protobuf/empty.proto";
                message M {
                  optional .google.protobuf.Empty empty = 1;
                  optional .a.google.N n = 2;
                  optional .a.google.string string = 3;
                  message N { optional N inner = 1; optional .a.google.N outer = 2; }
                }
                message N {}
                message string {}
                """;

        String found = textOf(serialized(text)).orElseThrow();

        assertThat(descriptor(serialized(found))).isEqualTo(descriptor(serialized(text)));
        assertThat(found).contains("N inner = 1;", "a.google.N outer = 2;", ".google.protobuf.Empty empty = 1;");
    }

    @Test
    void textOf_descriptorsOfAnySchemas_leadToTheSameDescriptors() {
        List<String> texts = new ArrayList<>(RichSchemas.ALL);
        int checked = 0;
        for (int i = 0; i < SCHEMAS; i++) {
            texts.add(RandomSchema.of(random).text());
        }
        for (String text : texts) {
            if (JudgedPair.parse(text).isPresent()) {
                check(text);
                checked++;
            }
        }

        assertThat(checked).as("seed %d", seed).isGreaterThan(MIN_CHECKED);
    }

    private void check(String text) {
        String serialized = serialized(text);
        String found = textOf(serialized).orElseThrow(() -> new AssertionError("seed " + seed + "\n" + text));
        String pair = "seed " + seed + "\n" + text + "\nread\n" + found;

        assertThat(canonical(found)).as(pair).contains(found);
        assertThat(descriptor(serialized(found))).as(pair).isEqualTo(descriptor(serialized));
        assertThat(JudgedPair.of(text, found).judgement().verdict()).as(pair).isEqualTo(Verdict.COMPATIBLE);
        assertThat(JudgedPair.of(found, text).judgement().verdict()).as(pair).isEqualTo(Verdict.COMPATIBLE);
    }

    @Test
    void textOf_bundledFiles_leadToTheSameDescriptors() {
        BundledFiles bundled = new BundledFiles();

        assertThat(BundledFiles.all()).allSatisfy(path -> {
            String serialized = serialized(bundled.content(path).orElseThrow().text());

            assertThat(descriptor(serialized(textOf(serialized).orElseThrow()))).isEqualTo(descriptor(serialized));
        });
    }

    @Test
    void textOf_descriptorAsACompilerMakesIt_hasNoNamesThatGoWithoutSaying() {
        FileDescriptorProto.Builder file =
                descriptor(serialized("message M { optional int32 some_number = 1; }")).toBuilder()
                        .setName("m.proto");
        file.getMessageTypeBuilder(0).getFieldBuilder(0).setJsonName("someNumber");

        assertThat(textOf(base64(file.build()))).contains("""
                syntax = "proto2";
                message M {
                  optional int32 some_number = 1;
                }
                """);
    }

    @Test
    void textOf_unpaddedBase64_isReadToo() {
        String padded = serialized("message M {}");

        assertThat(padded).endsWith("=");
        assertThat(textOf(padded.replace("=", ""))).isPresent().isEqualTo(textOf(padded));
    }

    @Test
    void textOf_whatIsNoDescriptor_isEmpty() {
        assertThat(textOf("")).isEmpty();
        assertThat(textOf("message M {}")).isEmpty();
        assertThat(textOf("abcd")).isEmpty();
        assertThat(textOf("====")).isEmpty();
        assertThat(textOf("a")).isEmpty();
        assertThat(textOf(base64(
                        FileDescriptorProto.newBuilder().setSyntax("proto7").build())))
                .isEmpty();
    }

    @Test
    void textOf_namesThatAreNone_isEmpty() {
        FileDescriptorProto.Builder file = FileDescriptorProto.newBuilder();
        file.addMessageTypeBuilder().setName("M {} message N");

        assertThat(textOf(base64(file.build()))).isEmpty();
    }

    @Test
    void textOf_messageThatTwoGroupsDeclare_isEmpty() {
        DescriptorProto.Builder message = DescriptorProto.newBuilder().setName("M");
        message.addNestedTypeBuilder().setName("G");
        for (int number = 1; number <= 2; number++) {
            message.addFieldBuilder()
                    .setName("g")
                    .setNumber(number)
                    .setType(FieldDescriptorProto.Type.TYPE_GROUP)
                    .setTypeName(".M.G");
        }

        assertThat(textOf(base64(
                        FileDescriptorProto.newBuilder().addMessageType(message).build())))
                .isEmpty();
    }

    @Test
    void textOf_descriptorWithATextThatIsTooLong_isEmpty() {
        DescriptorProto.Builder message = DescriptorProto.newBuilder().setName("M");
        EnumDescriptorProto.Builder values = message.addEnumTypeBuilder().setName("E");
        for (int i = 0; i < 300_000; i++) {
            values.addValueBuilder().setName("a");
        }
        for (int depth = 0; depth < 90; depth++) {
            message = DescriptorProto.newBuilder().setName("M").addNestedType(message);
        }

        String given =
                base64(FileDescriptorProto.newBuilder().addMessageType(message).build());

        assertThat(format.isLikelyNoText(SchemaContent.of(given))).isTrue();
        assertThat(textOf(given)).isEmpty();
    }

    @Test
    void textOf_damagedDescriptors_isSomeTextOrEmpty() {
        List<byte[]> whole = RichSchemas.ALL.stream()
                .map(text -> Base64.getDecoder().decode(serialized(text)))
                .toList();
        for (int i = 0; i < HOSTILE; i++) {
            byte[] bytes = whole.get(i % whole.size()).clone();
            for (int damage = random.nextInt(4); damage >= 0; damage--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            String given = Base64.getEncoder().encodeToString(bytes);

            Optional<String> text = textOf(given);

            text.ifPresent(found -> assertThat(format.parse(SchemaContent.of(found), List.of()))
                    .as("seed %d, %s", seed, given)
                    .isNotNull());
        }
    }

    private Optional<String> textOf(String given) {
        return format.textOf(source(given));
    }

    private String serialized(String text) {
        return format.rendered(source(text), "serialized").orElseThrow();
    }

    private Optional<String> canonical(String text) {
        return canonical(source(text));
    }

    private Optional<String> canonical(SchemaSource source) {
        return format.parse(source.content(), source.references()) instanceof ParseOutcome.Parsed(ParsedProtobuf parsed)
                ? Optional.of(parsed.canonicalForm())
                : Optional.empty();
    }

    private static FileDescriptorProto descriptor(String serialized) {
        return SerializedFile.read(SchemaContent.of(serialized)).orElseThrow();
    }

    private static String base64(FileDescriptorProto file) {
        ByteString bytes = file.toByteString();
        return Base64.getEncoder().encodeToString(bytes.toByteArray());
    }

    private static SchemaSource source(String text, ReferencedSchema... references) {
        return new SchemaSource(SchemaContent.of(text), List.of(references));
    }
}
