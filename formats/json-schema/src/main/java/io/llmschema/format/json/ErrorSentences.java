package io.llmschema.format.json;

import com.networknt.schema.Error;
import com.networknt.schema.path.NodePath;
import io.llmschema.format.json.SchemaPlaces.SchemaPlace;
import io.llmschema.json.JsonPlaces;
import io.llmschema.json.Pointer;
import io.llmschema.model.DocumentError;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/** Says what is wrong with a document, and what would be right, from what the library found. */
final class ErrorSentences {
    /** In an evaluation path, the keywords behind which a name stands. */
    private static final Set<String> BEFORE_NAMES =
            Set.of("properties", "patternProperties", "dependentSchemas", "dependencies", "$defs", "definitions");

    private final JsonNode document;
    private final SchemaPlaces places;

    ErrorSentences(JsonNode document, SchemaPlaces places) {
        this.document = document;
        this.places = places;
    }

    DocumentError of(Error error) {
        SchemaPlace rule = places.of(error.getSchemaLocation());
        String message = sentence(error, rule) + condition(error);
        String keyword = error.getKeyword();
        if (keyword.equals("false")) {
            // The library lets the place of a false schema end in what it is.
            rule = rule.parent();
        } else if (keyword.equals("minContains") || keyword.equals("maxContains")) {
            // The library counts for contains, and tells its place whatever the count comes from.
            boolean isWritten = isWrittenBeside(rule, keyword);
            rule = isWritten ? rule.parent().child(keyword) : rule;
            keyword = isWritten ? keyword : "contains";
        }
        return new DocumentError(
                memberOrSelf(error).within(JsonPlaces.MAX_POINTER_LENGTH).toString(),
                rule.toString(),
                keyword,
                message);
    }

    private static boolean isWrittenBeside(SchemaPlace rule, String keyword) {
        return rule.parent().value().map(schema -> schema.has(keyword)).orElse(false);
    }

    /** The place of a member or item that should not be there; for all else that of the value that the rule is about. */
    private static Pointer memberOrSelf(Error error) {
        Pointer self = SchemaPlaces.pointer(error.getInstanceLocation());
        return switch (error.getKeyword()) {
            case "additionalProperties", "unevaluatedProperties", "propertyNames" ->
                error.getProperty() == null ? self : self.child(error.getProperty());
            case "items", "additionalItems", "unevaluatedItems" -> {
                int index = index(error);
                // Of additionalItems the library tells the place of the item itself.
                boolean isOfItem = index < 0
                        || (error.getInstanceLocation().getNameCount() > 0
                                && error.getKeyword().equals("additionalItems"));
                yield isOfItem ? self : self.child(index);
            }
            default -> self;
        };
    }

    private static int index(Error error) {
        Object[] arguments = error.getArguments();
        return arguments != null && arguments.length > 0 && arguments[0] instanceof Integer index ? index : -1;
    }

    private String sentence(Error error, SchemaPlace rule) {
        if (error.getKeyword().equals("propertyNames") && error.getArguments()[0] instanceof Error ofName) {
            JsonNode name = ofName.getInstanceNode();
            return sentence(ofName, places.of(ofName.getSchemaLocation()), name, "the name " + Wording.json(name));
        }
        return sentence(error, rule, instance(error.getInstanceLocation()), subject(error.getInstanceLocation()));
    }

    private JsonNode instance(NodePath path) {
        JsonNode at = document;
        for (Object step : SchemaPlaces.steps(path)) {
            JsonNode next = at.isArray() && step instanceof Integer index ? at.get(index) : at.get(step.toString());
            if (next == null) {
                return MissingNode.getInstance();
            }
            at = next;
        }
        return at;
    }

    /** A value by its name, or by its number and the name of the array. */
    static String subject(NodePath path) {
        List<Object> steps = SchemaPlaces.steps(path);
        if (steps.isEmpty()) {
            return "the document";
        }
        if (!(steps.getLast() instanceof Integer index)) {
            return "property " + Wording.name(steps.getLast().toString());
        }
        Object around = steps.size() > 1 ? steps.get(steps.size() - 2) : index;
        return "item " + index + (around instanceof Integer ? "" : " of " + Wording.name(around.toString()));
    }

