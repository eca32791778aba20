package io.llmschema.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A refusal: a fact of the domain, with what is needed to act on it. Nothing was changed when one is thrown.
 *
 * <p>How each is rendered (status, code) is decided at the edge, in one table a dialect.
 */
public abstract sealed class RegistryException extends RuntimeException {
    private static final int MAX_SHOWN_VALUE = 80;

    private RegistryException(String message) {
        super(message);
    }

    private RegistryException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /** A value that is not of its form: a subject, a version, a hash, a cursor. */
    public static final class InvalidValue extends RegistryException {
        private final String field;
        private final String value;

        public InvalidValue(String field, String value, String reason) {
            super("'%s' is not a valid %s: %s".formatted(shortened(value), field, reason));
            this.field = field;
            this.value = shortened(value);
        }

        /** The value, shortened if it is long. */
        public String value() {
            return value;
        }

        /** What the value was meant to be, in lower case with hyphens: {@code subject}, {@code version}, {@code cursor}. */
        public String field() {
            return field;
        }

        private static String shortened(String value) {
            int end = value.offsetByCodePoints(0, Math.min(MAX_SHOWN_VALUE, value.codePointCount(0, value.length())));
            return end == value.length() ? value : value.substring(0, end) + "…";
        }
    }

    /** A text that is not a schema of its type. */
    public static final class InvalidSchema extends RegistryException {
        private final SchemaType type;
        private final transient List<Violation> violations;

        public InvalidSchema(SchemaType type, List<Violation> violations) {
            super("this is not a valid %s schema: %s%s"
                    .formatted(
                            type,
                            violations.getFirst(),
                            violations.size() > 1 ? " (and " + (violations.size() - 1) + " more)" : ""));
            this.type = type;
            this.violations = List.copyOf(violations);
        }

        public SchemaType type() {
            return type;
        }

        /** At least one. */
        public List<Violation> violations() {
            return violations;
        }
    }

    /** A content larger than the registry takes. */
    public static final class ContentTooLarge extends RegistryException {
        public ContentTooLarge(long size, long limit) {
            super("the content has %,d bytes, at most %,d are accepted".formatted(size, limit));
        }
    }

    /** No such subject, or it is deleted. */
    public static final class SubjectNotFound extends RegistryException {
        private final transient Subject subject;

        public SubjectNotFound(Subject subject) {
            super("there is no subject '" + subject + "'");
            this.subject = subject;
        }

        public Subject subject() {
            return subject;
        }
    }

    /** No schema answers that question. */
    public static final class SchemaNotFound extends RegistryException {
        private final transient SchemaKey key;

        public SchemaNotFound(SchemaKey key) {
            super("there is no schema with " + key);
            this.key = key;
        }

        public SchemaKey key() {
            return key;
        }
    }

    /** A version number that the subject has used for other content. Numbers are never used twice, not even after a deletion. */
    public static final class VersionExists extends RegistryException {
        private final transient Version version;

        public VersionExists(Subject subject, Version version, boolean isDeleted) {
            super("subject '%s' has a%s version %s with other content; numbers are never used twice"
                    .formatted(subject, isDeleted ? " deleted" : "", version));
            this.version = version;
        }

        public Version version() {
            return version;
        }
    }

    /** A subject has no room for a version above its highest one. */
    public static final class VersionsExhausted extends RegistryException {
        public VersionsExhausted(Subject subject, Version highest) {
            super("subject '%s' has version %s, which no version number follows; give one yourself"
                    .formatted(subject, highest));
        }
    }

    /** A change to what takes no such changes at the moment. */
    public static final class WritesRefused extends RegistryException {
        private final transient Subject subject;
        private final WriteMode mode;

        /** @param wish what was to be done, as in "a version cannot be imported" */
        public WritesRefused(Subject subject, WriteMode mode, String wish) {
            super("%s: the mode of subject '%s' is %s".formatted(wish, subject, mode));
            this.subject = subject;
            this.mode = mode;
        }

        public Subject subject() {
            return subject;
        }

        public WriteMode mode() {
            return mode;
        }
    }

    /** Live subjects where versions are to be imported from elsewhere. */
    public static final class SubjectsInTheWay extends RegistryException {
        public SubjectsInTheWay(Subject scope) {
            super("'%s' cannot get the mode IMPORT: there are live subjects; delete them, or force it"
                    .formatted(scope));
        }
    }

