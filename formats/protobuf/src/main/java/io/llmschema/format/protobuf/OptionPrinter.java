package io.llmschema.format.protobuf;

import com.google.protobuf.ByteString;
import java.util.List;
import java.util.stream.Collectors;

/** Writes options and their values, always in the same way. */
final class OptionPrinter {
    private OptionPrinter() {}

    /** Options in brackets after a blank; nothing if there are none. */
    static String bracketed(List<OptionSetting> options) {
        return options.isEmpty()
                ? ""
                : options.stream().map(OptionPrinter::setting).collect(Collectors.joining(", ", " [", "]"));
    }

    static String setting(OptionSetting option) {
        StringBuilder out = new StringBuilder(option.writtenName()).append(" = ");
        print(option.value(), out);
        return out.toString();
    }

    static String value(OptionValue value) {
        StringBuilder out = new StringBuilder();
        print(value, out);
        return out.toString();
    }

    static String quoted(String text) {
        return StringLiteral.quoted(ByteString.copyFromUtf8(text));
    }

    private static void print(OptionValue value, StringBuilder out) {
        switch (value) {
            case OptionValue.Word word ->
                out.append(word.isNegative() ? "-" : "").append(word.text());
            case OptionValue.Integral integral ->
                out.append(integral.isNegative() ? "-" : "").append(Long.toUnsignedString(integral.magnitude()));
            case OptionValue.Decimal decimal -> out.append(Numbers.written(decimal.value()));
            case OptionValue.Text text -> out.append(StringLiteral.quoted(text.bytes()));
            case OptionValue.Aggregate aggregate -> {
                out.append('{');
                String separator = "";
                for (OptionValue.Entry entry : aggregate.entries()) {
                    OptionName name = entry.name();
                    out.append(separator)
                            .append(name.isExtension() ? "[" + name.text() + "]" : name.text())
                            .append(": ");
                    print(entry.value(), out);
                    separator = ", ";
                }
                out.append('}');
            }
            case OptionValue.Many many -> {
                out.append('[');
                String separator = "";
                for (OptionValue one : many.values()) {
                    out.append(separator);
                    print(one, out);
                    separator = ", ";
                }
                out.append(']');
            }
        }
    }
}
