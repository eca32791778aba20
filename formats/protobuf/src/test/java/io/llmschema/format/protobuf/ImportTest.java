package io.llmschema.format.protobuf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.google.protobuf.Descriptors.FileDescriptor;
import io.llmschema.format.ParseOutcome;
import io.llmschema.format.ReferencedSchema;
import io.llmschema.format.SchemaFormat;
import io.llmschema.model.SchemaContent;
import io.llmschema.model.Violation;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What files see of one another. */
class ImportTest {
    private static final String PROTO3 = "syntax = \"proto3\";\n";

    private final SchemaFormat format = new ProtobufFormat();

    @Test
    void parse_importOfReference_isLinked() {
        ReferencedSchema a = reference("a.proto", "package a; message A {}");

        FileDescriptor linked = accepted(PROTO3 + "import \"a.proto\";\nmessage B { a.A a = 1; }", a);

        assertThat(linked.getMessageTypes()
                        .getFirst()
                        .getFields()
                        .getFirst()
                        .getMessageType()
                        .getFullName())
                .isEqualTo("a.A");
    }

    @Test
    void parse_unusedImport_isAccepted() {
        accepted(PROTO3 + "import \"a.proto\";", reference("a.proto", "message A {}"));
    }

    @Test
    void parse_unusedReference_isAccepted() {
        accepted(PROTO3 + "message M {}", reference("a.proto", "message A {}"));
    }

    @Test
    void parse_importOfUnknownFile_isRejectedAtTheImport() {
        assertThat(rejected(PROTO3 + "import \"a.proto\";\nimport public \"b.proto\";"))
                .extracting(Violation::line, Violation::column)
                .containsExactly(tuple(2, 8), tuple(3, 15));
    }

    @Test
    void parse_importOfFileOnTheClassPath_isRejected() {
        assertThat(rejected(PROTO3 + "import \"META-INF/MANIFEST.MF\";")
                        .getFirst()
                        .reason())
                .contains("not given as a reference");
    }

    @Test
    void parse_sameImportTwice_isRejected() {
        assertThat(rejected(PROTO3 + "import \"google/protobuf/any.proto\";\nimport \"google/protobuf/any.proto\";"))
                .containsExactly(Violation.atLine(3, 8, "\"google/protobuf/any.proto\" is imported twice"));
    }

    @Test
    void parse_importOfItself_isRejected() {
        String text = PROTO3 + "import \"a.proto\";";

        assertThat(rejected(text, new ReferencedSchema("a.proto", SchemaContent.of(text))))
                .singleElement()
                .satisfies(violation -> assertThat(violation.reason()).contains("cannot import itself"));
    }

    @Test
    void parse_importCycleOfReferences_isRejected() {
        ReferencedSchema a = reference("a.proto", "import \"b.proto\";");
        ReferencedSchema b = reference("b.proto", "import \"a.proto\";");

        assertThat(rejected(PROTO3 + "import \"a.proto\";", a, b).getFirst().reason())
                .contains("imports itself, through a.proto, b.proto");
    }

    @Test
    void parse_typeOfTransitiveImport_isRejectedWithAdvice() {
        ReferencedSchema a = reference("a.proto", "message A {}");
        ReferencedSchema b = reference("b.proto", "import \"a.proto\"; message B { A a = 1; }");

        assertThat(rejected(PROTO3 + "import \"b.proto\";\nmessage C { A a = 1; }", a, b))
                .containsExactly(Violation.atLine(
                        3,
                        13,
                        "\"A\" is declared in \"a.proto\", which is not imported; import it here, or import it"
                                + " publicly in between"));
    }

    @Test
    void parse_typeOfPublicImport_isAccepted() {
        ReferencedSchema a = reference("a.proto", "message A {}");
        ReferencedSchema b = reference("b.proto", "import public \"a.proto\";");
        ReferencedSchema c = reference("c.proto", "import public \"b.proto\";");

        accepted(PROTO3 + "import \"c.proto\";\nmessage C { A a = 1; }", a, b, c);
    }

    @Test
    void parse_nameOfImportedType_isTaken() {
        ReferencedSchema a = reference("a.proto", "package p; message A {}");

        assertThat(rejected(PROTO3 + "package p;\nimport \"a.proto\";\nmessage A {}", a))
                .containsExactly(
                        Violation.atLine(4, 9, "\"A\" is already declared in the imported \"a.proto\" as a message"));
    }

    @Test
    void parse_relativeName_isLookedUpFromTheInnermostPackage() {
        ReferencedSchema outer = reference("outer.proto", "package a; message M { int32 outer = 1; }");
        ReferencedSchema inner = reference("inner.proto", "package a.b; message M { int32 inner = 1; }");

        FileDescriptor linked = accepted(
                PROTO3 + "package a.b.c;\nimport \"outer.proto\";\nimport \"inner.proto\";\nmessage X { M m = 1; }",
                outer,
                inner);

        assertThat(linked.getMessageTypes()
                        .getFirst()
                        .getFields()
                        .getFirst()
                        .getMessageType()
                        .getFullName())
                .isEqualTo("a.b.M");
    }

    @Test
    void parse_referenceWithBundledName_replacesItAlsoForBundledFiles() {
        ReferencedSchema http =
                reference("google/api/http.proto", "package google.api; message HttpRule { string ours = 1; }");

        FileDescriptor linked = accepted(
                PROTO3 + "import \"google/api/annotations.proto\";\nmessage M {}\n"
                        + "service S { rpc A(M) returns (M) { option (google.api.http).ours = \"x\"; } }",
                http);

        assertThat(linked.getDependencies()
                        .getFirst()
                        .getDependencies()
                        .getFirst()
                        .getMessageTypes())
                .hasSize(1);
        // And without the reference, the bundled one is back.
        accepted(PROTO3 + "import \"google/api/annotations.proto\";\nmessage M {}\n"
                + "service S { rpc A(M) returns (M) { option (google.api.http) = { get: \"/a\" }; } }");
    }

