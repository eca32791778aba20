package io.llmschema.format.avro;

import io.llmschema.format.avro.DocumentPath.Step;
import io.llmschema.model.DocumentReport;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One walk over a document in Avro's JSON encoding that finds all that is wrong with it.
 *
 * <p>It goes by the specification where the library's decoder is lax: the decoder passes over names that follow a record's last field (but not
 * over others before it), takes an alias for a field's name and {@code {"null": null}} for null, passes over what follows the first name in a
 * union's object, replaces characters beyond U+00FF in bytes by question marks, and rounds numbers that are too large. Each of them loses or
 * changes what somebody wrote. What the specification does not say but the library writes, the strings for the infinities and for what is no
 * number, is taken.
 *
 * <p>Recursive, since the depth of a document is bounded.
 */
final class JsonDocument {
    private static final Set<String> BEYOND_NUMBERS = Set.of("NaN", "Infinity", "-Infinity", "INF", "-INF");
    private static final int MAX_DIGITS_OF_A_LONG = 19;
    private static final char LAST_BYTE = '\u00FF';

    private final DocumentPath path = new DocumentPath();
    private final DocumentErrors errors = new DocumentErrors();

    private JsonDocument() {}

    static DocumentReport check(JsonNode root, DataType type) {
        JsonDocument document = new JsonDocument();
        document.value(root, type);
        return document.errors.report();
    }

    private void value(JsonNode node, DataType type) {
        switch (type) {
            case DataType.Primitive primitive -> primitive(node, primitive);
            case DataType.RecordType record -> record(node, record);
            case DataType.UnionType union -> union(node, union);
            case DataType.ArrayType array -> array(node, array);
            case DataType.MapType map -> map(node, map);
            case DataType.EnumType enumeration -> enumeration(node, enumeration);
            case DataType.FixedType fixed -> fixed(node, fixed);
        }
    }

    private void enter(Step step, JsonNode node, DataType type) {
        path.enter(step);
        value(node, type);
        path.leave();
    }

    private void primitive(JsonNode node, DataType.Primitive type) {
        switch (type.kind()) {
            case NULL -> expect(node.isNull(), node, type);
            case BOOLEAN -> expect(node.isBoolean(), node, type);
            case INT -> integer(node, type, Integer.MIN_VALUE, Integer.MAX_VALUE);
            case LONG -> integer(node, type, Long.MIN_VALUE, Long.MAX_VALUE);
            case FLOAT ->
                decimal(
                        node,
                        type,
                        node.isNumber() && Float.isInfinite(node.decimalValue().floatValue()));
            case DOUBLE ->
                decimal(
                        node,
                        type,
                        node.isNumber() && Double.isInfinite(node.decimalValue().doubleValue()));
            case STRING -> string(node, type);
            case BYTES -> {
                if (isByteString(node, type)) {
                    bytesRule(node.stringValue(), type, type.rule());
                }
            }
        }
    }

    private void expect(boolean isRight, JsonNode node, DataType type) {
        if (!isRight) {
            wrongType(node, type);
        }
    }

    private void integer(JsonNode node, DataType.Primitive type, long min, long max) {
        if (!node.isNumber() || !isWhole(node)) {
            wrongType(node, type);
            return;
        }
        Optional<Long> value = asLong(node);
        if (value.isEmpty() || value.get() < min || value.get() > max) {
            report(
                    type,
                    "range",
                    "%s must be %s, from %d to %d, but it is %s"
                            .formatted(path.subject(), type.words(), min, max, Wording.json(node)));
        } else if (type.rule() instanceof LogicalRule.TimeOfDay time && !time.allows(value.get())) {
            report(
                    type,
                    "logicalType",
                    "%s must be a %s, from 0 to %d, but it is %s"
                            .formatted(path.subject(), time.name(), time.unitsOfADay() - 1, Wording.json(node)));
        }
    }

    private static boolean isWhole(JsonNode number) {
        return number.isIntegralNumber()
                || number.decimalValue().stripTrailingZeros().scale() <= 0;
    }

