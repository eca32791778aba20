package io.llmschema.format.avro;

import io.llmschema.format.ReferencedSchema;
import io.llmschema.format.SchemaFormat;
import io.llmschema.format.SchemaSource;
import io.llmschema.json.Pointer;
import io.llmschema.model.Violation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Says whether the defaults of fields fit their types, by the library's rules; and whether they keep within bounds.
 *
 * <p>A default leaves out what has a default itself: <code>{}</code> may stand for a record of records. The library works out all of it each time, which
 * doubles with every record that holds another one twice, so that thirty of them in a few kilobytes take it minutes. Here each field
 * is looked at once, so that the library may look at what is left.
 *
 * <p>Recursive, since the depth of texts is bounded and records are looked at after those that they use.
 */
final class DefaultCheck {
    /** The most values that a default may stand for. Whoever reads with the schema makes all of them. */
    static final long MAX_VALUES = 100_000;

    private static final long TOO_MANY = MAX_VALUES + 1;
    private static final long MISFIT = -1;

    private final IdentityHashMap<JsonNode, Spot> definitions = new IdentityHashMap<>();
    private final Map<String, Spot> definitionsByName = new HashMap<>();

    /** How many values the defaults of fields stand for. While one is being worked out, too many: if it is asked for then, it has no end. */
    private final IdentityHashMap<JsonNode, Long> sizes = new IdentityHashMap<>();

    private DefaultCheck() {}

    /** @param source one that is right but for its defaults */
    static List<Violation> violations(SchemaSource source) {
        DefaultCheck check = new DefaultCheck();
        Set<String> known = new HashSet<>();
        for (ReferencedSchema reference : source.references()) {
            known.addAll(check.add(TypeNames.in(reference.content(), known))
                    .definitions()
                    .keySet());
        }
        return check.over(check.add(TypeNames.in(source.content(), known)));
    }

    private TypeNames add(TypeNames names) {
        definitionsByName.putAll(names.definitions());
        names.forEach((type, name) -> definitions.put(type, definitionsByName.get(name)));
        return names;
    }

    private List<Violation> over(TypeNames names) {
        List<Violation> violations = new ArrayList<>();
        for (Spot record : names.records()) {
            Spot fields = record.child("fields");
            for (int i = 0; i < fields.node().size(); i++) {
                if (fields.node().get(i).has("default") && violations.size() < SchemaFormat.MAX_VIOLATIONS) {
                    violation(fields.child(i)).ifPresent(violations::add);
                }
            }
        }
        return violations;
    }

    private Optional<Violation> violation(Spot field) {
        long size = sizeOfDefault(field.node());
        Pointer at = field.at().child("default");
        String subject =
                "the default of the field '" + field.node().path("name").stringValue("") + "' ";
        if (size == MISFIT) {
            return Optional.of(Violation.atPointer(at.toString(), subject + "does not fit its type"));
        }
        return size <= MAX_VALUES
                ? Optional.empty()
                : Optional.of(Violation.atPointer(
                        at.toString(),
                        subject + "stands, with the defaults of what it leaves out, for more than " + MAX_VALUES
                                + " values"));
    }

    private long sizeOfDefault(JsonNode field) {
        Long known = sizes.putIfAbsent(field, TOO_MANY);
        if (known != null) {
            return known;
        }
        long size = size(field.required("type"), field.required("default"));
        sizes.put(field, size);
        return size;
    }

    /** How many values a default stands for; {@link #MISFIT} if it is none of the type. */
    private long size(JsonNode type, JsonNode value) {
        if (type.isArray()) {
            return type.valueStream()
                    .mapToLong(branch -> size(branch, value))
                    .filter(size -> size != MISFIT)
                    .findFirst()
                    .orElse(MISFIT);
        }
        Spot definition = definitions.get(type);
        JsonNode defined = definition == null ? type : definition.node();
        String kind = defined.isObject() ? defined.path("type").stringValue("") : defined.stringValue("");
        return switch (kind) {
            case "record", "error" -> record(defined.required("fields"), value);
            case "array" -> value.isArray() ? parts(defined.required("items"), value) : MISFIT;
            case "map" -> value.isObject() ? parts(defined.required("values"), value) : MISFIT;
            default -> fits(kind, value) ? 1 : MISFIT;
        };
    }

    private static boolean fits(String kind, JsonNode value) {
        return switch (kind) {
            case "null" -> value.isNull();
            case "boolean" -> value.isBoolean();
            case "int" -> value.isIntegralNumber() && value.canConvertToInt();
            case "long" -> value.isIntegralNumber() && value.canConvertToLong();
            case "float", "double" -> value.isNumber();
            // A text: of bytes, of a symbol, of a fixed.
            default -> value.isString();
        };
    }

    private long parts(JsonNode type, JsonNode values) {
        long size = 1;
        for (JsonNode value : values) {
            if (size == TOO_MANY) {
                break;
            }
            long part = size(type, value);
            if (part == MISFIT) {
                return MISFIT;
            }
            size = Math.min(size + part, TOO_MANY);
        }
        return size;
    }

    private long record(JsonNode fields, JsonNode value) {
        if (!value.isObject()) {
            return MISFIT;
        }
        long size = 1;
        for (JsonNode field : fields) {
            if (size == TOO_MANY) {
                break;
            }
            long part = part(field, value.get(field.path("name").stringValue("")));
            if (part == MISFIT) {
                return MISFIT;
            }
            size = Math.min(size + part, TOO_MANY);
        }
        return size;
    }

    private long part(JsonNode field, @Nullable JsonNode value) {
        if (value != null) {
            return size(field.required("type"), value);
        }
        // One that does not fit is told where it stands.
        return field.has("default") ? Math.max(1, sizeOfDefault(field)) : MISFIT;
    }
}
