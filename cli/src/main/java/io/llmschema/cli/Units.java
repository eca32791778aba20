package io.llmschema.cli;

import java.util.List;
import java.util.Locale;

/** Numbers as a person reads them. */
final class Units {
    private static final List<String> BINARY = List.of("B", "KiB", "MiB", "GiB", "TiB");

    private Units() {}

    static String count(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }

    static String bytes(long bytes) {
        double value = bytes;
        int unit = 0;
        while (value >= 1024 && unit < BINARY.size() - 1) {
            value /= 1024;
            unit++;
        }
        return unit == 0 ? bytes + " B" : String.format(Locale.ROOT, "%,.1f %s", value, BINARY.get(unit));
    }

    static String decimal(double value) {
        return String.format(Locale.ROOT, "%,.1f", value);
    }
}
