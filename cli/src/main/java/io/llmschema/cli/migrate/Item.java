package io.llmschema.cli.migrate;

import java.util.Comparator;

/**
 * One thing that is copied.
 *
 * @param subject or the scope that settings are of; {@link RegistryView#GLOBAL} for all subjects
 * @param version 0 where it is not about a version
 */
public record Item(Kind kind, String subject, int version) implements Comparable<Item> {
    private static final Comparator<Item> ORDER =
            Comparator.comparing(Item::kind).thenComparing(Item::subject).thenComparingInt(Item::version);

    /** What there is to copy. */
    public enum Kind {
        VERSION("versions"),
        CONFIG("configs"),
        MODE("modes");

        private final String plural;

        Kind(String plural) {
            this.plural = plural;
        }

        public String plural() {
            return plural;
        }
    }

    static Item of(VersionKey key) {
        return new Item(Kind.VERSION, key.subject(), key.version());
    }

    static Item config(String scope) {
        return new Item(Kind.CONFIG, scope, 0);
    }

    static Item mode(String scope) {
        return new Item(Kind.MODE, scope, 0);
    }

    @Override
    public int compareTo(Item other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        String owner = subject.equals(RegistryView.GLOBAL) ? "all subjects" : subject;
        return switch (kind) {
            case VERSION -> version == 0 ? owner : new VersionKey(owner, version).toString();
            case CONFIG -> "config of " + owner;
            case MODE -> "mode of " + owner;
        };
    }
}
