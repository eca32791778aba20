package io.llmschema.format.protobuf;

import java.util.HashSet;
import java.util.Set;

/** What each edition of the language allows a single field to be. */
final class FieldRules {
    /** What a field belongs to. */
    enum Where {
        MESSAGE,
        ONEOF,
        EXTEND
    }

    /** Numbers that the implementations of the language keep for themselves. */
    private static final int FIRST_KEPT = 19_000;

    private static final int LAST_KEPT = 19_999;

    private final ProtoFile file;
    private final Problems problems;

    FieldRules(ProtoFile file, Problems problems) {
        this.file = file;
        this.problems = problems;
    }

    /** Whether it looks like an option but is a property of the field itself. */
    static boolean isPseudoOption(OptionSetting option) {
        return option.is("default") || option.is("json_name");
    }

    void check(Declaration.Field field, Where where) {
        checkNumber(field.number());
        checkLabel(field, where);
        checkType(field, where);
        checkPseudoOptions(field, where);
    }

    private void checkNumber(Whole number) {
        long value = number.value();
        if (value < 1 || value > Numbers.MAX_FIELD_NUMBER) {
            problems.add(number.place(), "the number of a field is at least 1 and at most " + Numbers.MAX_FIELD_NUMBER);
        } else if (value >= FIRST_KEPT && value <= LAST_KEPT) {
            problems.add(
                    number.place(),
                    "the field numbers 19000 to 19999 are kept for the implementations of the language");
        }
    }

    private void checkLabel(Declaration.Field field, Where where) {
        Declaration.Label label = field.label();
        if (label == null) {
            if (file.isProto2() && where != Where.ONEOF && !(field.type() instanceof FieldType.MapOf)) {
                problems.add(
                        field.type().place(), "in proto2 a field has a label: 'optional', 'required' or 'repeated'");
            }
            return;
        }
        if (where == Where.ONEOF) {
            problems.add(field.type().place(), "a field in a oneof has no label");
        } else if (field.type() instanceof FieldType.MapOf) {
            problems.add(field.type().place(), "a map has no label");
        } else {
            checkLabelOfEdition(field, label, where);
        }
    }

    private void checkLabelOfEdition(Declaration.Field field, Declaration.Label label, Where where) {
        Place place = field.type().place();
        switch (label) {
            case REPEATED -> {}
            case OPTIONAL -> {
                if (file.isEdition()) {
                    problems.add(
                            place, "editions have no label 'optional'; without it a field knows whether it is set");
                }
            }
            case REQUIRED -> {
                if (file.isProto3()) {
                    problems.add(place, "proto3 has no label 'required'");
                } else if (file.isEdition()) {
                    problems.add(
                            place,
                            "editions have no label 'required'; write features.field_presence = LEGACY_REQUIRED");
                } else if (where == Where.EXTEND) {
                    problems.add(place, "an extension cannot be required");
                }
            }
        }
    }

    private void checkType(Declaration.Field field, Where where) {
        switch (field.type()) {
            case FieldType.Plain _ -> {}
            case FieldType.MapOf map -> {
                if (where == Where.ONEOF) {
                    problems.add(map.place(), "a map cannot stand in a oneof");
                } else if (where == Where.EXTEND) {
                    problems.add(map.place(), "a map cannot be an extension");
                }
            }
            case FieldType.Group group -> {
                if (file.isProto3()) {
                    problems.add(group.place(), "proto3 has no groups; declare a message and a field of it");
                } else if (file.isEdition()) {
                    problems.add(
                            group.place(),
                            "editions have no groups; declare a message and write features.message_encoding ="
                                    + " DELIMITED");
                }
            }
        }
    }

    private void checkPseudoOptions(Declaration.Field field, Where where) {
        Set<String> seen = new HashSet<>();
        for (OptionSetting option : field.options()) {
            if (!isPseudoOption(option)) {
                continue;
            }
            if (!seen.add(option.writtenName())) {
                problems.add(option.place(), option.writtenName() + " is set twice");
            }
            if (option.is("default") && file.isProto3()) {
                problems.add(option.place(), "proto3 has no default values of the author's choice");
            }
            if (option.is("json_name") && where == Where.EXTEND) {
                problems.add(option.place(), "an extension has no json_name; its name in JSON is its full name");
            }
        }
    }
}
