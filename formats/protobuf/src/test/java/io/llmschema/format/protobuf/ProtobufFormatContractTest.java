package io.llmschema.format.protobuf;

import io.llmschema.format.SchemaFormat;
import io.llmschema.testkit.SchemaFormatContract;
import java.util.List;

class ProtobufFormatContractTest extends SchemaFormatContract {
    @Override
    protected SchemaFormat format() {
        return new ProtobufFormat();
    }

    @Override
    protected List<String> validSchemas() {
        return List.of("""
            // An order of a customer.
            syntax = "proto3";
            package shop.orders.v1;

            import "google/protobuf/timestamp.proto";
            import public "google/protobuf/any.proto";
            option java_package = "io.shop";

            /* Says how far
             * an order has come.
             */
            enum State {
              STATE_UNKNOWN = 0;
              STATE_PAID = 1 [deprecated = true];
              reserved 5 to 7, 9, 100 to max;
              reserved "STATE_LOST";
            }

            // What somebody bought.
            message Order {
              option deprecated = false;
              reserved 7, 20 to 29;
              reserved "old", "older";
              // Its number.
              string id = 1 [json_name = "orderId"]; // not documentation
              optional int32 amount = 2;
              repeated sint64 codes = 3 [packed = true];
              map<string, Line> lines = 4;
              State state = 5;
              .google.protobuf.Timestamp at = 6;
              oneof payment {
                string card = 10;
                Line gift = 11;
              }
              message Line { bytes data = 1; double price = 2; ; }
              google.protobuf.Any extra = 12;
            };

            service Orders {
              option deprecated = true;
              // Finds one.
              rpc Get(Order) returns (stream Order) { option idempotency_level = NO_SIDE_EFFECTS; }
              rpc Put(stream Order) returns (.shop.orders.v1.Order);
            }
            """, """
            package a;
            import "google/protobuf/descriptor.proto";
            extend google.protobuf.FieldOptions {
              optional Limits limits = 50001;
              repeated string tags = 50002;
            }
            message Limits {
              optional int32 max = 1; optional Limits inner = 2; repeated double numbers = 3;
              optional group Extra = 4 { optional bool yes = 1; }
              extensions 100 to 199 [verification = UNVERIFIED];
            }
            extend Limits { optional uint64 more = 100; }
            message M {
              required string s = 1 [default = "a\\n\\"b\\" \\303\\274 \\x41", (limits) = { max: 3 inner { max: -4 } numbers: [1, 2.5e3, -inf] [a.more]: 0x10 Extra { yes: true } }];
              optional bytes b = 2 [default = "\\000\\377", (tags) = "x", (tags) = "y", (limits).max = 010];
              optional float f = 3 [default = -inf];
              optional double d = 4 [default = .5e-3];
              optional E e = 5 [default = TWO];
              repeated group Item = 6 { optional int32 n = 1; }
              enum E { option allow_alias = true; TWO = 2; ZWEI = 2; MINUS = -1; }
              oneof choice { group Left = 7 { optional int32 n = 1; } uint32 right = 8; }
              extend Limits { optional string nested = 101; }
            }
            """, """
            edition = "2023";
            package b;
            import "google/protobuf/java_features.proto";
            option features.field_presence = IMPLICIT;
            option features.(pb.java).utf8_validation = VERIFY;
            message M {
              int32 x = 1 [features.field_presence = EXPLICIT];
              reserved foo, bar;
              M child = 2 [features.message_encoding = DELIMITED];
              enum Closed { option features = { enum_type: CLOSED }; ONE = 1; reserved two; }
            }
            """, """
            edition = "2024";
            package c;
            import option "google/protobuf/java_features.proto";
            export message M { option features.(pb.java).nest_in_file_class = YES; int32 x = 1; local message N { string s = 1; } N n = 2; }
            local enum E { E_ZERO = 0; }
            """);
    }

    @Override
    protected List<String> sameMeaning() {
        return List.of("""
            syntax = "proto3";
            message M {
              // Its text.
              string a = 1 [deprecated = true, json_name = 'A"'];
              reserved 5, 0x10 to max;
            }
            """, """
            /* a remark */

            syntax='proto3'; ; message M{
                /** Its text. */ // detached

              /*
               * Its text.
               */
              string a=01[deprecated=true,json_name="A" "\\""]; // after
              reserved 5 to 5, 16 to 536870911;;};
            """);
    }

    @Override
    protected List<String> sameMeaningReordered() {
        return List.of("""
            syntax = "proto3";
            import "google/protobuf/any.proto";
            import "google/protobuf/empty.proto";
            message A { option deprecated = true; reserved 9, 20 to 30; string a = 1; int32 b = 2; oneof o { int32 c = 3; int32 d = 4; } }
            enum E { Z = 0; M = -1; Y = 1; X = 2; }
            service S { rpc A(A) returns (A); rpc B(A) returns (A); }
            """, """
            syntax = "proto3";
            import "google/protobuf/empty.proto";
            import "google/protobuf/any.proto";
            service S { rpc B(A) returns (A); rpc A(A) returns (A); }
            enum E { Z = 0; X = 2; Y = 1; M = -1; }
            message A { oneof o { int32 d = 4; int32 c = 3; } int32 b = 2; string a = 1; reserved 20 to 30, 9; option deprecated = true; }
            """);
    }

    @Override
    protected String nested(int depth) {
        StringBuilder text = new StringBuilder("syntax = \"proto3\";\n");
        for (int i = 0; i < depth; i++) {
            text.append("message M").append(i).append(" {\n");
        }
        return text.append("}\n".repeat(depth)).toString();
    }
}
