package io.llmschema.format.protobuf;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What the values of one enum may not be to each other, and to what the enum reserves. */
final class EnumRules {
    private static final String ALLOWS_CONFLICTS = "deprecated_legacy_json_field_conflicts";

    private EnumRules() {}

    static void check(Declaration.Enumeration enumeration, ProtoFile file, Problems problems) {
        List<Declaration.EnumValue> values = enumeration.body().all(Declaration.EnumValue.class);
        List<OptionSetting> options = enumeration.body().options();
        if (values.isEmpty()) {
            problems.add(
                    enumeration.name().place(),
                    "the enum \"" + Names.shortened(enumeration.name().text())
                            + "\" has no values; it needs at least one");
            return;
        }
        ReservedRules reserved = new ReservedRules(file, Integer.MIN_VALUE, Integer.MAX_VALUE, problems);
        reserved.addAll(enumeration.body());
        Map<Long, Declaration.EnumValue> byNumber = new HashMap<>();
        boolean hasAliases = false;
        boolean allowsAliases = OptionSetting.isOn("allow_alias", options);
        for (Declaration.EnumValue value : values) {
            reserved.check(value.name(), value.number());
            checkNumber(value.number(), problems);
            Declaration.EnumValue other = byNumber.putIfAbsent(value.number().value(), value);
            hasAliases |= other != null;
            if (other != null && !allowsAliases) {
                problems.add(
                        value.number().place(),
                        "the number " + value.number().value() + " is already used by \""
                                + Names.shortened(other.name().text())
                                + "\"; if both names are meant, set option allow_alias = true");
            }
        }
        if (allowsAliases && !hasAliases) {
            problems.add(enumeration.name().place(), "allow_alias is set, but no two values have the same number");
        }
        if (!file.isProto2() && !OptionSetting.isOn(ALLOWS_CONFLICTS, options)) {
            checkStrippedNames(enumeration, values, problems);
        }
    }

    private static void checkNumber(Whole number, Problems problems) {
        if (number.value() != (int) number.value()) {
            problems.add(
                    number.place(),
                    "the number of an enum value is at least " + Integer.MIN_VALUE + " and at most "
                            + Integer.MAX_VALUE);
        }
    }

    /** Several languages strip the name of the enum from its values; what is left has to differ. */
    private static void checkStrippedNames(
            Declaration.Enumeration enumeration, List<Declaration.EnumValue> values, Problems problems) {
        Map<String, Declaration.EnumValue> byStripped = new HashMap<>();
        for (Declaration.EnumValue value : values) {
            String stripped = Names.withoutEnumPrefix(
                    enumeration.name().text(), value.name().text());
            Declaration.EnumValue other = byStripped.putIfAbsent(stripped, value);
            boolean clashes = other != null
                    && !other.name().text().equals(value.name().text())
                    && other.number().value() != value.number().value();
            if (clashes) {
                problems.add(
                        value.name().place(),
                        "without letter case and the name of the enum, \""
                                + Names.shortened(value.name().text()) + "\" is the same as \""
                                + Names.shortened(other.name().text()) + "\"");
            }
        }
    }
}
