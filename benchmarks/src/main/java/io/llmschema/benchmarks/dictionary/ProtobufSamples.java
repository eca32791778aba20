package io.llmschema.benchmarks.dictionary;

import io.llmschema.benchmarks.dictionary.Words.Case;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** Protobuf files as they are usually written: a licence, options for languages, services over HTTP, commented messages and enumerations. */
final class ProtobufSamples {
    private static final int LINE = 78;

    private static final String LICENSE = """
            // Copyright %d The Example Authors
            //
            // Licensed under the Apache License, Version 2.0 (the "License");
            // you may not use this file except in compliance with the License.
            // You may obtain a copy of the License at
            //
            //     http://www.apache.org/licenses/LICENSE-2.0
            //
            // Unless required by applicable law or agreed to in writing, software
            // distributed under the License is distributed on an "AS IS" BASIS,
            // WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
            // See the License for the specific language governing permissions and
            // limitations under the License.

            """;

    private static final List<String> IMPORTS = List.of(
            "google/protobuf/timestamp.proto",
            "google/protobuf/field_mask.proto",
            "google/protobuf/empty.proto",
            "google/protobuf/duration.proto",
            "google/protobuf/struct.proto",
            "google/protobuf/wrappers.proto",
            "google/protobuf/any.proto",
            "google/protobuf/descriptor.proto",
            "google/rpc/status.proto",
            "google/type/date.proto",
            "google/type/money.proto",
            "google/type/latlng.proto",
            "google/longrunning/operations.proto");

    private static final List<String> API_IMPORTS = List.of(
            "google/api/annotations.proto",
            "google/api/client.proto",
            "google/api/field_behavior.proto",
            "google/api/resource.proto",
            "google/api/field_info.proto");

    private static final String[] TYPES = {
        "string",
        "string",
        "string",
        "string",
        "int32",
        "int64",
        "bool",
        "bool",
        "double",
        "float",
        "bytes",
        "uint32",
        "uint64",
        "google.protobuf.Timestamp",
        "google.protobuf.Timestamp",
        "google.protobuf.Duration",
        "google.protobuf.Struct",
        "google.protobuf.FieldMask",
        "google.protobuf.Any",
        "google.protobuf.StringValue",
        "google.rpc.Status",
    };

    private static final String[] BEHAVIORS = {
        "REQUIRED", "OPTIONAL", "OPTIONAL", "OUTPUT_ONLY", "IMMUTABLE", "IDENTIFIER"
    };

    private final Words words;
    private final StringBuilder text = new StringBuilder();

    ProtobufSamples(Words words) {
        this.words = words;
    }

    /** A file with its messages, and often a service. */
    String sample() {
        text.setLength(0);
        String thing = words.thing();
        String version = words.any("v1", "v1", "v2", "v1beta1", "v1alpha");
        if (words.below(3) > 0) {
            text.append(LICENSE.formatted(words.between(2019, 2026)));
        }
        text.append(words.any(
                "syntax = \"proto3\";\n\n",
                "syntax = \"proto3\";\n\n",
                "syntax = \"proto3\";\n\n",
                "syntax = \"proto3\";\n\n",
                "syntax = \"proto2\";\n\n",
                "edition = \"2023\";\n\n"));
        String folder = Case.SNAKE.of(thing);
        text.append("package ")
                .append(words.any("example.", "example.cloud.", "com.example."))
                .append(folder)
                .append('.');
        text.append(version).append(";\n\n");
        boolean isApi = words.below(3) > 0;
        imports(isApi, folder, version);
        options(thing, folder, version);
        if (isApi && words.isOneIn(2)) {
            service(thing, version);
        }
        for (int i = words.between(1, 3); i > 0; i--) {
            if (words.isOneIn(4)) {
                enumeration(words.any("state", "type", words.field()), "", words.isOneIn(2));
                text.append('\n');
            } else {
                message(words.any(thing, words.thing(), thing + " " + words.field()), isApi);
            }
        }
        return text.toString();
    }

    private void imports(boolean isApi, String folder, String version) {
        SortedSet<String> imports = new TreeSet<>();
        if (isApi) {
            for (int i = words.between(1, 4); i > 0; i--) {
                imports.add(words.usual(API_IMPORTS));
            }
        }
        for (int i = words.below(4); i > 0; i--) {
            imports.add(words.usual(IMPORTS));
        }
        if (words.isOneIn(2)) {
            imports.add("example/" + folder + "/" + version + "/" + Case.SNAKE.of(words.thing())
                    + words.any("", "_resources", "_service") + ".proto");
        }
        imports.forEach(file -> text.append("import \"").append(file).append("\";\n"));
        text.append(imports.isEmpty() ? "" : "\n");
    }

