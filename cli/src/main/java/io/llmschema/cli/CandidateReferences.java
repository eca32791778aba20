package io.llmschema.cli;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What candidates refer to: what the person said, and of Protobuf the imports that the registry has as subjects, at their latest version.
 * Used by one thread.
 */
final class CandidateReferences {
    private final RegistryClient client;
    private final List<WantedReference> told;
    private final String subjectPrefix;

    /** Bounded by the imports of the run: each is asked for once. */
    private final Map<String, Boolean> isOnServer = new HashMap<>();

    /** @param subjectPrefix stands before the subjects of imports */
    CandidateReferences(RegistryClient client, List<WantedReference> told, String subjectPrefix) {
        this.client = client;
        this.told = List.copyOf(told);
        this.subjectPrefix = subjectPrefix;
    }

    List<WantedReference> of(Candidate.Readable candidate) {
        // A reference to what a schema does not mention would only be noise, or refused.
        List<WantedReference> mentioned = told.stream()
                .filter(reference -> candidate.content().contains(reference.name()))
                .toList();
        Stream<WantedReference> imports = candidate.imports().stream()
                .filter(path -> mentioned.stream()
                        .noneMatch(reference -> reference.name().equals(path)))
                .filter(path -> isOnServer.computeIfAbsent(subjectPrefix + path, client::hasSubject))
                .map(path -> new WantedReference(path, subjectPrefix + path, "latest"));
        return Stream.concat(mentioned.stream(), imports).toList();
    }
}
