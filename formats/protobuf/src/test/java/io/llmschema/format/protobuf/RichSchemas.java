package io.llmschema.format.protobuf;

import java.util.List;

/** Schemas with everything in them that random ones do not have. */
final class RichSchemas {
    static final List<String> ALL = List.of("""
            syntax = "proto2";
            package old;
            import "google/protobuf/struct.proto";
            import "google/protobuf/any.proto";
            import "google/protobuf/duration.proto";
            message Order {
              required string id = 1;
              optional group Line = 2 { required int32 sku = 1; optional string text = 2; }
              repeated group Part = 3 { optional bytes data = 1; repeated Order again = 2; }
              optional Color color = 4 [default = GREEN];
              repeated Color colors = 5 [packed = true];
              repeated fixed64 packed_numbers = 6 [packed = true];
              repeated sint32 loose_numbers = 7;
              oneof choice { Need first = 8; Need second = 9; string word = 10; google.protobuf.NullValue nothing = 11; }
              optional Need need = 12;
              map<string, Need> needs = 13;
              map<bool, Color> flags = 14;
              optional google.protobuf.Any any = 15;
              extensions 100 to 199;
            }
            message Need { required int32 a = 1; optional int32 b = 2; required Inner inner = 3; }
            message Inner { optional Inner inner = 1; optional string some_text = 2 [json_name = "the text"]; }
            enum Color { RED = 1; GREEN = 2; BLUE = -3; }
            extend Order { optional Need extra = 100; repeated int32 codes = 101 [packed = true]; }
            message Scope { extend Order { optional string note = 102; } }
            """, """
            syntax = "proto3";
            package fresh;
            import "google/protobuf/any.proto";
            import "google/protobuf/struct.proto";
            import "google/protobuf/wrappers.proto";
            import "google/protobuf/duration.proto";
            import "google/protobuf/timestamp.proto";
            import "google/protobuf/field_mask.proto";
            message Thing {
              google.protobuf.Any any = 1;
              repeated google.protobuf.Any anys = 2;
              google.protobuf.Struct struct = 3;
              google.protobuf.Value value = 4;
              repeated google.protobuf.Value values = 5;
              google.protobuf.ListValue list = 6;
              google.protobuf.NullValue nothing = 7;
              repeated google.protobuf.NullValue nothings = 8;
              map<string, google.protobuf.NullValue> null_map = 9;
              map<int64, google.protobuf.Value> value_map = 10;
              google.protobuf.Timestamp at = 11;
              google.protobuf.Duration lasts = 12;
              google.protobuf.FieldMask mask = 13;
              oneof choice {
                google.protobuf.NullValue none = 14;
                google.protobuf.Value some_value = 15;
                int32 number = 16;
                google.protobuf.StringValue text = 17;
              }
              repeated google.protobuf.Int64Value longs = 18;
              map<string, google.protobuf.BoolValue> truths = 19;
              Thing thing = 20;
              map<uint32, Thing> things = 21;
              string snake_case_name = 22;
              optional string renamed = 23 [json_name = "otherName"];
              float f = 24; double d = 25; bytes b = 26; bool t = 27; uint64 u = 28; fixed32 x = 29; Kind kind = 30;
              repeated Kind kinds = 31; repeated string texts = 32;
            }
            enum Kind { KIND_NONE = 0; KIND_ONE = 1; KIND_BIG = 2147483647; }
            """, """
            edition = "2023";
            package modern;
            option features.enum_type = CLOSED;
            message M {
              int32 plain = 1 [features.field_presence = IMPLICIT];
              int32 needed = 2 [features.field_presence = LEGACY_REQUIRED];
              M delimited = 3 [features.message_encoding = DELIMITED];
              repeated M more = 4 [features.message_encoding = DELIMITED];
              string loose = 5 [features.utf8_validation = NONE];
              string strict = 6;
              repeated int32 spread = 7 [features.repeated_field_encoding = EXPANDED];
              E closed = 8;
              Open open = 9;
              map<string, E> by_name = 10;
              extensions 50 to 60;
            }
            enum E { E_ONE = 1; E_TWO = 2; }
            enum Open { option features.enum_type = OPEN; OPEN_ZERO = 0; OPEN_ONE = 1; }
            extend M { M deep = 50 [features.message_encoding = DELIMITED]; repeated E others = 51; }
            """, """
            syntax = "proto2";
            message Set { option message_set_wire_format = true; extensions 4 to max; }
            message Member { extend Set { optional Member member = 5000; } required string name = 1; optional Set set = 2; }
            """);

    private RichSchemas() {}
}