    private void options(String thing, String folder, String version) {
        String pascal = Case.PASCAL.of(thing);
        String number = Words.capital(version);
        if (words.isOneIn(2)) {
            text.append("option csharp_namespace = \"Example.Cloud.")
                    .append(pascal)
                    .append('.')
                    .append(number)
                    .append("\";\n");
        }
        text.append("option go_package = \"").append(words.any("example.com/go/", "github.com/example/"));
        text.append(folder)
                .append("/api")
                .append(version)
                .append('/')
                .append(folder)
                .append("pb;")
                .append(folder)
                .append("pb\";\n");
        text.append("option java_multiple_files = true;\n");
        text.append("option java_outer_classname = \"").append(pascal).append("Proto\";\n");
        text.append("option java_package = \"com.example.cloud.")
                .append(folder)
                .append('.')
                .append(version)
                .append("\";\n");
        if (words.isOneIn(3)) {
            text.append("option objc_class_prefix = \"EX")
                    .append(pascal.charAt(0))
                    .append("\";\n");
        }
        if (words.isOneIn(2)) {
            text.append("option php_namespace = \"Example\\\\Cloud\\\\")
                    .append(pascal)
                    .append("\\\\")
                    .append(number)
                    .append("\";\n");
            text.append("option ruby_package = \"Example::Cloud::")
                    .append(pascal)
                    .append("::")
                    .append(number)
                    .append("\";\n");
        }
        if (words.isOneIn(6)) {
            text.append("option cc_enable_arenas = true;\noption optimize_for = SPEED;\n");
        }
        text.append('\n');
    }

    private void service(String thing, String version) {
        String name = Case.PASCAL.of(thing);
        String plural = Case.CAMEL.of(thing) + "s";
        String snake = Case.SNAKE.of(thing);
        comment("", words.any("Service to manage ", "The service that manages ") + thing + "s.");
        text.append("service ").append(name).append("Service {\n");
        text.append("  option (google.api.default_host) = \"").append(snake).append(".example.com\";\n");
        if (words.isOneIn(2)) {
            text.append(
                    "  option (google.api.oauth_scopes) =\n      \"https://www.example.com/auth/cloud-platform\";\n");
        }
        String collection = "/" + version + "/{parent=projects/*/locations/*}/" + plural;
        String one = "/" + version + "/{name=projects/*/locations/*/" + plural + "/*}";
        String changed = "/" + version + "/{" + snake + ".name=projects/*/locations/*/" + plural + "/*}";
        String operation = "google.longrunning.Operation";
        boolean isLong = words.isOneIn(2);
        call(
                "List" + name + "s",
                "List" + name + "sResponse",
                "Lists " + thing + "s in a given project and location.",
                "get: \"" + collection + "\"",
                "parent",
                "");
        call("Get" + name, name, "Gets details of a single " + thing + ".", "get: \"" + one + "\"", "name", "");
        call(
                "Create" + name,
                isLong ? operation : name,
                "Creates a new " + thing + " in a given project and location.",
                "post: \"" + collection + "\"\n      body: \"" + snake + "\"",
                "parent," + snake + "," + snake + "_id",
                isLong ? name : "");
        call(
                "Update" + name,
                isLong ? operation : name,
                "Updates the parameters of a single " + thing + ".",
                "patch: \"" + changed + "\"\n      body: \"" + snake + "\"",
                snake + ",update_mask",
                isLong ? name : "");
        call(
                "Delete" + name,
                isLong ? operation : "google.protobuf.Empty",
                "Deletes a single " + thing + ".",
                "delete: \"" + one + "\"",
                "name",
                isLong ? "google.protobuf.Empty" : "");
        if (words.isOneIn(2)) {
            String verb = words.verb().split(" ")[0];
            call(
                    Words.capital(verb) + name,
                    Words.capital(verb) + name + "Response",
                    Words.capital(verb) + "s the " + thing + ".",
                    "post: \"" + one + ":" + verb + "\"\n      body: \"*\"",
                    "name",
                    "");
        }
        text.append("}\n\n");
        crudMessages(thing, name, snake);
    }

