package io.llmschema.model;

import io.llmschema.model.RegistryException.InvalidValue;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A set of versions, written as npm writes it: {@code ^1.2}, {@code ~1.2.3}, {@code 1.x}, {@code >=1.2 <2}, {@code 1.2 - 1.4},
 * {@code ^1 || ^3}.
 *
 * <p>A pre-release is a member only if its interval names a pre-release of the same major, minor and patch: who asks for
 * {@code ^1.2} does not get {@code 1.3.0-rc.1}. The grammar is that of node-semver's README, section "Ranges", but that nothing is no
 * range: who means every version writes {@code *}.
 *
 * @param text as it was written
 * @param intervals at least one; a version is a member if any of them contains it
 */
public record VersionRange(String text, List<Interval> intervals) {
    public static final int MAX_LENGTH = 256;

    private static final Pattern COMPARATOR = Pattern.compile(
            "(\\^|~|>=|<=|>|<|=)?\\s*[v=]?(0|[1-9][0-9]*|[xX*])(?:\\.(0|[1-9][0-9]*|[xX*]))?(?:\\.(0|[1-9][0-9]*|[xX*]))?(?:-([0-9A-Za-z.-]+))?(?:\\+[0-9A-Za-z.-]+)?");
    private static final Pattern OR = Pattern.compile("\\|\\|");
    private static final Pattern HYPHEN = Pattern.compile("(\\S+)\\s+-\\s+(\\S+)");

    public VersionRange {
        intervals = List.copyOf(intervals);
    }

    /**
     * The versions between two bounds.
     *
     * @param lower the lowest member, or the one just below it; absent: no bound
     * @param upper the highest member, or the one just above it; absent: no bound
     */
    public record Interval(@Nullable Bound lower, @Nullable Bound upper) {
        boolean contains(Version version) {
            if (lower != null && version.compareTo(lower.version) < (lower.isInclusive ? 0 : 1)) {
                return false;
            }
            if (upper != null && version.compareTo(upper.version) > (upper.isInclusive ? 0 : -1)) {
                return false;
            }
            return !version.isPreRelease() || namesPreReleaseOf(lower, version) || namesPreReleaseOf(upper, version);
        }

        private static boolean namesPreReleaseOf(@Nullable Bound bound, Version version) {
            return bound != null && bound.isGiven && bound.version.isPreRelease() && bound.version.hasSameCore(version);
        }

        Interval intersect(Interval other) {
            return new Interval(stricter(lower, other.lower, 1), stricter(upper, other.upper, -1));
        }

        private static @Nullable Bound stricter(@Nullable Bound a, @Nullable Bound b, int direction) {
            if (a == null || b == null) {
                return a == null ? b : a;
            }
            int order = direction * Integer.signum(a.version.compareTo(b.version));
            return order > 0 || (order == 0 && !a.isInclusive) ? a : b;
        }
    }

    /**
     * One end of an interval.
     *
     * @param isGiven whether the user wrote this version, rather than the grammar deriving it
     */
    public record Bound(Version version, boolean isInclusive, boolean isGiven) {}

    /** The range written so; {@link InvalidValue} if it is none. */
    public static VersionRange parse(String text) {
        if (text.isBlank() || text.length() > MAX_LENGTH) {
            throw invalid(text);
        }
        List<Interval> intervals = new ArrayList<>();
        for (String alternative : OR.split(text, -1)) {
            intervals.add(parseAlternative(text, alternative.strip()));
        }
        return new VersionRange(text, intervals);
    }