    /** An ordinal that the subject's next version cannot have. */
    public static final class OrdinalRefused extends RegistryException {
        private final int next;

        /** @param next that it would have */
        public OrdinalRefused(Subject subject, int wanted, int next, String reason) {
            super("the version cannot be number %d of subject '%s': %s".formatted(wanted, subject, reason));
            this.next = next;
        }

        public int next() {
            return next;
        }
    }

    /** A global id that belongs to another content. */
    public static final class GlobalIdTaken extends RegistryException {
        private final transient GlobalId id;

        public GlobalIdTaken(GlobalId id) {
            super("the id " + id + " belongs to another content");
            this.id = id;
        }

        public GlobalId id() {
            return id;
        }
    }

    /** A content that is to get a global id and has another one already. */
    public static final class GlobalIdDiffers extends RegistryException {
        private final transient GlobalId present;

        public GlobalIdDiffers(int wanted, GlobalId present) {
            super("the content cannot get the id " + wanted + ": it has the id " + present);
            this.present = present;
        }

        public GlobalId present() {
            return present;
        }
    }

    /** A reference to a schema that is not there. */
    public static final class MissingReference extends RegistryException {
        public MissingReference(String name, Subject subject, String selector, String reason) {
            super("the reference '%s' to version %s of subject '%s' leads nowhere: %s"
                    .formatted(name, selector, subject, reason));
        }
    }

    /** References that lead back to where they began. */
    public static final class CircularReference extends RegistryException {
        public CircularReference(List<String> path) {
            super("the references form a circle: " + String.join(" → ", path));
        }
    }

    /** References that cannot all be meant: one name for two schemas, a type that differs, or too many. */
    public static final class InvalidReference extends RegistryException {
        public InvalidReference(String name, String reason) {
            super("the reference '%s' cannot be used: %s".formatted(name, reason));
        }
    }

    /** A version that a schema is to be compared with, though it is in another language. */
    public static final class IncomparableTypes extends RegistryException {
        private final transient SchemaSummary version;

        public IncomparableTypes(SchemaSummary version, SchemaType candidate) {
            super(
                    "version %s of subject '%s' is of type %s, the schema to be compared with it of type %s; only schemas of one type can be compared"
                            .formatted(version.version(), version.subject(), version.type(), candidate));
            this.version = version;
        }

        /** The version in the other language. */
        public SchemaSummary version() {
            return version;
        }
    }

    /** A schema that may not become the next version of a subject, because it is not compatible with the versions before it. */
    public static final class IncompatibleSchema extends RegistryException {
        private final transient Subject subject;
        private final CompatibilityLevel level;
        private final transient List<Comparison> comparisons;

        /** @param comparisons those that came to another verdict than COMPATIBLE; at least one */
        public IncompatibleSchema(Subject subject, CompatibilityLevel level, List<Comparison> comparisons) {
            super(message(subject, level, comparisons));
            this.subject = subject;
            this.level = level;
            this.comparisons = List.copyOf(comparisons);
        }

        private static String message(Subject subject, CompatibilityLevel level, List<Comparison> comparisons) {
            Comparison first = comparisons.stream()
                    .filter(comparison -> comparison.judgement().verdict() == Verdict.INCOMPATIBLE)
                    .findFirst()
                    .orElse(comparisons.getFirst());
            Judgement judgement = first.judgement();
            String reason = judgement.verdict() == Verdict.INCOMPATIBLE
                    ? judgement.incompatibilities().getFirst().message()
                    : "it is not known whether they are compatible, which counts as not: "
                            + judgement.undecided().getFirst().reason();
            int more = comparisons.stream()
                            .mapToInt(comparison ->
                                    comparison.judgement().incompatibilities().size()
                                            + comparison.judgement().undecided().size())
                            .sum()
                    - 1;
            return "subject '%s' asks for compatibility %s, and the schema is not compatible with version %s: %s%s"
                    .formatted(
                            subject,
                            level,
                            first.version().version(),
                            reason,
                            more > 0 ? " (and " + more + " more)" : "");
        }

        public Subject subject() {
            return subject;
        }

        /** That the subject asks for. */
        public CompatibilityLevel level() {
            return level;
        }

        /** The comparisons that stand against it. */
        public List<Comparison> comparisons() {
            return comparisons;
        }
    }

    /** A version number that says less of a change than is true. */
    public static final class VersionTooLow extends RegistryException {
        private final transient Version deserved;