    @Test
    void parse_sameReferenceOverAnotherOne_isLinkedAnew() {
        ReferencedSchema user = reference("b.proto", "import \"a.proto\"; message B { A a = 1; }");
        ReferencedSchema before = reference("a.proto", "message A { int32 x = 1; }");
        ReferencedSchema after = reference("a.proto", "message A { int32 y = 1; }");
        String text = PROTO3 + "import \"b.proto\";\nmessage C { B b = 1; }";

        assertThat(fieldOfA(accepted(text, before, user))).isEqualTo("x");
        assertThat(fieldOfA(accepted(text, after, user))).isEqualTo("y");
    }

    private static String fieldOfA(FileDescriptor file) {
        return file.getMessageTypes()
                .getFirst()
                .getFields()
                .getFirst()
                .getMessageType()
                .getFields()
                .getFirst()
                .getMessageType()
                .getFields()
                .getFirst()
                .getName();
    }

    @Test
    void parse_invalidReference_isRejectedAtTheImport() {
        assertThat(rejected(PROTO3 + "import \"a.proto\";", reference("a.proto", "message A { Nothing n = 1; }")))
                .singleElement()
                .satisfies(violation -> {
                    assertThat(violation.line()).isEqualTo(2);
                    assertThat(violation.reason()).contains("\"a.proto\" cannot be used", "\"Nothing\" is not defined");
                });
    }

    @Test
    void parse_veryLongChainOfImports_isRejected() {
        List<ReferencedSchema> chain = new ArrayList<>();
        chain.add(reference("0.proto", "message M {}"));
        for (int i = 1; i < 3_000; i++) {
            chain.add(reference(i + ".proto", "import public \"" + (i - 1) + ".proto\";"));
        }
        ReferencedSchema[] references = chain.toArray(ReferencedSchema[]::new);

        accepted(PROTO3 + "import \"200.proto\";\nmessage N { M m = 1; }", references);
        assertThat(rejected(PROTO3 + "import \"2999.proto\";", references)).hasSize(1);
    }

    @Test
    void parse_localTypeOfAnotherFile_isRejected() {
        ReferencedSchema a = new ReferencedSchema(
                "a.proto",
                SchemaContent.of(
                        "edition = \"2024\"; message A { message In {} export message Out {} } local message L {}"));

        accepted(PROTO3 + "import \"a.proto\";\nmessage M { A a = 1; A.Out o = 2; }", a);
        assertThat(rejected(PROTO3 + "import \"a.proto\";\nmessage M { L l = 1; A.In i = 2; }", a))
                .extracting(Violation::column)
                .containsExactly(13, 22);
    }

    @Test
    void parse_typeOfImportForOptions_isRejected() {
        assertThat(rejected("edition = \"2024\";\nimport option \"google/protobuf/any.proto\";\n"
                        + "message M { google.protobuf.Any a = 1; }"))
                .singleElement()
                .satisfies(violation -> assertThat(violation.reason()).contains("imported for options only"));
    }

    @Test
    void parse_everyBundledFile_isAccepted() {
        assertThat(BundledFiles.all())
                .hasSizeGreaterThan(70)
                .allSatisfy(path -> accepted(PROTO3 + "import \"" + path + "\";"));
    }

    @Test
    void cache_beyondItsBound_dropsTheLeastRecentlyUsed() {
        LinkedFileCache cache = new LinkedFileCache(100);
        LinkedFileCache.Key first = new LinkedFileCache.Key("a", SchemaContent.of("x".repeat(59)));
        LinkedFileCache.Key second = new LinkedFileCache.Key("b", SchemaContent.of("y".repeat(59)));
        FileDescriptor linked = accepted(PROTO3);
        LinkedFileCache.Kept kept = new LinkedFileCache.Kept(
                new LinkedFile(
                        new ProtoFile(linked.toProto().getEdition(), null, List.of(), List.of(), List.of()), linked, 1),
                new Imports(List.of(), List.of()));

        cache.put(first, kept);
        cache.put(second, kept);

        assertThat(cache.find(first)).isEmpty();
        assertThat(cache.find(second)).isPresent();
        assertThat(cache.keptBytes()).isEqualTo(60);
    }

    private static ReferencedSchema reference(String path, String text) {
        return new ReferencedSchema(path, SchemaContent.of(PROTO3 + text));
    }

    private FileDescriptor accepted(String text, ReferencedSchema... references) {
        return switch (format.parse(SchemaContent.of(text), List.of(references))) {
            case ParseOutcome.Parsed(ParsedProtobuf schema) -> schema.descriptor();
            case ParseOutcome.Parsed parsed -> throw new AssertionError("not of this format: " + parsed);
            case ParseOutcome.Rejected rejected -> throw new AssertionError(rejected.violations() + "\n" + text);
        };
    }

    private List<Violation> rejected(String text, ReferencedSchema... references) {
        return switch (format.parse(SchemaContent.of(text), List.of(references))) {
            case ParseOutcome.Parsed _ -> throw new AssertionError("accepted: " + text);
            case ParseOutcome.Rejected rejected -> rejected.violations();
        };
    }
}
