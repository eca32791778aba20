package io.llmschema.format.protobuf;

import java.util.List;
import java.util.stream.Collectors;

/** An option and what it is set to: {@code (my.limits).size = 3}. */
record OptionSetting(List<OptionName> name, OptionValue value) {
    Place place() {
        return name.getFirst().place();
    }

    /** Whether it is that option of the language itself. */
    boolean is(String known) {
        return name.size() == 1
                && !name.getFirst().isExtension()
                && name.getFirst().text().equals(known);
    }

    boolean isTrue() {
        return value instanceof OptionValue.Word word && word.text().equals("true");
    }

    /** The name as it is written, without blanks. */
    String writtenName() {
        return name.stream().map(OptionName::toString).collect(Collectors.joining("."));
    }

    /** Whether one of these switches that option of the language on. */
    static boolean isOn(String known, List<OptionSetting> options) {
        return options.stream().anyMatch(option -> option.is(known) && option.isTrue());
    }
}
