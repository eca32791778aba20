package io.llmschema.model;

import io.llmschema.model.RegistryException.InvalidValue;
import java.util.Optional;

/** A way to say which version of a subject is meant. */
public sealed interface VersionSelector {
    VersionSelector LATEST = new Latest();

    /**
     * The highest version that is ACTIVE or DEPRECATED; a pre-release only where the subject has no such release.
     *
     * <p>It is the highest by semver, not the newest in time: a patch for an old line does not become the latest.
     */
    record Latest() implements VersionSelector {
        @Override
        public String toString() {
            return "latest";
        }
    }

    /** The one version of that precedence, whatever its state. */
    record Exact(Version version) implements VersionSelector {
        @Override
        public String toString() {
            return version.toString();
        }
    }

    /** The highest version of the range that is ACTIVE or DEPRECATED. */
    record InRange(VersionRange range) implements VersionSelector {
        @Override
        public String toString() {
            return range.toString();
        }
    }

    /** The {@code ordinal}-th version that was registered, counted from 1, whatever its state. */
    record Numbered(int ordinal) implements VersionSelector {
        public Numbered {
            if (ordinal < 1) {
                throw new InvalidValue("version", ORDINAL_PREFIX + ordinal, "ordinals are counted from 1");
            }
        }

        @Override
        public String toString() {
            return ORDINAL_PREFIX + ordinal;
        }
    }

    /** What stands before the number in the text form of {@link Numbered}. */
    String ORDINAL_PREFIX = "ordinal:";

    /** The selector written so: {@code latest}, a full version, {@code ordinal:7}, or a range. */
    static VersionSelector parse(String text) {
        if (text.equals("latest")) {
            return LATEST;
        }
        if (text.startsWith(ORDINAL_PREFIX)) {
            try {
                return new Numbered(Integer.parseInt(text.substring(ORDINAL_PREFIX.length())));
            } catch (NumberFormatException e) {
                throw new InvalidValue("version", text, "after 'ordinal:' stands a whole number from 1");
            }
        }
        Optional<Version> version = Version.tryParse(text);
        return version.isPresent() ? new Exact(version.get()) : new InRange(VersionRange.parse(text));
    }
}
