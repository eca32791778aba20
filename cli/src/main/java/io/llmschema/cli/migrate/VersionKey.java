package io.llmschema.cli.migrate;

/** Which version of which subject; the subject's name has its context in front. */
public record VersionKey(String subject, int version) {
    private static final String DEFAULT_CONTEXT = ":.:";

    /** What the name of a subject without a context means in a schema of this subject: one of the same context. */
    String inSameContext(String other) {
        if (other.startsWith(DEFAULT_CONTEXT)) {
            return other.substring(DEFAULT_CONTEXT.length());
        }
        return other.startsWith(":.") ? other : contextPrefix() + other;
    }

    /** Empty for the default context. */
    private String contextPrefix() {
        return subject.startsWith(":.") ? subject.substring(0, subject.indexOf(':', 1) + 1) : "";
    }

    @Override
    public String toString() {
        return subject + " version " + version;
    }
}
