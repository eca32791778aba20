package io.llmschema.systemtests;

import java.util.List;

/** One schema as it changes, in each language: by words, by the order of its parts, by what is accepted in addition, and so that readers break. */
enum Evolution {
    JSON(RegistryClient.JSON_SCHEMA, """
            {"type":"object","properties":{"a":{"type":"integer"}}}
            """, """
            {"type":"object","title":"T","properties":{"a":{"type":"integer"}}}
            """, """
            {"title":"T","type":"object","properties":{"a":{"type":"integer"}}}
            """, """
            {"title":"T","type":"object","properties":{"a":{"type":"number"}}}
            """, """
            {"title":"T","type":"object","properties":{"a":{"type":"string"}}}
            """),
    AVRO(RegistryClient.AVRO, """
            {"type":"record","name":"R","fields":[{"name":"a","type":"int"}]}
            """, """
            {"type":"record","name":"R","fields":[{"name":"a","type":"int","doc":"D"}]}
            """, """
            {"type":"record","name":"R","fields":[{"name":"a","doc":"D","type":"int"}]}
            """, """
            {"type":"record","name":"R","fields":[{"name":"a","doc":"D","type":"long"}]}
            """, """
            {"type":"record","name":"R","fields":[{"name":"a","doc":"D","type":"string"}]}
            """),
    PROTOBUF(RegistryClient.PROTOBUF, """
            syntax = "proto3"; message M { string a = 1; int32 b = 2; }
            """, """
            syntax = "proto3";
            // About M.
            message M { string a = 1; int32 b = 2; }
            """, """
            syntax = "proto3";
            // About M.
            message M { int32 b = 2; string a = 1; }
            """, """
            syntax = "proto3";
            // About M.
            message M { int32 b = 2; string a = 1; bool c = 3; }
            """, """
            syntax = "proto3";
            // About M.
            message M { int32 b = 2; bool a = 1; bool c = 3; }
            """);

    /** What each step but the first changes, compared with the one before. */
    static final List<String> CLASSES = List.of("WORDS", "ORDER", "ADDITIVE", "BREAKING");

    /** Which part of the number that raises. */
    static final List<String> RAISES = List.of("patch", "patch", "minor", "major");

    /** The numbers that the steps have if none is given. */
    static final List<String> VERSIONS = List.of("1.0.0", "1.0.1", "1.0.2", "1.1.0", "2.0.0");

    final String mediaType;
    private final String first;
    private final String words;
    private final String order;
    private final String additive;
    private final String breaking;

    Evolution(String mediaType, String first, String words, String order, String additive, String breaking) {
        this.mediaType = mediaType;
        this.first = first;
        this.words = words;
        this.order = order;
        this.additive = additive;
        this.breaking = breaking;
    }

    /** From the first to the last. */
    List<String> steps() {
        return List.of(first, words, order, additive, breaking);
    }

    String first() {
        return first;
    }

    String additive() {
        return additive;
    }

    String breaking() {
        return breaking;
    }

    /** Registers a step, or tries to. */
    Reply register(RegistryClient client, String subject, String step) {
        return client.post(RegistryClient.versions(subject), mediaType, step);
    }

    /** Registers all steps, which must succeed. */
    void registerAll(RegistryClient client, String subject) {
        for (String step : steps()) {
            Reply reply = register(client, subject, step);
            if (reply.status() != 201) {
                throw new AssertionError("not registered: " + reply);
            }
        }
    }

    /** A schema in an envelope, the other fields of which follow. */
    String envelope(String step, String... furtherFields) {
        StringBuilder body =
                new StringBuilder("{\"schemaType\":\"" + name() + "\",\"schema\":" + RegistryClient.quoted(step));
        for (String field : furtherFields) {
            body.append(',').append(field);
        }
        return body.append('}').toString();
    }
}
