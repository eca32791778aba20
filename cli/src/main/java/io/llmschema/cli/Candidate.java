package io.llmschema.cli;

import io.llmschema.model.SchemaType;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A schema in a file, about which the registry is asked without registering it. */
sealed interface Candidate {
    String file();

    /** The subject that it would become a version of. */
    String subject();

    /**
     * One that can be asked about.
     *
     * @param imports the Protobuf files it imports
     */
    record Readable(String file, String subject, SchemaType type, String content, List<String> imports)
            implements Candidate {
        public Readable {
            imports = List.copyOf(imports);
        }

        /** The schema as requests carry it. */
        ObjectNode envelope(List<WantedReference> references) {
            ObjectNode envelope = Json.MAPPER
                    .createObjectNode()
                    .put("schemaType", type.name())
                    .put("schema", content);
            if (!references.isEmpty()) {
                ArrayNode array = envelope.putArray("references");
                references.forEach(reference -> array.add(reference.toJson("")));
            }
            return envelope;
        }
    }

    /** A file that is no text, or cannot be read. */
    record Unreadable(String file, String subject, String reason) implements Candidate {
        static final String RULE = "unreadable-file";

        Examined examined() {
            return Examined.unreadable(file, subject, RULE, reason);
        }
    }
}
