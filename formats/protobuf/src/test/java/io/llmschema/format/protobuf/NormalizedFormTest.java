package io.llmschema.format.protobuf;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import io.llmschema.format.ParseOutcome;
import io.llmschema.format.ParsedSchema;
import io.llmschema.model.SchemaContent;
import io.llmschema.model.Verdict;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What a schema is registered as if its author wants it normalized. The seed is given with {@code -Dseed}. */
class NormalizedFormTest {
    private static final int SCHEMAS = 400;
    private static final int MIN_CHECKED = 200;

    private static final String MESSAGES_OF_ALL_KINDS = """
            syntax = "proto2";
            message Z {
              map<string, int32> m2 = 9;
              optional int32 late = 8;
              message Y { map<string, int32> b = 2; map<string, int32> a = 1; }
              repeated group Item = 7 { optional int32 n = 1; message Deep {} }
              map<string, int32> m1 = 6;
              oneof choice { int32 second = 5; group Left = 4 { optional int32 n = 1; } int32 first = 3; group Right = 2 {} }
              enum E { ONE = 1; }
              message X {}
              extensions 100 to 199;
              extend Z { optional Z z = 101; optional group Extra = 100 { optional int32 n = 1; } }
              optional int32 early = 1;
            }
            enum F { TWO = 2; }
            message A {}
            extend Z { optional group Outer = 102 {} }
            message M {}
            """;

    private final long seed = Long.getLong("seed", System.nanoTime());
    private final Random random = new Random(seed);

    @Test
    void normalizedForm_keepsEachMessageAtItsIndex() {
        String text = MESSAGES_OF_ALL_KINDS;

        assertThat(indexes(normalized(text).orElseThrow()))
                .isEqualTo(indexes(text))
                .containsEntry("Z", List.of(0))
                .containsEntry("Z.Y", List.of(0, 1))
                .containsEntry("Z.X", List.of(0, 6))
                .containsEntry("A", List.of(1))
                .containsEntry("Outer", List.of(2));
    }

    @Test
    void normalizedForm_sortsWhatIsNoMessage() {
        assertThat(normalized("""
                syntax = "proto3";
                import "google/protobuf/empty.proto";
                import "google/protobuf/any.proto";
                service S { rpc B(Z) returns (A); rpc A(Z) returns (A); }
                message Z { string b = 2; string a = 1; }
                enum E { ZERO = 0; TWO = 2; ONE = 1; }
                message A { map<string, A> m = 2; map<string, A> n = 1; reserved 9, 7; }
                """)).contains("""
                syntax = "proto3";
                import "google/protobuf/any.proto";
                import "google/protobuf/empty.proto";
                message Z {
                  string a = 1;
                  string b = 2;
                }
                message A {
                  reserved 7, 9;
                  map<string, A> n = 1;
                  map<string, A> m = 2;
                }
                enum E {
                  ZERO = 0;
                  ONE = 1;
                  TWO = 2;
                }
                service S {
                  rpc A(Z) returns (A);
                  rpc B(Z) returns (A);
                }
                """);
    }

    @Test
    void normalizedForm_ofSchemasInAnyOrder_meansTheSame() throws SyntaxError {
        List<String> texts = new ArrayList<>(RichSchemas.ALL);
        texts.add(MESSAGES_OF_ALL_KINDS);
        int checked = 0;
        for (int i = 0; i < SCHEMAS; i++) {
            String written = i % 2 == 0 ? RandomSchema.of(random).text() : texts.get(i / 2 % texts.size());
            String text = CanonicalPrinter.print(shuffled(Parser.parse(written)));
            Optional<String> normalized = normalized(text);
            if (normalized.isPresent()) {
                check(text, normalized.get());
                checked++;
            }
        }

        assertThat(checked).as("seed %d", seed).isGreaterThan(MIN_CHECKED);
    }

    private void check(String text, String normalized) {
        String pair = "seed " + seed + "\n" + text + "\nnormalized\n" + normalized;

        assertThat(normalized(normalized)).as(pair).contains(normalized);
        assertThat(indexes(normalized)).as(pair).isEqualTo(indexes(text));
        assertThat(JudgedPair.of(text, normalized).judgement().verdict())
                .as(pair)
                .isEqualTo(Verdict.COMPATIBLE);
        assertThat(JudgedPair.of(normalized, text).judgement().verdict())
                .as(pair)
                .isEqualTo(Verdict.COMPATIBLE);
    }

    /** The file with its declarations, those within messages and enums too, in another order. */
    private ProtoFile shuffled(ProtoFile file) {
        return new ProtoFile(
                file.edition(),
                file.packageName(),
                shuffled(file.imports()),
                shuffled(file.options()),
                inside(file.declarations()));
    }

    private List<Declaration> inside(List<Declaration> declarations) {
        return shuffled(declarations.stream().map(this::inside).toList());
    }

    private Declaration inside(Declaration declaration) {
        return switch (declaration) {
            case Declaration.Message message ->
                new Declaration.Message(
                        message.documentation(), message.visibility(), message.name(), inside(message.body()));
            case Declaration.Enumeration enumeration ->
                new Declaration.Enumeration(
                        enumeration.documentation(),
                        enumeration.visibility(),
                        enumeration.name(),
                        inside(enumeration.body()));
            case Declaration.Oneof oneof ->
                new Declaration.Oneof(oneof.documentation(), oneof.name(), inside(oneof.body()));
            case Declaration.Extend extend ->
                new Declaration.Extend(extend.documentation(), extend.extendee(), shuffled(extend.fields()));
            default -> declaration;
        };
    }

    private Declaration.Body inside(Declaration.Body body) {
        return new Declaration.Body(shuffled(body.options()), inside(body.members()));
    }

    private <T> List<T> shuffled(List<T> list) {
        List<T> copy = new ArrayList<>(list);
        Collections.shuffle(copy, random);
        return List.copyOf(copy);
    }

    /** The normalized form of a text; empty if it is no schema. */
    private static Optional<String> normalized(String text) {
        return new ProtobufFormat().parse(SchemaContent.of(text), List.of())
                        instanceof ParseOutcome.Parsed(ParsedSchema parsed)
                ? Optional.of(parsed.normalizedForm())
                : Optional.empty();
    }

    /** Of each message but for the entries of maps, its index and those of the messages around it, the outermost first. */
    private static Map<String, List<Integer>> indexes(String text) {
        FileDescriptor file = JudgedPair.parse(text).orElseThrow();
        Map<String, List<Integer>> indexes = new LinkedHashMap<>();
        file.getMessageTypes().forEach(message -> addIndexes(message, List.of(), indexes));
        return indexes;
    }

    private static void addIndexes(Descriptor message, List<Integer> around, Map<String, List<Integer>> indexes) {
        if (!message.getOptions().getMapEntry()) {
            List<Integer> own = new ArrayList<>(around);
            own.add(message.getIndex());
            indexes.put(message.getFullName(), own);
            message.getNestedTypes().forEach(nested -> addIndexes(nested, own, indexes));
        }
    }
}
