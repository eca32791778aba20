package io.llmschema.format.protobuf;

import com.google.protobuf.Descriptors.GenericDescriptor;

/** Enters the names that a file declares into its scopes, and reports those that are taken or too long. */
final class Declarer {
    private final Problems problems;

    private Declarer(Problems problems) {
        this.problems = problems;
    }

    static void declareAll(ProtoFile file, Symbol ownPackage, Problems problems) {
        Declarer declarer = new Declarer(problems);
        for (Declaration declaration : file.declarations()) {
            declarer.declare(declaration, ownPackage);
        }
    }

    private void declare(Declaration declaration, Symbol scope) {
        switch (declaration) {
            case Declaration.Message message ->
                declareMembers(message.body(), enter(scope, Symbol.Kind.MESSAGE, message.name()));
            case Declaration.Enumeration enumeration -> {
                enter(scope, Symbol.Kind.ENUM, enumeration.name());
                // An enum opens no scope of its own: as in C++, its values stand beside it.
                declareMembers(enumeration.body(), scope);
            }
            case Declaration.Service service ->
                declareMembers(service.body(), enter(scope, Symbol.Kind.SERVICE, service.name()));
            case Declaration.Oneof oneof -> {
                enter(scope, Symbol.Kind.MEMBER, oneof.name());
                declareMembers(oneof.body(), scope);
            }
            case Declaration.Extend extend ->
                extend.fields().forEach(field -> declareField(field, scope, Symbol.Kind.EXTENSION));
            case Declaration.Field field -> declareField(field, scope, Symbol.Kind.MEMBER);
            case Declaration.EnumValue value -> enter(scope, Symbol.Kind.MEMBER, value.name());
            case Declaration.Method method -> enter(scope, Symbol.Kind.MEMBER, method.name());
            case Declaration.Reserved _, Declaration.Extensions _ -> {}
        }
    }

    private void declareMembers(Declaration.Body body, Symbol scope) {
        for (Declaration member : body.members()) {
            declare(member, scope);
        }
    }

    private void declareField(Declaration.Field field, Symbol scope, Symbol.Kind kind) {
        enter(scope, kind, field.name());
        switch (field.type()) {
            case FieldType.Group group -> declareMembers(group.body(), enter(scope, Symbol.Kind.MESSAGE, group.name()));
            case FieldType.MapOf _ ->
                enter(
                        scope,
                        Symbol.Kind.MESSAGE,
                        new Written(
                                Names.mapEntry(field.name().text()),
                                field.name().place()));
            case FieldType.Plain _ -> {}
        }
    }

    private Symbol enter(Symbol scope, Symbol.Kind kind, Written name) {
        if (scope.fullName().length() + name.text().length() >= Names.MAX_FULL_NAME) {
            problems.add(
                    name.place(),
                    "a full name, with the names around it, may have at most " + Names.MAX_FULL_NAME + " characters");
        }
        Symbol taken = scope.child(name.text());
        if (taken != null) {
            problems.add(name.place(), alreadyDeclared(name.text(), taken));
            return taken;
        }
        return scope.declare(kind, name);
    }

    private static String alreadyDeclared(String name, Symbol taken) {
        Place place = taken.place();
        GenericDescriptor imported = taken.imported();
        String where = place != null
                ? "on " + place
                : imported != null ? "in the imported \"" + imported.getFile().getFullName() + "\"" : "by a package";
        return "\"" + Names.shortened(name) + "\" is already declared " + where + " as " + taken.shownKind();
    }
}