    /** A whole number as a long, where it is one. Its power of ten may be so high that it cannot be written out. */
    private static Optional<Long> asLong(JsonNode number) {
        if (number.isIntegralNumber()) {
            return number.canConvertToLong() ? Optional.of(number.longValue()) : Optional.empty();
        }
        BigDecimal stripped = number.decimalValue().stripTrailingZeros();
        if ((long) stripped.precision() - stripped.scale() > MAX_DIGITS_OF_A_LONG) {
            return Optional.empty();
        }
        var whole = stripped.toBigIntegerExact();
        return whole.bitLength() < Long.SIZE ? Optional.of(whole.longValue()) : Optional.empty();
    }

    private void decimal(JsonNode node, DataType.Primitive type, boolean isTooLarge) {
        boolean isBeyondNumbers = node.isString() && BEYOND_NUMBERS.contains(node.stringValue());
        if (!node.isNumber() && !isBeyondNumbers) {
            wrongType(node, type);
        } else if (isTooLarge) {
            report(
                    type,
                    "range",
                    "%s must be %s, but %s is larger than any"
                            .formatted(path.subject(), type.words(), Wording.json(node)));
        }
    }

    private void string(JsonNode node, DataType.Primitive type) {
        if (!node.isString()) {
            wrongType(node, type);
        } else if (type.rule() instanceof LogicalRule.Uuid uuid && !uuid.allows(node.stringValue())) {
            report(
                    type,
                    "logicalType",
                    "%s must be a UUID, such as \"f81d4fae-7dec-11d0-a765-00a0c91e6bf6\", but it is %s"
                            .formatted(path.subject(), Wording.describe(node)));
        }
    }