    private String sentence(Error error, SchemaPlace rule, JsonNode value, String subject) {
        JsonNode wanted = error.getSchemaNode();
        return switch (error.getKeyword()) {
            case "type" -> type(subject, List.of(wanted), value);
            case "enum" -> oneOf(subject, wanted.valueStream().toList(), value);
            case "const" -> subject + " must be " + Wording.json(wanted) + ", but it is " + Wording.typed(value);
            case "required" -> missing(error.getProperty(), value, subject);
            case "dependentRequired", "dependencies" -> dependency(error, value, subject);
            case "additionalProperties", "unevaluatedProperties" -> notAllowed(error, rule, value);
            case "additionalItems", "items", "unevaluatedItems" ->
                "item " + (index(error) < 0 ? "" : index(error) + " ") + "is not allowed here: "
                        + itemsAllowed(rule, subject);
            case "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf" ->
                subject + " must be " + limit(error.getKeyword(), rule) + Wording.json(wanted) + ", but it is "
                        + Wording.json(value);
            case "minLength", "maxLength" ->
                subject + " must have " + bound(error.getKeyword()) + characters(wanted) + ", but "
                        + Wording.typed(value) + " has "
                        + (value.isString()
                                ? value.stringValue()
                                        .codePointCount(0, value.stringValue().length())
                                : 0);
            case "pattern" ->
                subject + " must match the pattern " + Wording.name(wanted.asString("")) + ", but it is "
                        + Wording.typed(value);
            case "format" -> format(subject, wanted.asString(""), value);
            case "minItems", "maxItems" ->
                subject + " must have " + bound(error.getKeyword()) + counted(wanted, "item", "items") + ", but it has "
                        + value.size();
            case "minProperties", "maxProperties" ->
                subject + " must have " + bound(error.getKeyword()) + counted(wanted, "property", "properties")
                        + ", but it has " + value.size();
            case "uniqueItems" -> subject + " must not have the same item twice, but " + repetition(value);
            case "contains" -> subject + " must have an item that meets " + Wording.json(wanted) + ", but none does";
            case "minContains", "maxContains" -> contained(error, rule, subject);
            case "not" ->
                subject + " must not meet " + Wording.json(wanted) + ", but it does: it is " + Wording.typed(value);
            case "false" -> subject + " is not allowed here";
            case "anyOf", "oneOf" -> alternatives(error, rule, value, subject);
            case "contentEncoding" ->
                subject + " must be encoded as " + Wording.name(wanted.asString("")) + ", but it is "
                        + Wording.typed(value);
            case "contentMediaType" ->
                subject + " must hold a document of the type " + Wording.name(wanted.asString("")) + ", but it is "
                        + Wording.typed(value);
            default -> subject + " does not meet the rule " + Wording.name(error.getKeyword()) + " at " + rule;
        };
    }

    private static String type(String subject, List<JsonNode> types, JsonNode value) {
        String wanted = Wording.types(types);
        boolean wantsNumber = wanted.contains("a number") || wanted.contains("an integer");
        String advice = value.isString() && wantsNumber && isNumber(value.stringValue())
                ? "; write it without quotes"
                : value.isString() && wanted.contains("a boolean") && isBoolean(value.stringValue())
                        ? "; write it without quotes"
                        : "";
        return subject + " must be " + wanted + ", but it is " + Wording.typed(value) + advice;
    }

    private static boolean isNumber(String text) {
        return text.length() <= 30 && text.matches("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][-+]?[0-9]+)?");
    }

    private static boolean isBoolean(String text) {
        return text.equals("true") || text.equals("false");
    }

