package io.llmschema.http.confluentapi;

import io.llmschema.http.confluentapi.SchemaTagsEditor.Tagged;
import io.llmschema.model.DataEncoding;
import io.llmschema.model.Fingerprint;
import io.llmschema.model.Metadata;
import io.llmschema.model.Placement;
import io.llmschema.model.Registration;
import io.llmschema.model.RegistryException.CircularReference;
import io.llmschema.model.RegistryException.GlobalIdTaken;
import io.llmschema.model.RegistryException.IncompatibleSchema;
import io.llmschema.model.RegistryException.InvalidReference;
import io.llmschema.model.RegistryException.InvalidSchema;
import io.llmschema.model.RegistryException.MissingReference;
import io.llmschema.model.RegistryException.OrdinalRefused;
import io.llmschema.model.RegistryException.WritesRefused;
import io.llmschema.model.Schema;
import io.llmschema.model.SchemaKey;
import io.llmschema.model.SchemaState;
import io.llmschema.model.SchemaSummary;
import io.llmschema.model.SchemaType;
import io.llmschema.model.VersionSelector;
import io.llmschema.model.WriteMode;
import io.llmschema.registry.ContentIdentity;
import io.llmschema.registry.RegistrationRequest;
import io.llmschema.registry.RequestedReference;
import io.llmschema.registry.SchemaRegistry;
import io.llmschema.storage.Deletion;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * From wishes to versions, in the order in which Confluent's registry looks at them: what may be changed, what is taken from the version before and from what is set, the
 * schema itself, whether it is there already, what it follows.
 */
record Registrations(SchemaRegistry registry, VersionFinder finder, ConfluentLevel level) {
    private static final String ANONYMOUS = "anonymous";

    /** The property that has the number of its version, wherever a version was registered under a number that was given. */
    private static final String NUMBER = "confluent:version";

    /** How often a version is given the next number, if others come in between. */
    private static final int ATTEMPTS = 10;

    /** Makes a schema a version of its subject, or finds the one that it is already. */
    Registered register(Wish given) {
        checkMode(given);
        return refusing(given, () -> {
            Wish wish = given.isImport() ? asText(given) : completed(asText(given));
            Registration registration = wish.isImport() ? imported(wish) : made(wish);
            return new Registered(schema(registration.schema(), wish), registration.isNew());
        });
    }

    /** The newest version that says what a schema says. */
    Optional<Schema> find(Wish wish, Deletion deletion) {
        if (wish.isBlank()) {
            throw empty();
        }
        return refusing(wish, () -> {
            Wish text = asText(wish);
            return same(text, deletion).or(() -> {
                // What was registered in its normal form is looked for in that.
                Wish normal = normalized(text, Config.inForce(registry, text.subject()));
                return normal.equals(text) ? Optional.empty() : same(normal, deletion);
            });
        });
    }

    private Optional<Schema> same(Wish wish, Deletion deletion) {
        return registry.findSame(request(wish, Placement.NEXT), deletion).map(found -> schema(found, wish));
    }

    /** What is wrong with a schema, told with what was wished for. */
    <R> R refusing(Wish wish, Supplier<R> work) {
        try {
            return work.get();
        } catch (InvalidSchema e) {
            throw wish.invalid(Refusals.violations(e));
        } catch (MissingReference | CircularReference | InvalidReference e) {
            throw wish.invalid(String.valueOf(e.getMessage()));
        } catch (IncompatibleSchema e) {
            String details =
                    String.join(", ", IncompatibilityText.messages(e.comparisons(), e.level(), registry::find));
            throw new ConfluentRefusal(
                    level.incompatibleCode(), 409, IncompatibilityText.refusal(e.subject(), details));
        } catch (GlobalIdTaken e) {
            throw new ConfluentRefusal(
                    Refusals.NOT_PERMITTED,
                    422,
                    "Overwrite new schema with id %s in context %s is not permitted."
                            .formatted(e.id(), wish.subject().context()));
        }
    }

    /** The registry asks again, when it holds the lock; here it is asked before anything else is said of the schema. */
    private void checkMode(Wish wish) {
        WriteMode mode = registry.settingsInForce(wish.subject()).mode();
        if (mode.isReadOnly() || mode.isImport() != wish.isImport()) {
            throw new WritesRefused(wish.subject(), mode, "a version cannot be registered");
        }
    }

