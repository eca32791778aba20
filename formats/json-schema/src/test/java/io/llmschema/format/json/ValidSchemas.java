package io.llmschema.format.json;

import java.util.List;

/** Valid schemas that together use the keywords of every draft. */
final class ValidSchemas {
    static final List<String> ALL = List.of(
            """
            {"$schema": "http://json-schema.org/draft-04/schema#", "id": "http://example.com/root.json", "title": "four", "description": "of four",
             "type": ["object", "null"], "required": ["a"], "minProperties": 0, "maxProperties": 9,
             "properties": {"a": {"type": "number", "minimum": 0, "exclusiveMinimum": true, "maximum": 1e3, "exclusiveMaximum": false, "multipleOf": 0.5},
               "b": {"type": "string", "pattern": "^a", "minLength": 1, "maxLength": 2.0, "format": "email", "default": null},
               "c": {"type": "array", "items": [{"$ref": "#/definitions/d"}, {"$ref": "#d"}], "additionalItems": false, "minItems": 1, "maxItems": 2, "uniqueItems": true},
               "$ref": {"enum": [{"$ref": "#/nowhere"}, 1]}},
             "patternProperties": {"^x-": {}}, "additionalProperties": {"not": {"type": "integer"}},
             "dependencies": {"a": ["b"], "b": {"required": ["c"]}},
             "definitions": {"d": {"id": "#d", "allOf": [{}], "anyOf": [{}], "oneOf": [{}]},
               "e": {"id": "other/", "definitions": {"f": {"$ref": "g.json"}, "g": {"id": "g.json"}}},
               "h": {"$ref": "other/g.json"}}}
            """,
            """
            {"$schema": "http://json-schema.org/draft-06/schema", "$id": "http://example.com/six", "examples": [{"$ref": "#/nowhere"}],
             "properties": {"a": true, "b": false, "c": {"const": {"$ref": 1}}, "d": {"$ref": "#d"}}, "contains": {"exclusiveMaximum": 3},
             "propertyNames": {"pattern": "^[a-z]+$"}, "required": [], "definitions": {"d": {"$id": "#d"}}}
            """,
            """
            {"$schema": "https://json-schema.org/draft-07/schema#", "$comment": "why", "if": {"properties": {"a": {"const": 1}}},
             "then": {"readOnly": true}, "else": {"writeOnly": false}, "contentMediaType": "text/html", "contentEncoding": "base64",
             "properties": {"x": {"$ref": "#/x-types/one", "$id": "http://ignored.example/"}, "y": {"$ref": "#/definitions/a~1b%20c"},
               "z": {"$ref": "http://json-schema.org/draft-07/schema#/definitions/nonNegativeInteger"}, "self": {"$ref": "#"}},
             "x-types": {"one": {"$ref": "#/x-types/two"}, "two": {"items": {"$ref": "#/x-types/one"}}}, "definitions": {"a/b c": {"enum": []}}}
            """,
            """
            {"$schema": "https://json-schema.org/draft/2019-09/schema", "$id": "https://example.com/tree", "$recursiveAnchor": true,
             "$vocabulary": {"https://example.com/vocabulary": false}, "$anchor": "top:1", "deprecated": true,
             "properties": {"children": {"type": "array", "items": {"$recursiveRef": "#"}}, "up": {"$ref": "#top:1", "title": "beside"}},
             "dependentRequired": {"a": ["b"]}, "dependentSchemas": {"a": true}, "unevaluatedProperties": false, "unevaluatedItems": {},
             "contains": {"type": "null"}, "minContains": 0, "maxContains": 2, "contentSchema": {}, "items": [true, {}],
             "$defs": {"n": {"$ref": "https://json-schema.org/draft/2019-09/meta/validation#/$defs/nonNegativeInteger"}}}
            """,
            """
            {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": "https://example.com/list", "$dynamicAnchor": "node",
             "prefixItems": [{"type": "string"}], "items": {"$dynamicRef": "#node"}, "$ref": "#/$defs/part",
             "$defs": {"part": {"$anchor": "part", "allOf": [{"$ref": "inner#here"}, {"$ref": "https://example.com/inner#/$defs/deep"}]},
               "embedded": {"$id": "inner", "$anchor": "here", "$defs": {"deep": {"$ref": "#here2"}, "two": {"$anchor": "here2"}}},
               "old": {"$id": "old", "$schema": "http://json-schema.org/draft-04/schema#", "id": "x", "minimum": 1, "exclusiveMinimum": true}},
             "properties": {"é😀\\n": {"description": "line\\nbreak", "minimum": -1.50, "maximum": 1e400}}}
            """,
            "{\"$schema\":\"http://iglucentral.com/schemas/com.snowplowanalytics.self-desc/schema/jsonschema/1-0-0#\",\"self\":{\"vendor\":\"x\"},\"type\":\"object\"}",
            "{\"$schema\":\"http://json-schema.org/schema#\",\"minimum\":0,\"exclusiveMinimum\":true}",
            "{\"items\":[{}],\"additionalItems\":false}",
            "true",
            "false",
            "{}");

    private ValidSchemas() {}
}
