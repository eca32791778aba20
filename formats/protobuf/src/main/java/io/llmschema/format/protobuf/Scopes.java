package io.llmschema.format.protobuf;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.Descriptors.GenericDescriptor;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Every name that a file can use: its own and those it imports, as a tree.
 *
 * <p>Names are looked up the way C++ does, from the innermost scope outwards: the first scope that knows the first part of a
 * dotted name decides about the rest of it. The tree is walked by single names, so that a lookup costs no more than the depth of
 * the place, whatever the length of the names.
 */
final class Scopes {
    private final Symbol root = Symbol.rootPackage();
    private final Symbol ownPackage;
    private final Imports imports;

    Scopes(ProtoFile file, Imports imports) {
        this.imports = imports;
        this.ownPackage = packageOf(file.packageText());
        imports.visible().forEach(imported -> show(imported, false));
        imports.visibleToOptions().forEach(imported -> show(imported, true));
    }

    private Symbol packageOf(String name) {
        Symbol symbol = root;
        if (!name.isEmpty()) {
            for (String part : name.split("\\.")) {
                symbol = symbol.packageIn(part);
            }
        }
        return symbol;
    }

    private void show(FileDescriptor file, boolean isForOptionsOnly) {
        Symbol in = packageOf(file.getPackage());
        for (Descriptor message : file.getMessageTypes()) {
            in.show(Symbol.Kind.MESSAGE, message.getName(), message, isForOptionsOnly);
        }
        for (EnumDescriptor enumeration : file.getEnumTypes()) {
            in.show(Symbol.Kind.ENUM, enumeration.getName(), enumeration, isForOptionsOnly);
            for (EnumValueDescriptor value : enumeration.getValues()) {
                in.show(Symbol.Kind.MEMBER, value.getName(), value, isForOptionsOnly);
            }
        }
        for (FieldDescriptor extension : file.getExtensions()) {
            in.show(Symbol.Kind.EXTENSION, extension.getName(), extension, isForOptionsOnly);
        }
        for (ServiceDescriptor service : file.getServices()) {
            in.show(Symbol.Kind.SERVICE, service.getName(), service, isForOptionsOnly);
        }
    }

    /** The package of the file itself. */
    Symbol ownPackage() {
        return ownPackage;
    }

    /** The message or enum of that name, seen from a scope. */
    Optional<Symbol> type(Symbol scope, String name) {
        return lookUp(scope, name, true);
    }

    /** Whatever has that name, seen from a scope. */
    Optional<Symbol> anything(Symbol scope, String name) {
        return lookUp(scope, name, false);
    }

    private Optional<Symbol> lookUp(Symbol from, String name, boolean isType) {
        if (name.startsWith(".")) {
            return Optional.ofNullable(below(root, name, 1));
        }
        int dot = name.indexOf('.');
        String first = dot < 0 ? name : name.substring(0, dot);
        for (Symbol scope = from; scope != null; scope = scope.parent()) {
            Symbol found = scope.child(first);
            if (found == null) {
                continue;
            }
            if (dot < 0 && (!isType || found.isType())) {
                return Optional.of(found);
            }
            if (dot >= 0 && found.isScope()) {
                return Optional.ofNullable(below(found, name, dot + 1));
            }
        }
        return Optional.empty();
    }

    private static @Nullable Symbol below(Symbol symbol, String name, int from) {
        Symbol at = symbol;
        while (at != null && from <= name.length()) {
            int dot = name.indexOf('.', from);
            int end = dot < 0 ? name.length() : dot;
            at = at.child(name.substring(from, end));
            from = end + 1;
        }
        return at;
    }

    /** Where this file declares that full name, if it does. */
    Optional<Place> placeOf(String fullName) {
        Symbol symbol = below(root, fullName, 0);
        int dot = fullName.lastIndexOf('.');
        if (symbol == null && dot > 0) {
            // Descriptors count the values of an enum among its members; here they stand beside it, as in C++.
            Symbol around = below(root, fullName.substring(0, dot), 0);
            Symbol beside = around == null || around.parent() == null ? null : around.parent();
            symbol = beside == null ? around : beside.child(fullName.substring(dot + 1));
        }
        return Optional.ofNullable(symbol).map(Symbol::place);
    }

    /** Why a name was not found, as a sentence. */
    String notDefined(Symbol scope, String name) {
        String bare = name.startsWith(".") ? name.substring(1) : name;
        for (FileDescriptor hidden : imports.hidden()) {
            for (Symbol in = scope; in != null; in = in.parent()) {
                if (in.kind() == Symbol.Kind.PACKAGE) {
                    String fullName = in.fullName().isEmpty() ? bare : in.fullName() + "." + bare;
                    if (declares(hidden, fullName)) {
                        return "\"" + name + "\" is declared in \"" + hidden.getFullName()
                                + "\", which is not imported; import it here, or import it publicly in between";
                    }
                }
            }
        }
        return "\"" + Names.shortened(name) + "\" is not defined here or in an imported file";
    }

    private static boolean declares(FileDescriptor file, String fullName) {
        String prefix = file.getPackage().isEmpty() ? "" : file.getPackage() + ".";
        if (!fullName.startsWith(prefix)) {
            return false;
        }
        String[] parts = fullName.substring(prefix.length()).split("\\.");
        GenericDescriptor at = parts.length > 1 ? file.findMessageTypeByName(parts[0]) : topLevel(file, parts[0]);
        for (int i = 1; i < parts.length && at instanceof Descriptor message; i++) {
            GenericDescriptor nested = message.findNestedTypeByName(parts[i]);
            at = nested != null ? nested : message.findEnumTypeByName(parts[i]);
        }
        return at != null;
    }

    private static @Nullable GenericDescriptor topLevel(FileDescriptor file, String name) {
        GenericDescriptor message = file.findMessageTypeByName(name);
        if (message != null) {
            return message;
        }
        GenericDescriptor enumeration = file.findEnumTypeByName(name);
        return enumeration != null ? enumeration : file.findExtensionByName(name);
    }
}
