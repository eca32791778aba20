package io.llmschema.format.protobuf;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.GenericDescriptor;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Something with a name, in this file or in one that it imports; and the names inside it. */
final class Symbol {
    enum Kind {
        PACKAGE,
        MESSAGE,
        ENUM,
        SERVICE,
        EXTENSION,
        /** A field, a oneof, a method or an enum value: nothing that another declaration can refer to. */
        MEMBER
    }

    private final Kind kind;
    private final String fullName;
    private final @Nullable Symbol parent;
    private final @Nullable Place place;
    private final @Nullable GenericDescriptor imported;
    private final boolean isForOptionsOnly;
    private final Map<String, Symbol> children = new HashMap<>();

    private Symbol(
            Kind kind,
            String fullName,
            @Nullable Symbol parent,
            @Nullable Place place,
            @Nullable GenericDescriptor imported,
            boolean isForOptionsOnly) {
        this.kind = kind;
        this.fullName = fullName;
        this.parent = parent;
        this.place = place;
        this.imported = imported;
        this.isForOptionsOnly = isForOptionsOnly;
    }

    static Symbol rootPackage() {
        return new Symbol(Kind.PACKAGE, "", null, null, null, false);
    }

    Symbol packageIn(String name) {
        return children.computeIfAbsent(name, _ -> new Symbol(Kind.PACKAGE, fullNameOf(name), this, null, null, false));
    }

    /** Declares something of this file in here. The caller has seen to it that the name is free. */
    Symbol declare(Kind kind, Written name) {
        Symbol symbol = new Symbol(kind, fullNameOf(name.text()), this, name.place(), null, false);
        children.put(name.text(), symbol);
        return symbol;
    }

    /** Makes something imported visible in here, unless the name is taken. */
    void show(Kind kind, String name, GenericDescriptor imported, boolean isForOptionsOnly) {
        children.putIfAbsent(name, new Symbol(kind, imported.getFullName(), this, null, imported, isForOptionsOnly));
    }

    @Nullable
    Symbol child(String name) {
        Symbol child = children.get(name);
        if (child == null && imported instanceof Descriptor message) {
            child = childOf(message, name);
            if (child != null) {
                children.put(name, child);
            }
        }
        return child;
    }

    private @Nullable Symbol childOf(Descriptor message, String name) {
        Descriptor nested = message.findNestedTypeByName(name);
        if (nested != null) {
            return new Symbol(Kind.MESSAGE, nested.getFullName(), this, null, nested, isForOptionsOnly);
        }
        EnumDescriptor nestedEnum = message.findEnumTypeByName(name);
        if (nestedEnum != null) {
            return new Symbol(Kind.ENUM, nestedEnum.getFullName(), this, null, nestedEnum, isForOptionsOnly);
        }
        for (FieldDescriptor extension : message.getExtensions()) {
            if (extension.getName().equals(name)) {
                return new Symbol(Kind.EXTENSION, extension.getFullName(), this, null, extension, isForOptionsOnly);
            }
        }
        return null;
    }

    private String fullNameOf(String name) {
        return fullName.isEmpty() ? name : fullName + "." + name;
    }

    Kind kind() {
        return kind;
    }

    String fullName() {
        return fullName;
    }

    @Nullable
    Symbol parent() {
        return parent;
    }

    /** Where it is declared, if that is in this file. */
    @Nullable
    Place place() {
        return place;
    }

    /** What it is, if it is imported. */
    @Nullable
    GenericDescriptor imported() {
        return imported;
    }

    /** Whether it comes from an {@code import option}. */
    boolean isForOptionsOnly() {
        return isForOptionsOnly;
    }

    boolean isType() {
        return kind == Kind.MESSAGE || kind == Kind.ENUM;
    }

    /** Whether names can be looked up in it. */
    boolean isScope() {
        return isType() || kind == Kind.PACKAGE || kind == Kind.SERVICE;
    }

    /** What a sentence calls it. */
    String shownKind() {
        return switch (kind) {
            case PACKAGE -> "a package";
            case MESSAGE -> "a message";
            case ENUM -> "an enum";
            case SERVICE -> "a service";
            case EXTENSION -> "an extension";
            case MEMBER -> "a field, oneof, method or enum value";
        };
    }
}