    private void call(String method, String response, String comment, String binding, String signature, String result) {
        text.append('\n');
        comment("  ", comment);
        text.append("  rpc ").append(method).append('(').append(method).append("Request)");
        String returns = "returns (" + response + ") {\n";
        text.append(method.length() * 2 + response.length() > LINE / 2 ? "\n      " : " ")
                .append(returns);
        text.append("    option (google.api.http) = {\n      ").append(binding).append("\n    };\n");
        text.append("    option (google.api.method_signature) = \"")
                .append(signature)
                .append("\";\n");
        if (!result.isEmpty()) {
            text.append("    option (google.longrunning.operation_info) = {\n      response_type: \"")
                    .append(result);
            text.append("\"\n      metadata_type: \"OperationMetadata\"\n    };\n");
        }
        text.append("  }\n");
    }

    private void crudMessages(String thing, String name, String snake) {
        String type = snake + ".example.com/" + name;
        text.append("// Request message for Get")
                .append(name)
                .append(".\nmessage Get")
                .append(name)
                .append("Request {\n");
        comment("  ", "Required. The name of the " + thing + " to retrieve.");
        reference("name", "type", type);
        text.append("}\n\n// Request message for List")
                .append(name)
                .append("s.\nmessage List")
                .append(name)
                .append("sRequest {\n");
        comment("  ", "Required. The parent, which owns this collection of " + thing + "s.");
        reference("parent", "child_type", type);
        String optional = words.any(" [(google.api.field_behavior) = OPTIONAL];\n", ";\n");
        text.append('\n');
        comment("  ", "Optional. The maximum number of " + thing + "s to return in a page. Fewer may be returned.");
        text.append("  int32 page_size = 2").append(optional).append('\n');
        comment("  ", "Optional. The page token of a previous call, to retrieve the next page.");
        text.append("  string page_token = 3").append(optional).append('\n');
        comment("  ", "Optional. A filter expression that filters the results listed in the response.");
        text.append("  string filter = 4").append(optional).append('\n');
        comment("  ", "Optional. The order in which results are returned.");
        text.append("  string order_by = 5").append(optional);
        text.append("}\n\n// Response message for List")
                .append(name)
                .append("s.\nmessage List")
                .append(name)
                .append("sResponse {\n");
        comment("  ", "The list of " + thing + "s.");
        text.append("  repeated ").append(name).append(' ').append(snake).append("s = 1;\n\n");
        comment("  ", "A token to retrieve the next page of results. If this field is empty, there are no more pages.");
        text.append("  string next_page_token = 2;\n\n");
        comment("  ", "Locations that could not be reached.");
        text.append("  repeated string unreachable = 3;\n}\n\n");
        text.append("// Request message for Update")
                .append(name)
                .append(".\nmessage Update")
                .append(name)
                .append("Request {\n");
        comment("  ", "Required. The " + thing + " to update.");
        text.append("  ")
                .append(name)
                .append(' ')
                .append(snake)
                .append(" = 1 [(google.api.field_behavior) = REQUIRED];\n\n");
        comment("  ", "Required. The list of fields to update.");
        text.append(
                "  google.protobuf.FieldMask update_mask = 2\n      [(google.api.field_behavior) = REQUIRED];\n}\n\n");
        text.append("// A ")
                .append(thing)
                .append(".\nmessage ")
                .append(name)
                .append(" {\n  option (google.api.resource) = {\n    type: \"");
        text.append(type)
                .append("\"\n    pattern: \"projects/{project}/locations/{location}/")
                .append(Case.CAMEL.of(thing))
                .append("s/{");
        text.append(snake)
                .append("}\"\n    plural: \"")
                .append(Case.CAMEL.of(thing))
                .append("s\"\n    singular: \"")
                .append(Case.CAMEL.of(thing));
        text.append("\"\n  };\n\n");
        enumeration("state", "  ", false);
        text.append('\n');
        fields("  ", true, thing, words.between(3, 6));
        text.append("}\n\n");
    }

    private void reference(String field, String kind, String type) {
        text.append("  string ").append(field).append(" = 1 [\n    (google.api.field_behavior) = REQUIRED,\n");
        text.append("    (google.api.resource_reference) = {\n      ")
                .append(kind)
                .append(": \"")
                .append(type)
                .append("\"\n    }\n  ];\n");
    }

    private void message(String thing, boolean isApi) {
        String name = Case.PASCAL.of(thing);
        comment("", words.comment(words.field(), thing, name));
        text.append("message ").append(name).append(" {\n");
        if (words.isOneIn(5)) {
            comment("  ", words.comment(words.field(), thing, name));
            text.append("  message ").append(Case.PASCAL.of(words.field())).append(" {\n");
            fields("    ", isApi, thing, words.between(1, 3));
            text.append("  }\n\n");
        }
        if (words.isOneIn(3)) {
            enumeration(words.any("state", "type", words.field()), "  ", words.isOneIn(2));
            text.append('\n');
        }
        fields("  ", isApi, thing, words.between(1, 6));
        text.append("}\n\n");
    }