        /**
         * @param base the version before it
         * @param deserved the lowest number that the change deserves
         */
        public VersionTooLow(Version wanted, Version base, ChangeClass change, Version deserved) {
            super("version %s says too little: compared with %s the change is %s, and deserves %s at least"
                    .formatted(wanted, base, change, deserved));
            this.deserved = deserved;
        }

        public Version deserved() {
            return deserved;
        }
    }

    /** A comparison with more, or with larger, versions than one question may be about. */
    public static final class TooMuchToCompare extends RegistryException {
        public TooMuchToCompare(String reason) {
            super("this is too much to compare at once: " + reason);
        }
    }

    /** A document, or a schema to validate it against, that cannot be dealt with within the bounds of time and memory. */
    public static final class TooMuchToValidate extends RegistryException {
        public TooMuchToValidate(String reason) {
            super("this document cannot be validated: " + reason);
        }
    }

    /** A change of state that the table of transitions does not have. */
    public static final class IllegalTransition extends RegistryException {
        public IllegalTransition(SchemaState.Stage from, SchemaState.Stage to) {
            super("%s cannot become %s; from %s it may become %s".formatted(from, to, from, from.next()));
        }
    }

    /** A version, or a subject, that cannot be deleted because others refer to it. */
    public static final class SchemaInUse extends RegistryException {
        private final transient List<SchemaSummary> users;

        public SchemaInUse(String what, List<SchemaSummary> users) {
            super("%s is in use: %s refers to it"
                    .formatted(
                            what,
                            users.isEmpty()
                                    ? "another schema"
                                    : "subject '" + users.getFirst().subject() + "', version "
                                            + users.getFirst().version()));
            this.users = List.copyOf(users);
        }

        /** Some of them, not always all. */
        public List<SchemaSummary> users() {
            return users;
        }
    }

    /** A version that is to be removed for good, but was not soft-deleted before. */
    public static final class NotDeletedYet extends RegistryException {
        private final transient SchemaSummary schema;

        public NotDeletedYet(SchemaSummary schema) {
            super("version %s of subject '%s' is not deleted; only a deleted version can be removed permanently"
                    .formatted(schema.version(), schema.subject()));
            this.schema = schema;
        }

        /** The version as it is. */
        public SchemaSummary schema() {
            return schema;
        }
    }

    /** A registration into a subject that takes no more versions. */
    public static final class SubjectArchived extends RegistryException {
        public SubjectArchived(Subject subject) {
            super("subject '" + subject
                    + "' is archived and takes no new versions; make it DEPRECATED or ACTIVE first");
        }
    }

    /** An item of a batch that was refused, and with it the whole batch. */
    public static final class BatchRejected extends RegistryException {
        private final int index;
        private final RegistryException refusal;

        public BatchRejected(int index, RegistryException refusal) {
            super(
                    "item %d of the batch was refused, so nothing was registered: %s"
                            .formatted(index, refusal.getMessage()),
                    refusal);
            this.index = index;
            this.refusal = refusal;
        }

        /** Counted from 0. */
        public int index() {
            return index;
        }

        public RegistryException refusal() {
            return refusal;
        }
    }

    /** The store cannot be reached, or is too busy; the same request may succeed a little later. */
    public static final class StorageUnavailable extends RegistryException {
        public StorageUnavailable(String reason, Throwable cause) {
            super("the store does not answer: " + reason, cause);
        }
    }

    /** What is stored is not what was registered: it was changed, or is gone. It is never handed out. */
    public static final class ContentDamaged extends RegistryException {
        private final String where;
        private final String how;

        /**
         * @param where the store that has it
         * @param how what is wrong with it
         */
        public ContentDamaged(Fingerprint hash, String where, String how, @Nullable Throwable cause) {
            super("the content with hash %s is damaged in %s: %s".formatted(hash, where, how), cause);
            this.where = where;
            this.how = how;
        }

        public String where() {
            return where;
        }

        public String how() {
            return how;
        }
    }

    /** Work that the store has rolled back so that other work could go on; the same work, begun anew, is likely to succeed. */
    public static final class RolledBack extends RegistryException {
        public RolledBack(Throwable cause) {
            super("the store is busy with changes to the same schemas", cause);
        }
    }

    /** More work at once than the server takes; the same request may succeed a little later. */
    public static final class Overloaded extends RegistryException {
        public Overloaded(String reason) {
            super("the server is too busy: " + reason);
        }
    }
}
