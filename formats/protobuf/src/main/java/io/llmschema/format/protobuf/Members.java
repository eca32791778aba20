package io.llmschema.format.protobuf;

import io.llmschema.format.protobuf.Declaration.Body;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is declared in one place, by kind.
 *
 * @param fields those of its oneofs too
 * @param others what is known by its name alone
 * @param oneofs by the fields in them
 * @param extendees of the fields that are extensions
 */
record Members(
        List<Declaration.Field> fields,
        List<Declaration.EnumValue> values,
        List<Declaration.Named> others,
        List<Declaration> statements,
        List<Declaration.Field> extensions,
        IdentityHashMap<Declaration, Declaration.Oneof> oneofs,
        IdentityHashMap<Declaration, String> extendees) {
    static Members of(List<Declaration> declarations) {
        Members members = new Members(
                new ArrayList<>(),
                new ArrayList<>(),
                new ArrayList<>(),
                new ArrayList<>(),
                new ArrayList<>(),
                new IdentityHashMap<>(),
                new IdentityHashMap<>());
        declarations.forEach(members::add);
        return members;
    }

    private void add(Declaration declaration) {
        switch (declaration) {
            case Declaration.Field field -> fields.add(field);
            case Declaration.EnumValue value -> values.add(value);
            case Declaration.Oneof oneof -> {
                others.add(oneof);
                addFields(oneof, oneof.body());
            }
            case Declaration.Message message -> others.add(message);
            case Declaration.Enumeration enumeration -> others.add(enumeration);
            case Declaration.Service service -> others.add(service);
            case Declaration.Method method -> others.add(method);
            case Declaration.Extend extend -> {
                statements.add(extend);
                extensions.addAll(extend.fields());
                extend.fields()
                        .forEach(field -> extendees.put(field, extend.extendee().text()));
            }
            case Declaration.Reserved reserved -> statements.add(reserved);
            case Declaration.Extensions ranges -> statements.add(ranges);
        }
    }

    private void addFields(Declaration.Oneof oneof, Body body) {
        for (Declaration.Field field : body.all(Declaration.Field.class)) {
            fields.add(field);
            oneofs.put(field, oneof);
        }
    }

    /** The oneof that a field is in; null if it is in none. */
    Declaration.@Nullable Oneof oneofOf(Declaration field) {
        return oneofs.get(field);
    }

    /** What an extension extends, as it is written. */
    String extendeeOf(Declaration.Field extension) {
        return String.valueOf(extendees.get(extension));
    }

    /** Whether something is the first value of an enum. */
    @SuppressWarnings("ReferenceEquality") // Comparing all that a value says would take as long as that is.
    boolean isFirstValue(Declaration declaration) {
        return !values.isEmpty() && values.getFirst() == declaration;
    }
}
