package io.llmschema.format.protobuf;

import com.google.protobuf.DescriptorProtos.Edition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the fields of one message may not be to each other, and to what the message reserves. */
final class MessageRules {
    private static final String ALLOWS_CONFLICTS = "deprecated_legacy_json_field_conflicts";

    private final ProtoFile file;
    private final Problems problems;

    private MessageRules(ProtoFile file, Problems problems) {
        this.file = file;
        this.problems = problems;
    }

    /** Checks every message and enum of the file, nested ones and groups included. */
    static void checkAll(ProtoFile file, Problems problems) {
        MessageRules rules = new MessageRules(file, problems);
        file.declarations().forEach(rules::checkMember);
    }

    private void checkMember(Declaration declaration) {
        switch (declaration) {
            case Declaration.Message message -> {
                checkVisibility(message.visibility(), message.name());
                check(message.body());
            }
            case Declaration.Enumeration enumeration -> {
                checkVisibility(enumeration.visibility(), enumeration.name());
                EnumRules.check(enumeration, file, problems);
            }
            case Declaration.Oneof oneof -> {
                if (oneof.body().members().isEmpty()) {
                    problems.add(
                            oneof.name().place(),
                            "the oneof \"" + Names.shortened(oneof.name().text())
                                    + "\" has no fields; it needs at least one");
                }
                oneof.body().members().forEach(this::checkMember);
            }
            case Declaration.Extend extend -> {
                if (extend.fields().isEmpty()) {
                    problems.add(extend.extendee().place(), "this extend has no fields; it needs at least one");
                }
                extend.fields().forEach(this::checkMember);
            }
            case Declaration.Field field -> {
                if (field.type() instanceof FieldType.Group group) {
                    check(group.body());
                }
            }
            case Declaration.EnumValue _,
                    Declaration.Service _,
                    Declaration.Method _,
                    Declaration.Reserved _,
                    Declaration.Extensions _ -> {}
        }
    }

    private void checkVisibility(Declaration.@Nullable Visibility visibility, Written name) {
        if (visibility != null && file.edition().getNumber() < Edition.EDITION_2024_VALUE) {
            problems.add(name.place(), "'export' and 'local' are known from edition 2024 on");
        }
    }

    private void check(Declaration.Body body) {
        List<Declaration.Field> fields = fieldsOf(body);
        ReservedRules reserved = new ReservedRules(file, 1, Numbers.MAX_FIELD_NUMBER, problems);
        reserved.addAll(body);
        Map<Long, Declaration.Field> byNumber = new HashMap<>();
        for (Declaration.Field field : fields) {
            reserved.check(field.name(), field.number());
            Declaration.Field other = byNumber.putIfAbsent(field.number().value(), field);
            if (other != null) {
                problems.add(
                        field.number().place(),
                        "the number " + field.number().value() + " is already used by \""
                                + Names.shortened(other.name().text()) + "\" on "
                                + other.number().place());
            }
        }
        checkJsonNames(fields, OptionSetting.isOn(ALLOWS_CONFLICTS, body.options()));
        body.members().forEach(this::checkMember);
    }

    private static List<Declaration.Field> fieldsOf(Declaration.Body body) {
        List<Declaration.Field> fields = new ArrayList<>();
        for (Declaration member : body.members()) {
            if (member instanceof Declaration.Field field) {
                fields.add(field);
            } else if (member instanceof Declaration.Oneof oneof) {
                fields.addAll(oneof.body().all(Declaration.Field.class));
            }
        }
        return fields;
    }

    /** A JSON name that the author chose, or derived from the name of a field. */
    private record JsonName(String text, boolean isChosen, Declaration.Field field) {
        static JsonName of(Declaration.Field field) {
            for (OptionSetting option : field.options()) {
                if (option.is("json_name") && option.value() instanceof OptionValue.Text text) {
                    return new JsonName(text.bytes().toStringUtf8(), true, field);
                }
            }
            return new JsonName(Names.json(field.name().text()), false, field);
        }
    }

    private void checkJsonNames(List<Declaration.Field> fields, boolean allowsConflicts) {
        Map<String, JsonName> byText = new HashMap<>();
        for (Declaration.Field field : fields) {
            JsonName name = JsonName.of(field);
            Place place = field.name().place();
            if (name.text.indexOf('\0') >= 0) {
                problems.add(place, "a json_name may not contain the character U+0000");
            }
            if (name.text.startsWith("[") && name.text.endsWith("]")) {
                problems.add(place, "a json_name in brackets would be taken for an extension");
            }
            JsonName other = byText.putIfAbsent(name.text, name);
            if (other == null || field.name().text().equals(other.field.name().text())) {
                continue;
            }
            boolean isByChoice = name.isChosen || other.isChosen;
            if (isByChoice || (!file.isProto2() && !allowsConflicts)) {
                problems.add(
                        place,
                        "in JSON this field is called \"" + Names.shortened(name.text) + "\", like the field \""
                                + Names.shortened(other.field.name().text()) + "\" on "
                                + other.field.name().place() + "; rename one, or give it another json_name");
            }
        }
    }
}
