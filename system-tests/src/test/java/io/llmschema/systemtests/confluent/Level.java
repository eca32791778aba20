package io.llmschema.systemtests.confluent;

import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The release of Confluent's registry that a server answers like, such as 7.9. */
record Level(int major, int minor) implements Comparable<Level> {
    /** What our server answers like by itself. */
    static final Level DEFAULT = new Level(7, 9);

    private static final Pattern FORM = Pattern.compile("([0-9]{1,3})\\.([0-9]{1,3})");
    private static final Comparator<Level> ORDER =
            Comparator.comparingInt(Level::major).thenComparingInt(Level::minor);

    static Level parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw new IllegalArgumentException("'" + text + "' is not a level; one is 7.9");
        }
        return new Level(Integer.parseInt(form.group(1)), Integer.parseInt(form.group(2)));
    }

    @Override
    public int compareTo(Level other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return major + "." + minor;
    }
}