    private void fields(String indent, boolean isApi, String thing, int count) {
        int number = 1;
        boolean isCommented = words.below(5) > 0;
        if (words.isOneIn(10)) {
            int reserved = words.between(1, 9);
            text.append(indent).append("reserved ").append(reserved).append(";\n\n");
            number = reserved + 1;
        }
        if (words.isOneIn(5)) {
            comment(indent, words.comment(words.field(), thing, Case.PASCAL.of(thing)));
            text.append(indent)
                    .append("oneof ")
                    .append(words.any("value", "source", "kind", "type", "result"))
                    .append(" {\n");
            for (String field : words.fields(2)) {
                number = field(indent + "  ", isApi, thing, field, number, isCommented, "");
            }
            text.append(indent).append("}\n\n");
        }
        for (String field : words.fields(count)) {
            String label = words.any("", "", "", "repeated ", "optional ");
            number = field(indent, isApi, thing, field, number, isCommented, label);
        }
        if (text.charAt(text.length() - 2) == '\n') {
            text.setLength(text.length() - 1);
        }
    }

    private int field(
            String indent, boolean isApi, String thing, String field, int number, boolean isCommented, String label) {
        if (isCommented) {
            comment(indent, words.comment(field, thing, Case.PASCAL.of(thing)));
        }
        String type = words.isOneIn(4) ? Case.PASCAL.of(words.any(field, words.thing())) : words.any(TYPES);
        String map = words.any(
                "map<string, string> ", "map<string, string> ", "map<string, " + Case.PASCAL.of(words.thing()) + "> ");
        String declaration = words.isOneIn(14) && label.isEmpty() ? map : label + type + " ";
        text.append(indent)
                .append(declaration)
                .append(Case.SNAKE.of(field))
                .append(" = ")
                .append(number);
        if (isApi && words.below(3) > 0) {
            text.append(declaration.length() + field.length() > LINE / 3 ? "\n" + indent + "    " : " ");
            text.append("[(google.api.field_behavior) = ")
                    .append(words.any(BEHAVIORS))
                    .append(']');
        } else if (words.isOneIn(20)) {
            text.append(words.any(
                    " [deprecated = true]", " [json_name = \"" + Case.CAMEL.of(field) + "\"]", " [packed = true]"));
        }
        text.append(";\n").append(isCommented ? "\n" : "");
        return number + 1;
    }

    private void enumeration(String field, String indent, boolean hasPrefix) {
        String prefix = hasPrefix ? Case.UPPER.of(field) + "_" : "";
        comment(
                indent,
                words.any(
                        "The possible " + field + "s.",
                        "Possible values of the " + field + ".",
                        "The " + field + " of the " + words.thing() + "."));
        text.append(indent).append("enum ").append(Case.PASCAL.of(field)).append(" {\n");
        boolean isCommented = words.below(4) > 0;
        if (isCommented) {
            comment(
                    indent + "  ",
                    words.any(
                            "Not specified.",
                            "Unspecified.",
                            "The default value. This value is unused.",
                            Words.capital(field) + " is unspecified."));
        }
        text.append(indent)
                .append("  ")
                .append(hasPrefix ? prefix : words.any(Case.UPPER.of(field) + "_", ""))
                .append("UNSPECIFIED = 0;\n");
        int number = 1;
        for (String value : words.values(words.between(2, 6))) {
            if (isCommented) {
                text.append('\n');
                comment(
                        indent + "  ",
                        words.any(
                                "The " + words.thing() + " is " + value + ".",
                                Words.capital(value) + ".",
                                words.comment(field, words.thing(), value)));
            }
            text.append(indent)
                    .append("  ")
                    .append(prefix)
                    .append(Case.UPPER.of(value))
                    .append(" = ")
                    .append(number++)
                    .append(";\n");
        }
        text.append(indent).append("}\n");
    }

    /** A comment of as many lines as it takes. */
    private void comment(String indent, String sentence) {
        StringBuilder line = new StringBuilder(indent + "//");
        for (String word : sentence.split(" ")) {
            if (line.length() + word.length() > LINE) {
                text.append(line).append('\n');
                line = new StringBuilder(indent + "//");
            }
            line.append(' ').append(word);
        }
        text.append(line).append('\n');
    }
}
