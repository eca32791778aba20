package io.llmschema.format.protobuf;

import com.google.protobuf.ByteString;
import java.util.List;

/** What an option is set to, before it is known which type it has to have. */
sealed interface OptionValue {
    Place place();

    /** A name: of an enum value, {@code true}, {@code inf} and so on. Only {@code inf} and {@code nan} may be negative. */
    record Word(Place place, boolean isNegative, String text) implements OptionValue {}

    /** A whole number. The magnitude has 64 bits and no sign. */
    record Integral(Place place, boolean isNegative, long magnitude) implements OptionValue {}

    /** A number with a point or an exponent, or one that is too large to be {@link Integral}. */
    record Decimal(Place place, double value) implements OptionValue {}

    /** One or more strings in a row. */
    record Text(Place place, ByteString bytes) implements OptionValue {}

    /** A message: fields in braces. */
    record Aggregate(Place place, List<Entry> entries) implements OptionValue {}

    /** Values in brackets, for a repeated field of an aggregate. */
    record Many(Place place, List<OptionValue> values) implements OptionValue {}

    /** One field of an aggregate. The name of an {@code Any} in brackets contains a slash. */
    record Entry(OptionName name, OptionValue value) {}
}
