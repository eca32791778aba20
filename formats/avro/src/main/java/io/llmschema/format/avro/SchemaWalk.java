package io.llmschema.format.avro;

import io.llmschema.format.SchemaFormat;
import io.llmschema.json.Pointer;
import io.llmschema.model.Violation;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One walk over an Avro schema, depth first and from left to right as the specification reads names, that finds what is wrong and
 * where, and what people search for.
 *
 * <p>It is stricter than the library in three things only. Two are the specification's, which the other languages keep: a name is
 * defined before it is used, and once, even where a second definition says the same. The third is a bound on names. Recursive, since the text's depth is bounded.
 */
final class SchemaWalk {
    static final Set<String> PRIMITIVES =
            Set.of("null", "boolean", "int", "long", "float", "double", "bytes", "string");

    private static final Set<String> ORDERS = Set.of("ASCENDING", "DESCENDING", "IGNORE");
    private static final int LONGEST_QUOTE = 200;

    /** The most characters of a full name. Namespaces are inherited, so a long one would be copied into every name beneath it. */
    private static final int MAX_NAME_LENGTH = 256;

    private final Set<String> referenced;
    private final Set<String> defined = new HashSet<>();
    private final List<Violation> violations = new ArrayList<>();
    private final Set<JsonNode> aliasArrays = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Outline outline = new Outline();

    private SchemaWalk(Collection<String> referenced) {
        this.referenced = new HashSet<>(referenced);
    }

    /** @param referenced the full names of the types that are known from elsewhere */
    static SchemaWalk over(JsonNode root, Collection<String> referenced) {
        SchemaWalk walk = new SchemaWalk(referenced);
        walk.type(root, Pointer.ROOT, "");
        return walk;
    }

    List<Violation> violations() {
        return List.copyOf(violations);
    }

    boolean isAliases(JsonNode value) {
        return aliasArrays.contains(value);
    }

    Outline outline() {
        return outline;
    }

    /**
     * Checks a type.
     *
     * @return what may occur once in a union: the full name of a named type, the kind of another; empty where it is not known
     */
    private String type(JsonNode node, Pointer at, String namespace) {
        if (node instanceof ObjectNode object) {
            return complexType(object, at, namespace);
        }
        if (node.isArray()) {
            union(node, at, namespace);
            return "";
        }
        if (node.isString()) {
            return namedType(node.stringValue(), at, namespace);
        }
        report(at, "a type is a name, an object or a union in an array, not " + describe(node));
        return "";
    }

    private String namedType(String name, Pointer at, String namespace) {
        if (PRIMITIVES.contains(name)) {
            return name;
        }
        String full = name.contains(".") || namespace.isEmpty() ? name : namespace + "." + name;
        for (String candidate : List.of(full, name)) {
            if (isKnown(candidate)) {
                return candidate;
            }
        }
        report(at, "the type " + quote(name) + " is defined neither before this place nor by a reference");
        return "";
    }

    private boolean isKnown(String fullName) {
        return defined.contains(fullName) || referenced.contains(fullName);
    }

