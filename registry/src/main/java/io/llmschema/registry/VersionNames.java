package io.llmschema.registry;

import io.llmschema.model.ChangeClass;
import io.llmschema.model.RegistryException.VersionTooLow;
import io.llmschema.model.RegistryException.VersionsExhausted;
import io.llmschema.model.Subject;
import io.llmschema.model.Version;
import java.util.Comparator;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which number a change deserves: breaking raises the major one, additive the minor one, words and order the patch.
 *
 * <p>Below 1.0.0 everything is one place lower, as Semantic Versioning (section 4) leaves it open and ranges such as {@code ^0.2.0} read it:
 * breaking raises the minor number, all else the patch. A pre-release promises nothing: after it comes its own release, whatever the change.
 */
final class VersionNames {
    private static final Version FIRST = Version.of(1, 0, 0);
    private static final Comparator<Version> BY_CORE = Comparator.comparingInt(Version::major)
            .thenComparingInt(Version::minor)
            .thenComparingInt(Version::patch);

    private VersionNames() {}

    /**
     * The number for a version that was given none.
     *
     * @param base the version that it is compared with; absent: there is none
     * @param highest that the subject ever had; absent: it never had any
     */
    static Version next(Subject subject, @Nullable Version base, @Nullable Version highest, ChangeClass change) {
        if (highest == null) {
            return FIRST;
        }
        Version deserved = raised(base == null ? highest : base, change).orElse(null);
        if (deserved != null && deserved.compareTo(highest) > 0) {
            return deserved;
        }
        // Numbers are never used twice, so it goes on from the highest there ever was.
        return raised(highest, change).orElseThrow(() -> new VersionsExhausted(subject, highest));
    }

    /** @throws VersionTooLow the wanted number says less than the change is */
    static void check(Version wanted, Version base, ChangeClass change) {
        // A number that there is no room for cannot be asked for.
        raised(base, change)
                .filter(deserved -> BY_CORE.compare(wanted, deserved) < 0)
                .ifPresent(deserved -> {
                    throw new VersionTooLow(wanted, base, change, deserved);
                });
    }

    /** The lowest release that a change deserves after a version; empty if there is no room for it. */
    private static Optional<Version> raised(Version base, ChangeClass change) {
        if (base.isPreRelease()) {
            return Optional.of(Version.of(base.major(), base.minor(), base.patch()));
        }
        return switch (change) {
            case BREAKING -> base.major() == 0 ? minor(base) : major(base);
            case ADDITIVE -> base.major() == 0 ? patch(base) : minor(base);
            case NONE, ORDER, WORDS -> patch(base);
        };
    }

    private static Optional<Version> major(Version base) {
        return hasRoom(base.major()) ? Optional.of(Version.of(base.major() + 1, 0, 0)) : Optional.empty();
    }

    private static Optional<Version> minor(Version base) {
        return hasRoom(base.minor()) ? Optional.of(Version.of(base.major(), base.minor() + 1, 0)) : Optional.empty();
    }

    private static Optional<Version> patch(Version base) {
        return hasRoom(base.patch())
                ? Optional.of(Version.of(base.major(), base.minor(), base.patch() + 1))
                : Optional.empty();
    }

    private static boolean hasRoom(int number) {
        return number < Integer.MAX_VALUE;
    }
}
