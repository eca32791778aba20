package io.llmschema.format.protobuf;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** One thing that a file, message, enum or service declares, as its author wrote it. */
sealed interface Declaration {
    /** The lines of the comment above it; empty if there is none. */
    List<String> documentation();

    /** A declaration that gives something a name. */
    sealed interface Named extends Declaration {
        Written name();
    }

    record Message(List<String> documentation, @Nullable Visibility visibility, Written name, Body body)
            implements Named {}

    record Enumeration(List<String> documentation, @Nullable Visibility visibility, Written name, Body body)
            implements Named {}

    record EnumValue(List<String> documentation, Written name, Whole number, List<OptionSetting> options)
            implements Named {}

    record Service(List<String> documentation, Written name, Body body) implements Named {}

    record Method(List<String> documentation, Written name, Payload input, Payload output, List<OptionSetting> options)
            implements Named {}

    /**
     * A field of a message, or an extension of one.
     *
     * @param name of a group: the field's, in lower case; the message's is in {@link FieldType.Group}
     */
    record Field(
            List<String> documentation,
            @Nullable Label label,
            FieldType type,
            Written name,
            Whole number,
            List<OptionSetting> options)
            implements Named {}

    record Oneof(List<String> documentation, Written name, Body body) implements Named {}

    /** Extensions of a message that is declared elsewhere. */
    record Extend(List<String> documentation, Written extendee, List<Field> fields) implements Declaration {}

    /** Numbers or names that may not be used; one of the lists is empty. */
    record Reserved(List<String> documentation, List<Range> ranges, List<ReservedName> names) implements Declaration {}

    /** Numbers that others may use for extensions. */
    record Extensions(List<String> documentation, List<Range> ranges, List<OptionSetting> options, Place place)
            implements Declaration {}

    /** What stands between the braces of a declaration, its options apart. */
    record Body(List<OptionSetting> options, List<Declaration> members) {
        /** The members of one kind, in the author's order. */
        <D extends Declaration> List<D> all(Class<D> kind) {
            return members.stream().filter(kind::isInstance).map(kind::cast).toList();
        }
    }

    /** What a method takes or answers: one message, or a stream of them. */
    record Payload(boolean isStream, Written type) {}

    /** Numbers from one to another, both included. */
    record Range(Whole start, Whole end) {}

    /** A name that may not be used: quoted up to proto3, bare in editions. */
    record ReservedName(Written name, boolean isQuoted) {}

    enum Label {
        OPTIONAL,
        REQUIRED,
        REPEATED
    }

    enum Visibility {
        EXPORT,
        LOCAL
    }
}
