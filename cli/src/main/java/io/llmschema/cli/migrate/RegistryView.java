package io.llmschema.cli.migrate;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** A registry as it can be read, in the words of the dialect. Many threads may ask at a time; what they are told may change between two questions. */
public interface RegistryView {
    /** The scope of all subjects of the default context. */
    String GLOBAL = "";

    /** The scope of all subjects of all contexts. */
    String ALL_CONTEXTS = ":.__GLOBAL:";

    /**
     * What it has.
     *
     * @param scopes for which something may be set: {@link #GLOBAL}, {@link #ALL_CONTEXTS}, and {@code :.name:} for each other context
     * @param subjects by name
     */
    record Listing(List<String> scopes, SortedMap<String, ListedSubject> subjects) {
        public Listing {
            scopes = List.copyOf(scopes);
            subjects = new TreeMap<>(subjects);
        }
    }

    /**
     * A subject.
     *
     * @param hasVersions false: there are only settings under this name
     * @param isLive whether a version of it is not deleted
     */
    record ListedSubject(String name, boolean hasVersions, boolean isLive) {}

    Listing listing();

    /** All versions of a subject that was listed, each with whether it is deleted; none if it has gone meanwhile. */
    Map<Integer, Boolean> versions(ListedSubject subject);

    /** A version, be it deleted; empty if it has gone. */
    Optional<SchemaDocument> version(VersionKey key);

    /** What is set for a subject or scope itself, not above it. */
    Settings settings(String scope);
}
