package io.llmschema.cli;

import io.llmschema.model.SchemaType;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/** One row of an import: something to be done to one subject. */
sealed interface ImportRow {
    Place place();

    String subject();

    /** Roughly what the row takes in memory. */
    long weight();

    /** The subjects whose earlier rows this one builds upon. */
    Set<String> needs();

    /**
     * Where a row stands.
     *
     * @param line counted from 1; 0 for a file that is one row as a whole
     */
    record Place(String file, long line) {
        @Override
        public String toString() {
            return line == 0 ? file : file + ":" + line;
        }
    }

    /**
     * A schema to be registered.
     *
     * @param content the exact text
     * @param imports the Protobuf files it imports
     * @param references what it refers to, when the row says so itself; empty otherwise
     * @param details what else the request carries: version, state, description, owner, tags, metadata, createdBy
     */
    record Register(
            Place place,
            String subject,
            SchemaType type,
            String content,
            List<String> imports,
            List<WantedReference> references,
            ObjectNode details)
            implements ImportRow {
        public Register {
            imports = List.copyOf(imports);
            references = List.copyOf(references);
        }

        @Override
        public long weight() {
            return content.length();
        }

        @Override
        public Set<String> needs() {
            Set<String> needs = new LinkedHashSet<>(imports);
            Stream.of(references)
                    .flatMap(List::stream)
                    .map(WantedReference::subject)
                    .forEach(needs::add);
            needs.remove(subject);
            return needs;
        }
    }

    /**
     * A subject, or one of its versions, to be deleted.
     *
     * @param version empty for the whole subject
     */
    record Delete(Place place, String subject, String version) implements ImportRow {
        @Override
        public long weight() {
            return 0;
        }

        @Override
        public Set<String> needs() {
            return Set.of();
        }
    }

    /** A row that cannot be understood. */
    record Unreadable(Place place, String subject, String reason) implements ImportRow {
        @Override
        public long weight() {
            return 0;
        }

        @Override
        public Set<String> needs() {
            return Set.of();
        }
    }
}
