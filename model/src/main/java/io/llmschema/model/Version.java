package io.llmschema.model;

import io.llmschema.model.RegistryException.InvalidValue;
import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * A version number of Semantic Versioning 2.0.0.
 *
 * <p>Ordered by precedence as section 11 of the standard says; build metadata does not count there, so {@code compareTo} can be 0
 * for versions that are not equal. A subject holds at most one version of each precedence.
 *
 * @param preRelease the dot-separated identifiers after {@code -}, empty for a release
 * @param build the dot-separated identifiers after {@code +}, empty if there are none
 */
public record Version(int major, int minor, int patch, String preRelease, String build) implements Comparable<Version> {
    public static final int MAX_LENGTH = 128;

    private static final Pattern IDENTIFIERS = Pattern.compile("[0-9A-Za-z-]+(\\.[0-9A-Za-z-]+)*");
    private static final Pattern NUMERIC_WITH_LEADING_ZERO = Pattern.compile("(^|.*\\.)0[0-9]+(\\..*|$)");
    private static final Pattern FORM =
            Pattern.compile("(0|[1-9][0-9]*)\\.(0|[1-9][0-9]*)\\.(0|[1-9][0-9]*)(?:-([^+]*))?(?:\\+(.*))?");
    private static final Comparator<Version> PRECEDENCE = Comparator.comparingInt(Version::major)
            .thenComparingInt(Version::minor)
            .thenComparingInt(Version::patch)
            .thenComparing(Version::preRelease, Version::comparePreReleases);

    public Version {
        if (major < 0 || minor < 0 || patch < 0) {
            throw new InvalidValue("version", major + "." + minor + "." + patch, "numbers are not negative");
        }
        checkIdentifiers(preRelease, "pre-release");
        checkIdentifiers(build, "build");
        if (!preRelease.isEmpty()
                && NUMERIC_WITH_LEADING_ZERO.matcher(preRelease).matches()) {
            throw new InvalidValue("version", preRelease, "a numeric pre-release identifier has no leading zero");
        }
        // Three numbers alone are never too long.
        if (!preRelease.isEmpty() || !build.isEmpty()) {
            checkLength(text(major, minor, patch, preRelease, build));
        }
    }

    private static void checkIdentifiers(String identifiers, String what) {
        if (!identifiers.isEmpty() && !IDENTIFIERS.matcher(identifiers).matches()) {
            throw new InvalidValue(
                    "version",
                    identifiers,
                    "the " + what + " part is dot-separated identifiers of letters, digits and '-'");
        }
    }

    private static void checkLength(String text) {
        if (text.length() > MAX_LENGTH) {
            throw new InvalidValue("version", text, "a version has at most " + MAX_LENGTH + " characters");
        }
    }

    /** The release {@code major.minor.patch}. */
    public static Version of(int major, int minor, int patch) {
        return new Version(major, minor, patch, "", "");
    }

    /** The version written so; {@link InvalidValue} unless it is exactly the form of semver 2.0.0, numbers below 2^31. */
    public static Version parse(String text) {
        // Before the pattern, which takes its time with a long text.
        checkLength(text);
        return parseForm(text)
                .orElseThrow(() -> new InvalidValue(
                        "version",
                        text,
                        "a version has the form 1.2.3, 1.2.3-rc.1 or 1.2.3+build of Semantic Versioning 2.0.0"));
    }

    /** As {@link #parse}, but empty where that refuses. */
    public static Optional<Version> tryParse(String text) {
        try {
            // What has another form is told without an exception, which would cost more than all the rest.
            return text.length() > MAX_LENGTH ? Optional.empty() : parseForm(text);
        } catch (InvalidValue e) {
            return Optional.empty();
        }
    }

    /** Empty if the text has not the form of a version at all; {@link InvalidValue} if a part of it is not allowed. */
    private static Optional<Version> parseForm(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches() || "".equals(matcher.group(4)) || "".equals(matcher.group(5))) {
            return Optional.empty();
        }
        return Optional.of(new Version(
                number(text, matcher.group(1)),
                number(text, matcher.group(2)),
                number(text, matcher.group(3)),
                matcher.group(4) == null ? "" : matcher.group(4),
                matcher.group(5) == null ? "" : matcher.group(5)));
    }

    static int number(String text, String digits) {
        try {
            return Integer.parseInt(digits);
        } catch (NumberFormatException e) {
            throw new InvalidValue("version", text, digits + " is above " + Integer.MAX_VALUE);
        }
    }

    public boolean isPreRelease() {
        return !preRelease.isEmpty();
    }

    /** Whether both stand for the same release or its pre-releases: equal major, minor and patch. */
    public boolean hasSameCore(Version other) {
        return major == other.major && minor == other.minor && patch == other.patch;
    }

    @Override
    public int compareTo(Version other) {
        return PRECEDENCE.compare(this, other);
    }

    private static int comparePreReleases(String a, String b) {
        if (a.isEmpty() || b.isEmpty()) {
            return Boolean.compare(a.isEmpty(), b.isEmpty());
        }
        String[] left = a.split("\\.");
        String[] right = b.split("\\.");
        return IntStream.range(0, Math.min(left.length, right.length))
                .map(i -> compareIdentifiers(left[i], right[i]))
                .filter(order -> order != 0)
                .findFirst()
                .orElse(Integer.compare(left.length, right.length));
    }

    private static int compareIdentifiers(String a, String b) {
        boolean isNumericA = isNumeric(a);
        boolean isNumericB = isNumeric(b);
        if (isNumericA && isNumericB) {
            // Without leading zeros the longer number is the larger one, however many digits there are.
            return a.length() == b.length() ? a.compareTo(b) : Integer.compare(a.length(), b.length());
        }
        return isNumericA == isNumericB ? a.compareTo(b) : Boolean.compare(isNumericB, isNumericA);
    }

    /** Whether a pre-release identifier is numeric in the sense of the standard: digits only. */
    public static boolean isNumeric(String identifier) {
        return identifier.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    @Override
    public String toString() {
        return text(major, minor, patch, preRelease, build);
    }

    private static String text(int major, int minor, int patch, String preRelease, String build) {
        return major + "." + minor + "." + patch + (preRelease.isEmpty() ? "" : "-" + preRelease)
                + (build.isEmpty() ? "" : "+" + build);
    }
}
