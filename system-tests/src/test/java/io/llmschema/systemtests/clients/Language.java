package io.llmschema.systemtests.clients;

import java.util.List;
import java.util.Map;

/**
 * A schema language with an example in it: the order of a shop, which has an id and a total, and the total, which is a schema of its own that the
 * order refers to.
 */
enum Language {
    AVRO,
    JSON,
    PROTOBUF;

    /** A message of an order, the same in all languages. */
    static final Map<String, ?> ORDER_MESSAGE = Map.of("id", "o-1", "total", Map.of("cents", 250, "currency", "EUR"));

    /** An amount of money. */
    String money() {
        return switch (this) {
            case AVRO -> """
                    {"type": "record", "name": "Money", "namespace": "shop", "fields": [
                      {"name": "cents", "type": "int"},
                      {"name": "currency", "type": "string"}
                    ]}""";
            case JSON -> """
                    {"$id": "money.json", "type": "object", "additionalProperties": false, "properties": {
                      "cents": {"type": "integer"},
                      "currency": {"type": "string"}
                    }}""";
            case PROTOBUF -> """
                    syntax = "proto3";
                    package shop;

                    message Money {
                      int32 cents = 1;
                      string currency = 2;
                    }
                    """;
        };
    }

    /** What reads all that {@link #money} has written, and more. */
    String moneyWithNote() {
        return switch (this) {
            case AVRO -> """
                    {"type": "record", "name": "Money", "namespace": "shop", "fields": [
                      {"name": "cents", "type": "int"},
                      {"name": "currency", "type": "string"},
                      {"name": "note", "type": "string", "default": ""}
                    ]}""";
            case JSON -> """
                    {"$id": "money.json", "type": "object", "additionalProperties": false, "properties": {
                      "cents": {"type": "integer"},
                      "currency": {"type": "string"},
                      "note": {"type": "string"}
                    }}""";
            case PROTOBUF -> """
                    syntax = "proto3";
                    package shop;

                    message Money {
                      int32 cents = 1;
                      string currency = 2;
                      string note = 3;
                    }
                    """;
        };
    }

    /** What cannot read what {@link #money} has written: a currency is a number here. */
    String moneyOfNumberedCurrency() {
        return switch (this) {
            case AVRO -> money().replace("\"type\": \"string\"", "\"type\": \"int\"");
            case JSON -> money().replace("\"type\": \"string\"", "\"type\": \"integer\"");
            case PROTOBUF -> money().replace("string currency", "int32 currency");
        };
    }

    /** What no registry takes for a schema of this language. */
    String nonsense() {
        return switch (this) {
            case AVRO -> "{\"type\": \"no-such-type\"}";
            case JSON -> "{\"type\": \"no-such-type\"}";
            case PROTOBUF -> "syntax = \"proto3\"; message Money { NoSuchType cents = 1; }";
        };
    }

    /** An order, by a reference to money that is named {@link #moneyName}. */
    String order() {
        return switch (this) {
            case AVRO -> """
                    {"type": "record", "name": "Order", "namespace": "shop", "fields": [
                      {"name": "id", "type": "string"},
                      {"name": "total", "type": "shop.Money"}
                    ]}""";
            case JSON -> """
                    {"$id": "order.json", "type": "object", "additionalProperties": false, "properties": {
                      "id": {"type": "string"},
                      "total": {"$ref": "money.json"}
                    }}""";
            case PROTOBUF -> """
                    syntax = "proto3";
                    package shop;

                    import "money.proto";

                    message Order {
                      string id = 1;
                      Money total = 2;
                    }
                    """;
        };
    }

    String moneyName() {
        return switch (this) {
            case AVRO -> "shop.Money";
            case JSON -> "money.json";
            case PROTOBUF -> "money.proto";
        };
    }

    /** An order's reference to the first version of money. */
    List<?> references(String moneySubject) {
        return List.of(Map.of("name", moneyName(), "subject", moneySubject, "version", 1));
    }

    /** A schema as Confluent's client wants it. */
    Map<String, ?> schema(String text) {
        return Map.of("schemaType", name(), "schema", text);
    }

    /** An order as Confluent's client wants it. */
    Map<String, ?> orderSchema(String moneySubject) {
        return Map.of("schemaType", name(), "schema", order(), "references", references(moneySubject));
    }

    /** A schema as the client of KafkaJS wants it. */
    Map<String, ?> kafkajsSchema(String text) {
        return Map.of("type", name(), "schema", text);
    }

    /** An order as the client of KafkaJS wants it. */
    Map<String, ?> kafkajsOrderSchema(String moneySubject) {
        return Map.of("type", name(), "schema", order(), "references", references(moneySubject));
    }
}