    private static String oneOf(String subject, List<JsonNode> values, JsonNode value) {
        String suggestion = "";
        if (value.isString()) {
            List<String> texts = values.stream()
                    .filter(JsonNode::isString)
                    .map(JsonNode::stringValue)
                    .toList();
            suggestion = Wording.suggestion(value.stringValue(), texts, false);
        }
        return values.isEmpty()
                ? subject + " can have no value at all"
                : subject + " is " + Wording.json(value) + ", which is not one of " + Wording.values(values)
                        + suggestion;
    }

    private static String missing(String name, JsonNode object, String subject) {
        String where = subject.equals("the document") ? "" : " in " + subject;
        String similar = Wording.nearest(name, object.propertyNames())
                .map(other -> "; is it what is called " + Wording.name(other) + "?")
                .orElse("");
        return "the required property " + Wording.name(name) + " is missing" + where + similar;
    }

    private static String dependency(Error error, JsonNode object, String subject) {
        String cause = error.getProperty();
        List<String> missing = new ArrayList<>();
        error.getSchemaNode().path(cause).forEach(name -> {
            if (!object.has(name.asString(""))) {
                missing.add(name.asString(""));
            }
        });
        String where = subject.equals("the document") ? "" : " in " + subject;
        return "where the property " + Wording.name(cause) + " is, " + Wording.names(missing)
                + (missing.size() == 1 ? " is" : " are") + " required too" + where;
    }

    private static String notAllowed(Error error, SchemaPlace rule, JsonNode object) {
        String name = error.getProperty();
        if (name == null) {
            return "this property is not allowed here";
        }
        JsonNode schema = rule.parent().value().orElse(MissingNode.getInstance());
        List<String> allowed = List.copyOf(schema.path("properties").propertyNames());
        List<String> patterns = List.copyOf(schema.path("patternProperties").propertyNames());
        StringBuilder sentence = new StringBuilder("the property " + Wording.name(name) + " is not allowed here");
        if (error.getKeyword().equals("unevaluatedProperties")) {
            // What is allowed is said in many places, and depends on the document.
            return sentence.append(": no schema that applies names it").toString();
        }
        if (allowed.isEmpty() && patterns.isEmpty()) {
            return sentence.append("; the object must be empty").toString();
        }
        if (!allowed.isEmpty()) {
            sentence.append("; allowed are ").append(Wording.names(allowed));
        }
        if (!patterns.isEmpty()) {
            sentence.append(allowed.isEmpty() ? "; allowed are" : " and").append(" names that match ");
            sentence.append(Wording.names(patterns));
        }
        List<String> free = allowed.stream().filter(one -> !object.has(one)).toList();
        return sentence.append(Wording.suggestion(name, free, true)).toString();
    }

    private static String itemsAllowed(SchemaPlace rule, String subject) {
        JsonNode schema = rule.parent().value().orElse(MissingNode.getInstance());
        JsonNode prefix = schema.path("prefixItems").isArray() ? schema.path("prefixItems") : schema.path("items");
        return prefix.isArray()
                ? "the array has at most " + Wording.count(prefix.size(), "item", "items")
                : "nothing in the schema of " + subject + " provides for it";
    }

    private static String limit(String keyword, SchemaPlace rule) {
        boolean isExclusive = rule.parent()
                .value()
                .map(schema -> schema.path(keyword.equals("minimum") ? "exclusiveMinimum" : "exclusiveMaximum"))
                .map(word -> word.isBoolean() && word.booleanValue())
                .orElse(false);
        return switch (keyword) {
            case "minimum" -> isExclusive ? "more than " : "at least ";
            case "maximum" -> isExclusive ? "less than " : "at most ";
            case "exclusiveMinimum" -> "more than ";
            case "exclusiveMaximum" -> "less than ";
            default -> "a multiple of ";
        };
    }

    private static String bound(String keyword) {
        return keyword.startsWith("min") ? "at least " : "at most ";
    }

    private static String characters(JsonNode count) {
        return counted(count, "character", "characters");
    }

    private static String counted(JsonNode count, String one, String many) {
        String number = Wording.json(count);
        return number + " " + (number.equals("1") ? one : many);
    }

