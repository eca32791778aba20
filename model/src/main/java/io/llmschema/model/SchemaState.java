package io.llmschema.model;

import io.llmschema.model.RegistryException.InvalidValue;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Where a version, or a whole subject, stands in its life. Soft deletion is not a state: it stands beside it. */
public sealed interface SchemaState {
    /** Being written: found by its exact version only, never as {@code latest} nor through a range. */
    record Draft() implements SchemaState {}

    /** For use. */
    record Active() implements SchemaState {}

    /**
     * Still for use, but on its way out.
     *
     * @param reason why, in words for its users; 1 to {@value #MAX_REASON_LENGTH} characters
     * @param sunset the day after which it may be archived, if one is set
     * @param replacement what to use instead, if there is anything: a subject, or a subject and version, in the owner's words
     * @param since when it became so, to the microsecond, if that is known
     */
    record Deprecated(
            String reason,
            @Nullable LocalDate sunset,
            @Nullable String replacement,
            @Nullable Instant since) implements SchemaState {
        public static final int MAX_REASON_LENGTH = 1_000;

        /** One of which it is not known since when. */
        public Deprecated(String reason, @Nullable LocalDate sunset, @Nullable String replacement) {
            this(reason, sunset, replacement, null);
        }

        /** The same, of which it is known since when. */
        public Deprecated since(Instant time) {
            return new Deprecated(reason, sunset, replacement, time);
        }

        public Deprecated {
            since = since == null ? null : since.truncatedTo(ChronoUnit.MICROS);
            Text.check("reason", reason, 1, MAX_REASON_LENGTH);
            if (replacement != null) {
                Text.check("replacement", replacement, 1, MAX_REASON_LENGTH);
            }
        }
    }

    /** Out of use: kept for ever and found by its exact version, never as {@code latest} nor through a range. */
    record Archived() implements SchemaState {}

    /** The state without its details. */
    default Stage stage() {
        return switch (this) {
            case Draft _ -> Stage.DRAFT;
            case Active _ -> Stage.ACTIVE;
            case Deprecated _ -> Stage.DEPRECATED;
            case Archived _ -> Stage.ARCHIVED;
        };
    }

    /** The name of a state, and the table of which may follow which. */
    enum Stage {
        DRAFT,
        ACTIVE,
        DEPRECATED,
        ARCHIVED;

        /**
         * The stages that may follow this one. A stage is left for itself only where it has details to change. Nothing becomes a
         * draft again, because others may have used it; what was archived comes back only as deprecated.
         */
        public Set<Stage> next() {
            return switch (this) {
                case DRAFT -> EnumSet.of(ACTIVE, ARCHIVED);
                case ACTIVE -> EnumSet.of(DEPRECATED, ARCHIVED);
                case DEPRECATED -> EnumSet.of(DEPRECATED, ACTIVE, ARCHIVED);
                case ARCHIVED -> EnumSet.of(DEPRECATED);
            };
        }

        /** Whether {@code latest} and ranges may resolve to a version at this stage. */
        public boolean isSelectable() {
            return this == ACTIVE || this == DEPRECATED;
        }

        /** The stage of that name, in any letter case; {@link InvalidValue} otherwise. */
        public static Stage parse(String name) {
            return Arrays.stream(values())
                    .filter(stage -> stage.name().equals(name.toUpperCase(Locale.ROOT)))
                    .findFirst()
                    .orElseThrow(() ->
                            new InvalidValue("state", name, "known states are DRAFT, ACTIVE, DEPRECATED and ARCHIVED"));
        }
    }
}