    private void union(JsonNode branches, Pointer at, String namespace) {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < branches.size(); i++) {
            if (branches.get(i).isArray()) {
                report(at.child(i), "a union does not directly contain another union");
                continue;
            }
            int before = violations.size();
            String kind = type(branches.get(i), at.child(i), namespace);
            boolean isSound = violations.size() == before && !kind.isEmpty();
            if (isSound && !seen.add(kind)) {
                report(at.child(i), "the union has " + quote(kind) + " twice");
            }
        }
    }

    private String complexType(ObjectNode node, Pointer at, String namespace) {
        JsonNode type = node.get("type");
        if (type == null) {
            report(at, "the type has no 'type'");
            return "";
        }
        if (!type.isString()) {
            report(
                    at.child("type"),
                    "'type' is the name of a type here, not " + describe(type) + "; leave out the object around it");
            return "";
        }
        return switch (type.stringValue()) {
            case "record", "error" -> {
                String name = define(node, at, namespace);
                fields(node, at, namespaceOf(name));
                yield name;
            }
            case "enum" -> {
                String name = define(node, at, namespace);
                symbols(node, at);
                yield name;
            }
            case "fixed" -> {
                String name = define(node, at, namespace);
                size(node, at);
                yield name;
            }
            case "array" -> {
                inner(node, "items", "an array", at, namespace);
                yield "array";
            }
            case "map" -> {
                inner(node, "values", "a map", at, namespace);
                yield "map";
            }
            default -> primitive(type.stringValue(), at.child("type"));
        };
    }

    private String primitive(String kind, Pointer at) {
        if (PRIMITIVES.contains(kind)) {
            return kind;
        }
        report(
                at,
                quote(kind) + " is neither a primitive type nor one of record, error, enum, fixed, array and map; "
                        + "a defined type is used by its name alone, without an object around it");
        return "";
    }

    private void inner(ObjectNode node, String attribute, String what, Pointer at, String namespace) {
        JsonNode inner = node.get(attribute);
        if (inner == null) {
            report(at, what + " has " + quote(attribute));
        } else {
            type(inner, at.child(attribute), namespace);
        }
    }

    /** Takes the name of a type into the defined ones. What it is called is returned also where it may not be called so. */
    private String define(ObjectNode node, Pointer at, String enclosing) {
        doc(node);
        aliases(node, at, true);
        JsonNode name = node.get("name");
        if (name == null || !name.isString()) {
            report(at, "the " + node.path("type").stringValue() + " has no 'name'");
            return "";
        }
        outline.title(at.depth(), name.stringValue());
        boolean isFull = name.stringValue().contains(".");
        boolean hasNamespace = !isFull && node.path("namespace").isString();
        String namespace = hasNamespace ? node.path("namespace").stringValue() : enclosing;
        String full = isFull || namespace.isEmpty() ? name.stringValue() : namespace + "." + name.stringValue();
        if (full.length() > MAX_NAME_LENGTH) {
            report(at.child("name"), "the name has, with its namespace, more than " + MAX_NAME_LENGTH + " characters");
            return "";
        }
        Optional<String> badPart = badPartOf(full);
        if (badPart.isPresent()) {
            boolean isOfNamespace =
                    hasNamespace && badPartOf(name.stringValue()).isEmpty();
            report(at.child(isOfNamespace ? "namespace" : "name"), notAName(badPart.get()));
        } else if (PRIMITIVES.contains(full)) {
            report(at.child("name"), quote(full) + " is the name of a primitive type");
        } else if (referenced.contains(full)) {
            report(at.child("name"), quote(full) + " is already defined by a reference");
        } else if (!defined.add(full)) {
            report(at.child("name"), quote(full) + " is defined twice");
        }
        return full;
    }

    private static String namespaceOf(String fullName) {
        int dot = fullName.lastIndexOf('.');
        return dot < 0 ? "" : fullName.substring(0, dot);
    }

    private void aliases(ObjectNode node, Pointer at, boolean areChecked) {
        JsonNode aliases = node.get("aliases");
        if (aliases == null) {
            return;
        }
        if (!aliases.isArray()) {
            report(at.child("aliases"), "'aliases' is an array of names, not " + describe(aliases));
            return;
        }
        aliasArrays.add(aliases);
        for (int i = 0; i < aliases.size(); i++) {
            JsonNode alias = aliases.get(i);
            Pointer pointer = at.child("aliases").child(i);
            if (!alias.isString()) {
                report(pointer, "an alias is a string, not " + describe(alias));
            } else if (areChecked) {
                badPartOf(alias.stringValue()).ifPresent(part -> report(pointer, notAName(part)));
            }
        }
    }

    private void fields(ObjectNode record, Pointer at, String namespace) {
        JsonNode fields = record.get("fields");
        if (fields == null || !fields.isArray()) {
            report(fields == null ? at : at.child("fields"), "a record has an array of 'fields'");
            return;
        }
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < fields.size(); i++) {
            Pointer pointer = at.child("fields").child(i);
            if (fields.get(i) instanceof ObjectNode field) {
                field(field, pointer, namespace, seen);
            } else {
                report(pointer, "a field is an object, not " + describe(fields.get(i)));
            }
        }
    }

    private void field(ObjectNode field, Pointer at, String namespace, Set<String> seen) {
        doc(field);
        JsonNode name = field.get("name");
        if (name == null || !name.isString()) {
            report(at, "the field has no 'name'");
        } else {
            outline.name(name.stringValue());
            if (!isName(name.stringValue())) {
                report(at.child("name"), notAName(name.stringValue()));
            } else if (!seen.add(name.stringValue())) {
                report(at.child("name"), "the record has the field " + quote(name.stringValue()) + " twice");
            }
        }
        JsonNode type = field.get("type");
        if (type == null) {
            report(at, "the field has no 'type'");
        } else {
            type(type, at.child("type"), namespace);
        }
        JsonNode order = field.path("order");
        boolean isOrder =
                order.isString() && ORDERS.contains(order.stringValue().toUpperCase(Locale.ROOT));
        if (field.has("order") && !isOrder) {
            report(at.child("order"), "'order' is ascending, descending or ignore");
        }
        // The library takes any string for the alias of a field.
        aliases(field, at, false);
    }

    private void symbols(ObjectNode node, Pointer at) {
        JsonNode symbols = node.get("symbols");
        if (symbols == null || !symbols.isArray()) {
            report(symbols == null ? at : at.child("symbols"), "an enum has an array of 'symbols'");
            return;
        }
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < symbols.size(); i++) {
            JsonNode symbol = symbols.get(i);
            Pointer pointer = at.child("symbols").child(i);
            if (!symbol.isString()) {
                report(pointer, "a symbol is a string, not " + describe(symbol));
            } else if (!isName(symbol.stringValue())) {
                report(pointer, notAName(symbol.stringValue()));
            } else if (!seen.add(symbol.stringValue())) {
                report(pointer, "the enum has the symbol " + quote(symbol.stringValue()) + " twice");
            } else {
                outline.name(symbol.stringValue());
            }
        }
        JsonNode defaultSymbol = node.path("default");
        if (defaultSymbol.isString() && !seen.contains(defaultSymbol.stringValue())) {
            report(
                    at.child("default"),
                    "the default " + quote(defaultSymbol.stringValue()) + " is none of the symbols");
        }
    }

    private void size(ObjectNode node, Pointer at) {
        JsonNode size = node.get("size");
        if (size == null) {
            report(at, "a fixed has a 'size'");
        } else if (!size.isIntegralNumber() || !size.canConvertToInt() || size.intValue() < 0) {
            report(at.child("size"), "'size' is a whole number of bytes from 0 to " + Integer.MAX_VALUE);
        }
    }

    private void doc(ObjectNode node) {
        if (node.path("doc").isString()) {
            outline.description(node.path("doc").stringValue());
        }
    }

    private static Optional<String> badPartOf(String fullName) {
        for (String part : fullName.split("\\.", -1)) {
            if (!isName(part)) {
                return Optional.of(part);
            }
        }
        return Optional.empty();
    }

    private static boolean isName(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean isLetter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
            if (!isLetter && (i == 0 || c < '0' || c > '9')) {
                return false;
            }
        }
        return !name.isEmpty();
    }

    private static String notAName(String text) {
        return quote(text) + " is no name: names are letters, digits and '_', and begin with no digit";
    }

    private static String quote(String text) {
        return "'" + (text.length() <= LONGEST_QUOTE ? text : text.substring(0, LONGEST_QUOTE) + "…") + "'";
    }

    private static String describe(JsonNode value) {
        return switch (value.getNodeType()) {
            case ARRAY -> "an array";
            case OBJECT -> "an object";
            case STRING -> "a string";
            case NUMBER -> "a number";
            case BOOLEAN -> "a boolean";
            case NULL -> "null";
            case BINARY, MISSING, POJO -> throw new IllegalStateException("no value of a text: " + value.getNodeType());
        };
    }

    private void report(Pointer at, String reason) {
        if (violations.size() < SchemaFormat.MAX_VIOLATIONS) {
            violations.add(Violation.atPointer(at.toString(), reason));
        }
    }
}