    private static String format(String subject, String format, JsonNode value) {
        String example = Formats.example(format);
        return subject + " must be of the format '" + format + "'"
                + (example.isEmpty() ? "" : ", such as \"" + example + "\"") + ", but it is " + Wording.typed(value);
    }

    private static String repetition(JsonNode array) {
        List<JsonNode> first = new ArrayList<>();
        int compared = Math.min(array.size(), 1_000);
        for (int i = 0; i < compared; i++) {
            for (int j = 0; j < i; j++) {
                if (JsonValues.equal(array.get(i), first.get(j))) {
                    return "items " + j + " and " + i + " are both " + Wording.json(array.get(i));
                }
            }
            first.add(array.get(i));
        }
        return "it has";
    }

    private static String contained(Error error, SchemaPlace rule, String subject) {
        String keyword = error.getKeyword();
        JsonNode schema = rule.parent().value().orElse(MissingNode.getInstance());
        String count = schema.path(keyword).isNumber() ? Wording.json(schema.path(keyword)) : "1";
        return subject + " must have " + bound(keyword) + count
                + (count.equals("1") ? " item that meets " : " items that meet ") + Wording.json(error.getSchemaNode());
    }

    private String alternatives(Error error, SchemaPlace rule, JsonNode value, String subject) {
        if (!(error.getArguments()[0] instanceof NearestAlternative nearest)) {
            return subject + " does not meet " + Wording.name(error.getKeyword());
        }
        return switch (nearest.reason()) {
            case TYPES -> type(subject, nearest.wanted(), value);
            case VALUES -> oneOf(subject, distinct(nearest.wanted()), value);
            case TOO_MANY ->
                subject + " must meet exactly one of the " + nearest.alternatives() + " alternatives of " + rule
                        + ", but it meets several: "
                        + alternative(rule, nearest.wanted().get(0).asString("")) + " and "
                        + alternative(rule, nearest.wanted().get(1).asString(""));
            case NEAREST ->
                subject
                        + (nearest.alternatives() == 1
                                ? " does not meet the only alternative of "
                                : " meets none of the " + nearest.alternatives() + " alternatives of ")
                        + rule
                        + why(rule, nearest);
        };
    }

    private String why(SchemaPlace rule, NearestAlternative nearest) {
        if (nearest.told().isEmpty()) {
            return "";
        }
        Error first = nearest.told().getFirst();
        String reason = first.getKeyword().equals("anyOf") || first.getKeyword().equals("oneOf")
                ? "see below"
                : sentence(first, places.of(first.getSchemaLocation()));
        return "; the nearest is " + alternative(rule, Integer.toString(nearest.index())) + ": " + reason
                + (nearest.told().size() > 1 ? " (and " + (nearest.told().size() - 1) + " more)" : "");
    }

    /** An alternative by its place, and its title if it has one. */
    private static String alternative(SchemaPlace rule, String index) {
        SchemaPlace place = rule.child(index);
        JsonNode schema = place.value().orElse(MissingNode.getInstance());
        String title = schema.path("title").asString("");
        return place + (title.isEmpty() ? "" : " (" + Wording.name(title) + ")");
    }

    private static List<JsonNode> distinct(List<JsonNode> values) {
        List<JsonNode> distinct = new ArrayList<>();
        for (JsonNode value : values) {
            if (distinct.size() > 100 || distinct.stream().noneMatch(one -> JsonValues.equal(one, value))) {
                distinct.add(value);
            }
        }
        return distinct;
    }

    /** That a rule holds only because of an {@code if}, where it does. */
    private static String condition(Error error) {
        List<Object> steps = SchemaPlaces.steps(error.getEvaluationPath());
        String condition = "";
        for (int i = 0; i < steps.size(); i++) {
            Object step = steps.get(i);
            if (BEFORE_NAMES.contains(step)) {
                i++;
            } else if (step.equals("then")) {
                condition = "; this is wanted because the condition 'if' is met";
            } else if (step.equals("else")) {
                condition = "; this is wanted because the condition 'if' is not met";
            }
        }
        return condition;
    }
}