    private boolean isByteString(JsonNode node, DataType type) {
        if (!node.isString()) {
            wrongType(node, type);
            return false;
        }
        String text = node.stringValue();
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) > LAST_BYTE) {
                int character = text.codePointAt(i);
                report(
                        type,
                        "type",
                        "%s must be %s, written as a string in which each character from U+0000 to U+00FF is one byte, but the character at index %d is U+%04X"
                                .formatted(path.subject(), type.words(), i, character));
                return false;
            }
        }
        return true;
    }

    private void bytesRule(String text, DataType type, LogicalRule rule) {
        if (rule instanceof LogicalRule.Decimal decimal) {
            byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
            decimal.complaint(bytes, 0, bytes.length)
                    .ifPresent(complaint ->
                            report(type, "logicalType", path.subject() + " must be a decimal, but " + complaint));
        }
    }

    private void fixed(JsonNode node, DataType.FixedType type) {
        if (!isByteString(node, type)) {
            return;
        }
        int length = node.stringValue().length();
        if (length == type.size()) {
            bytesRule(node.stringValue(), type, type.rule());
        } else {
            report(
                    type,
                    "size",
                    "%s must be %s, a string with one character for each, but it has %d characters"
                            .formatted(path.subject(), type.words(), length));
        }
    }

    private void enumeration(JsonNode node, DataType.EnumType type) {
        if (!node.isString()) {
            wrongType(node, type);
        } else if (!type.symbolSet().contains(node.stringValue())) {
            report(
                    type,
                    "enum",
                    "%s is not a symbol of enum '%s'; its symbols are %s%s"
                            .formatted(
                                    Wording.json(node),
                                    type.label(),
                                    Wording.list(type.symbols().stream()),
                                    meant(Wording.nearest(node.stringValue(), type.symbols()))));
        }
    }

    private static String meant(Optional<String> name) {
        return name.map(meant -> "; did you mean " + meant + "?").orElse("");
    }

    private void array(JsonNode node, DataType.ArrayType type) {
        if (!(node instanceof ArrayNode array)) {
            wrongType(node, type);
            return;
        }
        for (int i = 0; i < array.size() && !errors.isFull(); i++) {
            enter(new Step.IntoItem(i), array.get(i), type.items());
        }
    }

    private void map(JsonNode node, DataType.MapType type) {
        if (!(node instanceof ObjectNode object)) {
            wrongType(node, type);
            return;
        }
        for (Map.Entry<String, JsonNode> entry : object.properties()) {
            if (errors.isFull()) {
                return;
            }
            enter(new Step.IntoValue(entry.getKey()), entry.getValue(), type.values());
        }
    }

    private void record(JsonNode node, DataType.RecordType type) {
        if (!(node instanceof ObjectNode object)) {
            wrongType(node, type);
            return;
        }
        int known = 0;
        for (Map.Entry<String, JsonNode> entry : object.properties()) {
            if (errors.isFull()) {
                return;
            }
            Optional<DataType.Field> field = type.field(entry.getKey());
            if (field.isPresent()) {
                known++;
                enter(
                        new Step.IntoField(field.get().name()),
                        entry.getValue(),
                        field.get().type());
            } else {
                unknownField(entry.getKey(), type);
            }
        }
        if (known < type.fields().size()) {
            missingFields(object, type);
        }
    }

    private void unknownField(String name, DataType.RecordType type) {
        Optional<DataType.Field> aliased = type.fields().stream()
                .filter(field -> field.aliases().contains(name))
                .findFirst();
        path.enter(new Step.IntoField(name));
        report(
                type,
                "additionalProperties",
                "the record '%s' has no field '%s'%s"
                        .formatted(
                                type.label(),
                                Wording.cut(name, 100),
                                aliased.map(field -> "; it is an alias of the field '" + field.name()
                                                + "', and data are written under the name itself")
                                        .orElseGet(() -> meant(Wording.nearest(name, names(type))))));
        path.leave();
    }

    private static Set<String> names(DataType.RecordType type) {
        return type.fields().stream().map(DataType.Field::name).collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private void missingFields(ObjectNode object, DataType.RecordType type) {
        for (DataType.Field field : type.fields()) {
            if (errors.isFull()) {
                return;
            }
            if (!object.has(field.name())) {
                errors.add(
                        path,
                        type.placeOf(field),
                        "required",
                        "the field '%s', %s, is missing from the record '%s': every field must be written, as defaults do not apply to data%s"
                                .formatted(
                                        field.name(),
                                        field.type().words(),
                                        type.label(),
                                        field.type() instanceof DataType.UnionType union && union.takesNull()
                                                ? "; without a value, write \"" + field.name() + "\": null"
                                                : ""));
            }
        }
    }

    private void union(JsonNode node, DataType.UnionType type) {
        if (node.isNull()) {
            if (!type.takesNull()) {
                wrongBranch(type, "null is none of them");
            }
            return;
        }
        if (node instanceof ObjectNode object && object.size() == 1) {
            Map.Entry<String, JsonNode> tagged = object.properties().iterator().next();
            DataType branch = type.byLabel().get(tagged.getKey());
            if (branch != null && !isNull(branch)) {
                enter(new Step.IntoBranch(branch.label()), tagged.getValue(), branch);
                return;
            }
            wrongBranch(type, ofTag(object, tagged.getKey(), tagged.getValue(), branch != null, type));
            return;
        }
        wrongBranch(type, ofBare(node, type));
    }

    private static boolean isNull(DataType type) {
        return type instanceof DataType.Primitive primitive && primitive.kind() == DataType.Kind.NULL;
    }

    private void wrongBranch(DataType.UnionType type, String reason) {
        String branches = Wording.list(
                type.branches().stream().map(branch -> isNull(branch) ? "null" : Wording.tagged(branch.label(), "…")));
        report(type, "union", path.subject() + " is a union that takes " + branches + "; " + reason);
    }

    private static String ofTag(
            ObjectNode object, String tag, JsonNode value, boolean isNullTag, DataType.UnionType type) {
        if (isNullTag) {
            return "null has no tag: write null";
        }
        Optional<String> unqualified = type.branches().stream()
                .map(DataType::label)
                .filter(label -> label.endsWith("." + tag))
                .findFirst();
        if (unqualified.isPresent()) {
            return "a tag is the full name of the type: write "
                    + Wording.tagged(unqualified.get(), Wording.json(value));
        }
        Optional<DataType> bare = branchFor(object, type);
        if (bare.isPresent()) {
            return "the object is not tagged: write "
                    + Wording.tagged(bare.get().label(), "{…}");
        }
        return "'" + Wording.cut(tag, 100) + "' names none of them"
                + meant(Wording.nearest(
                        tag, type.branches().stream().map(DataType::label).toList()));
    }

    private static String ofBare(JsonNode node, DataType.UnionType type) {
        return branchFor(node, type)
                .map(branch -> Wording.describe(node) + " is not tagged: write "
                        + Wording.tagged(branch.label(), Wording.json(node)))
                .orElseGet(() -> Wording.describe(node) + " is none of them");
    }

    /** The first branch that the value would do for, as far as can be told without looking into it. */
    private static Optional<DataType> branchFor(JsonNode node, DataType.UnionType type) {
        return type.branches().stream()
                .filter(branch -> looksLike(node, branch))
                .findFirst();
    }

    private static boolean looksLike(JsonNode node, DataType type) {
        return switch (type) {
            case DataType.Primitive primitive ->
                switch (primitive.kind()) {
                    case NULL -> node.isNull();
                    case BOOLEAN -> node.isBoolean();
                    case INT ->
                        node.isNumber()
                                && isWhole(node)
                                && asLong(node)
                                        .filter(value -> value.intValue() == value)
                                        .isPresent();
                    case LONG ->
                        node.isNumber() && isWhole(node) && asLong(node).isPresent();
                    case FLOAT, DOUBLE -> node.isNumber();
                    case BYTES, STRING -> node.isString();
                };
            case DataType.FixedType fixed ->
                node.isString() && node.stringValue().length() == fixed.size();
            case DataType.EnumType enumeration ->
                node.isString() && enumeration.symbolSet().contains(node.stringValue());
            case DataType.ArrayType _ -> node.isArray();
            case DataType.MapType _ -> node.isObject();
            case DataType.RecordType record ->
                node instanceof ObjectNode object
                        && object.size() <= record.fields().size()
                        && object.propertyNames().stream()
                                .allMatch(name -> record.field(name).isPresent());
            case DataType.UnionType _ ->
                throw new IllegalStateException("a union does not directly contain another union");
        };
    }

    private void wrongType(JsonNode node, DataType type) {
        report(
                type,
                "type",
                "%s must be %s, but it is %s%s"
                        .formatted(path.subject(), type.words(), Wording.describe(node), repair(node, type)));
    }

    /** What to write instead, for the slips that are made most. */
    private static String repair(JsonNode node, DataType type) {
        if (node instanceof ObjectNode object && object.size() == 1 && object.has(type.label())) {
            return "; its type is no union, so the value stands without a tag: write "
                    + Wording.json(object.get(type.label()));
        }
        if (node.isNull()) {
            return "; its type has no null";
        }
        if (!(type instanceof DataType.Primitive primitive)) {
            return "";
        }
        return switch (primitive.kind()) {
            case STRING -> node.isValueNode() ? "; write it as a string: \"" + Wording.json(node) + "\"" : "";
            case BOOLEAN ->
                node.isString()
                                && Set.of("true", "false")
                                        .contains(node.stringValue().toLowerCase(Locale.ROOT))
                        ? "; write " + node.stringValue().toLowerCase(Locale.ROOT)
                        : "";
            case INT, LONG ->
                isInQuotes(node, "-?(0|[1-9][0-9]*)")
                        ? "; write the number itself: " + node.stringValue()
                        : wholeness(node);
            case FLOAT, DOUBLE ->
                isInQuotes(node, "-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][-+]?[0-9]+)?")
                        ? "; write the number itself: " + node.stringValue()
                        : "";
            case NULL -> "; write null";
            case BYTES -> "";
        };
    }

    private static boolean isInQuotes(JsonNode node, String number) {
        return node.isString()
                && node.stringValue().length() <= 30
                && node.stringValue().matches(number);
    }

    private static String wholeness(JsonNode node) {
        return node.isNumber() ? ", which is not a whole number" : "";
    }

    private void report(DataType type, String keyword, String message) {
        errors.add(path, type.place(), keyword, message);
    }
}
