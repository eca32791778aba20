package io.llmschema.registry;

import io.llmschema.format.ReferencedSchema;
import io.llmschema.model.RegistryException.CircularReference;
import io.llmschema.model.RegistryException.InvalidReference;
import io.llmschema.model.RegistryException.MissingReference;
import io.llmschema.model.Schema;
import io.llmschema.model.SchemaContent;
import io.llmschema.model.SchemaId;
import io.llmschema.model.SchemaKey;
import io.llmschema.model.SchemaReference;
import io.llmschema.model.SchemaType;
import io.llmschema.model.Subject;
import io.llmschema.model.Version;
import io.llmschema.model.VersionSelector;
import io.llmschema.storage.SchemaReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * The references of a schema, resolved: each led to one version, and those followed to theirs.
 *
 * @param direct what the schema itself refers to, in the order given
 * @param ordinals of the versions directly referred to, in the same order
 * @param closure all schemas that are reached, each once and after those it refers to
 */
record References(List<SchemaReference> direct, List<Integer> ordinals, List<ReferencedSchema> closure) {
    static References resolve(UnresolvedSchema schema, SchemaReader reader) {
        return new Resolution(schema, reader).resolve();
    }

    /** What a content with these references is known by elsewhere. */
    UUID guid(SchemaContent content, String suffix) {
        List<ContentGuid.Reference> hashed = new ArrayList<>();
        for (int i = 0; i < direct.size(); i++) {
            SchemaReference reference = direct.get(i);
            hashed.add(new ContentGuid.Reference(
                    reference.name(), reference.subject().name(), ordinals.get(i)));
        }
        return ContentGuid.of(content, hashed, suffix);
    }

    /**
     * A walk through the references, depth first.
     *
     * <p>The graph has no circles. What a version refers to is written together with the version, and never again; each reference leads to a
     * version that was there before, for the store looks it up, and locks it, before it makes the new one (see {@link
     * io.llmschema.storage.SchemaWriter#registerSchema}). So along every reference the time at which a version became visible falls, and no way
     * leads back. Two clients that make two subjects refer to each other at the same moment each refer to a version that is older than theirs;
     * whoever names a version that the other is about to make is refused until it is there.
     */
    private static final class Resolution {
        private final UnresolvedSchema referrer;
        private final SchemaReader reader;
        private final Map<String, SchemaId> idsByName = new HashMap<>();
        private final Map<String, SchemaReference> visited = new HashMap<>();
        private final List<ReferencedSchema> closure = new ArrayList<>();
        private long bytes;

        Resolution(UnresolvedSchema referrer, SchemaReader reader) {
            this.referrer = referrer;
            this.reader = reader;
        }

        References resolve() {
            List<SchemaReference> direct = new ArrayList<>();
            List<Integer> ordinals = new ArrayList<>();
            for (RequestedReference requested : referrer.references()) {
                Schema schema = find(requested);
                Version version = schema.summary().version();
                SchemaReference reference = new SchemaReference(requested.name(), requested.subject(), version);
                if (direct.stream().anyMatch(other -> other.name().equals(reference.name()))) {
                    throw new InvalidReference(reference.name(), "two references have this name");
                }
                direct.add(reference);
                ordinals.add(schema.summary().ordinal());
                visit(reference, schema);
            }
            return new References(List.copyOf(direct), List.copyOf(ordinals), List.copyOf(closure));
        }

        private Schema find(RequestedReference requested) {
            SchemaKey key = new SchemaKey.ByVersion(requested.subject(), requested.selector());
            Optional<Schema> found = reader.getSchema(key);
            if (found.isEmpty() && isItself(requested)) {
                String itself = "'" + referrer.subject() + "' " + referrer.version();
                throw new CircularReference(List.of(itself, itself));
            }
            return found.orElseThrow(() -> new MissingReference(
                    requested.name(), requested.subject(), requested.selector().toString(), reason(requested)));
        }

        private boolean isItself(RequestedReference requested) {
            return requested.subject().equals(referrer.subject())
                    && referrer.version() != null
                    && requested.selector() instanceof VersionSelector.Exact(Version version)
                    && version.compareTo(referrer.version()) == 0;
        }

        private String reason(RequestedReference requested) {
            Subject subject = requested.subject();
            boolean hasSubject = reader.exists(new SchemaKey.ByVersion(subject, new VersionSelector.Numbered(1)))
                    || reader.exists(new SchemaKey.ByVersion(subject, VersionSelector.LATEST));
            return hasSubject ? "the subject has no such version" : "register that subject first";
        }

        private void visit(SchemaReference reference, Schema schema) {
            SchemaType type = schema.summary().type();
            if (type != referrer.type()) {
                throw new InvalidReference(
                        reference.name(),
                        "it leads to a schema of type %s, this one is %s".formatted(type, referrer.type()));
            }
            visited.putIfAbsent(reference.name(), reference);
            SchemaId known =
                    idsByName.putIfAbsent(reference.name(), schema.summary().id());
            if (known != null) {
                if (!known.equals(schema.summary().id())) {
                    throw new InvalidReference(
                            reference.name(),
                            "the schemas referred to use this name for two different versions, one of them subject '%s' version %s"
                                    .formatted(reference.subject(), reference.version()));
                }
                return;
            }
            if (idsByName.size() > RegistryLimits.MAX_REFERENCES) {
                throw new InvalidReference(
                        reference.name(), "more than " + RegistryLimits.MAX_REFERENCES + " schemas would be reached");
            }
            for (SchemaReference next : schema.summary().references()) {
                // A schema that many refer to is read once.
                if (!next.equals(visited.get(next.name()))) {
                    visit(next, find(UnresolvedSchema.requested(next)));
                }
            }
            bytes += schema.content().size();
            if (bytes > RegistryLimits.MAX_REFERENCED_BYTES) {
                throw new InvalidReference(
                        reference.name(),
                        "the schemas reached have more than %,d bytes together"
                                .formatted(RegistryLimits.MAX_REFERENCED_BYTES));
            }
            closure.add(new ReferencedSchema(reference.name(), schema.content()));
        }
    }
}