    private static Interval parseAlternative(String text, String alternative) {
        Matcher hyphen = HYPHEN.matcher(alternative);
        // Looked for first, since the pattern takes its time to find none.
        if (alternative.indexOf('-') >= 0 && hyphen.matches()) {
            return parseComparator(text, ">=" + hyphen.group(1))
                    .intersect(parseComparator(text, "<=" + hyphen.group(2)));
        }
        Interval interval = new Interval(null, null);
        Matcher matcher = COMPARATOR.matcher(alternative);
        int position = 0;
        while (position < alternative.length()) {
            if (!matcher.find(position)
                    || !alternative.substring(position, matcher.start()).isBlank()) {
                throw invalid(text);
            }
            interval = interval.intersect(interval(text, matcher));
            position = matcher.end();
            if (position < alternative.length() && !Character.isWhitespace(alternative.charAt(position))) {
                throw invalid(text);
            }
        }
        if (position == 0) {
            throw invalid(text);
        }
        return interval;
    }

    private static Interval parseComparator(String text, String comparator) {
        Matcher matcher = COMPARATOR.matcher(comparator);
        if (!matcher.matches()) {
            throw invalid(text);
        }
        return interval(text, matcher);
    }

    /** The interval that a comparator means, which the matcher has found. */
    private static Interval interval(String text, Matcher matcher) {
        int parts = 0;
        int[] numbers = new int[3];
        for (String part; parts < 3 && (part = matcher.group(2 + parts)) != null && !"xX*".contains(part); parts++) {
            numbers[parts] = Version.number(text, part);
        }
        String preRelease = matcher.group(5);
        if (preRelease != null && parts < 3) {
            throw invalid(text);
        }
        Version version = new Version(numbers[0], numbers[1], numbers[2], preRelease == null ? "" : preRelease, "");
        return interval(matcher.group(1) == null ? "" : matcher.group(1), version, parts);
    }

    private static Interval interval(String operator, Version v, int parts) {
        if (parts == 0) {
            // "<*" and ">*" contain nothing, any other operator before "*" everything.
            return operator.equals("<") || operator.equals(">")
                    ? new Interval(null, before(Version.of(0, 0, 0)))
                    : new Interval(null, null);
        }
        Bound from = new Bound(v, true, true);
        return switch (operator) {
            case "^" -> new Interval(from, before(afterCaret(v, parts)));
            case "~" -> new Interval(from, before(parts == 1 ? next(v, 1) : next(v, 2)));
            case ">=" -> new Interval(from, null);
            case ">" ->
                new Interval(parts == 3 ? new Bound(v, false, true) : new Bound(next(v, parts), true, false), null);
            case "<" -> new Interval(null, parts == 3 ? new Bound(v, false, true) : before(v));
            case "<=" -> new Interval(null, parts == 3 ? from : before(next(v, parts)));
            default -> new Interval(from, parts == 3 ? from : before(next(v, parts)));
        };
    }

    /** The caret allows changes right of the leftmost number that is not zero. */
    private static Version afterCaret(Version v, int parts) {
        if (v.major() > 0 || parts == 1) {
            return next(v, 1);
        }
        return v.minor() > 0 || parts == 2 ? next(v, 2) : next(v, 3);
    }

    /** The release in which the {@code part}-th number is one higher and all right of it are zero. */
    private static Version next(Version v, int part) {
        return switch (part) {
            case 1 -> Version.of(increment(v, v.major()), 0, 0);
            case 2 -> Version.of(v.major(), increment(v, v.minor()), 0);
            default -> Version.of(v.major(), v.minor(), increment(v, v.patch()));
        };
    }

    private static int increment(Version v, int number) {
        if (number == Integer.MAX_VALUE) {
            throw invalid(v.toString());
        }
        return number + 1;
    }

    /** Below every pre-release of that release too: {@code -0} is the lowest of them. */
    private static Bound before(Version release) {
        return new Bound(new Version(release.major(), release.minor(), release.patch(), "0", ""), false, false);
    }

    private static InvalidValue invalid(String text) {
        return new InvalidValue(
                "version",
                text,
                "it is neither a version such as 1.2.3, nor a range such as ^1.2, ~1.2.3, 1.x or '>=1.2 <2', nor 'latest'");
    }

    public boolean contains(Version version) {
        return intervals.stream().anyMatch(interval -> interval.contains(version));
    }

    /** Of the text alone, which ranges that are equal share; every look-up by a range needs it. */
    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return text;
    }
}