    /** With what is not given taken from the version before, and from what is set. */
    private Wish completed(Wish given) {
        Config config = Config.inForce(registry, given.subject());
        Optional<Schema> latest = finder.latest(given.subject());
        Wish schema = given.isBlank()
                ? latest.map(previous -> copied(given, previous)).orElseThrow(Registrations::empty)
                : given;
        Contract previous =
                latest.map(version -> Contract.of(version.summary().metadata())).orElse(null);
        Wish merged = schema.with(schema.contract().merged(config.defaults(), previous, config.overrides()));
        return normalized(tagged(merged), config);
    }

    private static Wish tagged(Wish wish) {
        Tagged tagged = SchemaTagsEditor.edited(
                wish.type(),
                wish.content(),
                wish.contract(),
                wish.tags().toAdd(),
                wish.tags().toRemove());
        return wish.with(tagged.content()).with(tagged.contract());
    }

    static ConfluentRefusal empty() {
        return new ConfluentRefusal(Refusals.INVALID_SCHEMA, 422, "Empty schema");
    }

    private static Wish copied(Wish given, Schema previous) {
        List<RequestedReference> references = previous.summary().references().stream()
                .map(reference -> new RequestedReference(
                        reference.name(), reference.subject(), new VersionSelector.Exact(reference.version())))
                .toList();
        return given.with(previous.summary().type(), previous.content(), references);
    }

    /** With the text of its schema, which clients that compile no text themselves give in another form. */
    Wish asText(Wish wish) {
        return wish.with(registry.textOf(wish.subject(), wish.type(), wish.content(), wish.references()));
    }

    private Wish normalized(Wish wish, Config config) {
        return wish.isNormalizing() || config.isNormalizing()
                ? wish.with(registry.normalized(wish.subject(), wish.type(), wish.content(), wish.references()))
                : wish;
    }

    private Registration imported(Wish wish) {
        Integer version = wish.version();
        Integer ordinal = version == null || version == Wish.NEXT ? null : version;
        Placement placement = new Placement(ordinal, wish.id(), true);
        return registry.register(request(wish, placement));
    }

    private Registration made(Wish wish) {
        if (wish.version() == null && wish.contract().property(NUMBER).isEmpty()) {
            return registry.register(request(wish, Placement.NEXT));
        }
        if (wish.version() == null) {
            Optional<SchemaSummary> same = registry.findSame(request(wish, Placement.NEXT), Deletion.LIVE);
            if (same.isPresent()) {
                return new Registration(same.get(), false);
            }
        }
        return numbered(wish);
    }

    /** A version that has its number among its properties. */
    private Registration numbered(Wish wish) {
        int wanted = Objects.requireNonNullElse(wish.version(), Wish.NEXT);
        boolean isAnyNext = wanted == Wish.NEXT;
        int next = finder.versions(wish.subject(), Deletion.ANY)
                        .mapToInt(SchemaSummary::ordinal)
                        .max()
                        .orElse(0)
                + 1;
        for (int attempt = 1; ; attempt++) {
            Wish named = wish.with(wish.contract().withProperty(NUMBER, Integer.toString(next)));
            try {
                return registry.register(request(named, Placement.asNext(isAnyNext ? next : wanted)));
            } catch (OrdinalRefused e) {
                if (!isAnyNext || attempt == ATTEMPTS) {
                    throw e;
                }
                // Another version came in between, or one that had the number was removed for good.
                next = e.next();
            }
        }
    }

    private static RegistrationRequest request(Wish wish, Placement placement) {
        Contract contract = wish.contract();
        return new RegistrationRequest(
                wish.subject(),
                wish.type(),
                wish.content(),
                null,
                wish.references(),
                contract.into(Metadata.NONE),
                new SchemaState.Active(),
                ANONYMOUS,
                new ContentIdentity(placement.equals(Placement.NEXT), !contract.isEmpty(), contract.guidSuffix()),
                placement,
                encodings(wish.type()));
    }

    /** What Kafka carries. In JSON no field of Protobuf can be renamed or removed, which its users do all the time. */
    static Set<DataEncoding> encodings(SchemaType type) {
        return type == SchemaType.PROTOBUF ? Set.of(DataEncoding.BINARY) : Set.of();
    }

    /** A version whole. Most often its content is that of the wish, which need not be read again then. */
    private Schema schema(SchemaSummary found, Wish wish) {
        return found.fingerprints()
                        .raw()
                        .equals(Fingerprint.sha256(wish.content().bytes()))
                ? new Schema(found, wish.content())
                : registry.find(new SchemaKey.ById(found.id()));
    }
}
