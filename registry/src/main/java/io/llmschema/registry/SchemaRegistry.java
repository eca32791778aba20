package io.llmschema.registry;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.impl.TimeBasedEpochRandomGenerator;
import io.llmschema.format.ParsedSchema;
import io.llmschema.format.SchemaFormat;
import io.llmschema.format.SchemaFormats;
import io.llmschema.format.SchemaSource;
import io.llmschema.model.Fingerprint;
import io.llmschema.model.Fingerprints;
import io.llmschema.model.NewSchema;
import io.llmschema.model.Page;
import io.llmschema.model.PageRequest;
import io.llmschema.model.Registration;
import io.llmschema.model.RegistryException;
import io.llmschema.model.RegistryException.BatchRejected;
import io.llmschema.model.RegistryException.InvalidValue;
import io.llmschema.model.RegistryException.MissingReference;
import io.llmschema.model.RegistryException.RolledBack;
import io.llmschema.model.RegistryException.SchemaNotFound;
import io.llmschema.model.RegistryException.StorageUnavailable;
import io.llmschema.model.RegistryException.SubjectNotFound;
import io.llmschema.model.RegistryException.SubjectsInTheWay;
import io.llmschema.model.RegistryException.WritesRefused;
import io.llmschema.model.Schema;
import io.llmschema.model.SchemaContent;
import io.llmschema.model.SchemaId;
import io.llmschema.model.SchemaKey;
import io.llmschema.model.SchemaState;
import io.llmschema.model.SchemaState.Stage;
import io.llmschema.model.SchemaSummary;
import io.llmschema.model.SchemaType;
import io.llmschema.model.SettingsInForce;
import io.llmschema.model.Subject;
import io.llmschema.model.SubjectSettings;
import io.llmschema.model.SubjectSummary;
import io.llmschema.model.TenantId;
import io.llmschema.model.Version;
import io.llmschema.model.VersionSelector;
import io.llmschema.model.WriteMode;
import io.llmschema.storage.Deletion;
import io.llmschema.storage.Dependency;
import io.llmschema.storage.DependencyReader.Direction;
import io.llmschema.storage.Health;
import io.llmschema.storage.NamedSettings;
import io.llmschema.storage.SchemaFilter;
import io.llmschema.storage.SchemaOrder;
import io.llmschema.storage.SchemaStore;
import io.llmschema.storage.SearchHit;
import io.llmschema.storage.SearchQuery;
import io.llmschema.storage.SettingsFilter;
import io.llmschema.storage.StorageBackend;
import io.llmschema.storage.StorageStatistics;
import io.llmschema.storage.StorageTransaction;
import io.llmschema.storage.SubjectDetails;
import io.llmschema.storage.SubjectFilter;
import io.llmschema.storage.SubjectReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The registry: every question and change that a user may ask for, under the rules of this room.
 *
 * <p>Safe for any number of threads; calls block. A refusal is a {@link RegistryException}, and has changed nothing.
 */
public final class SchemaRegistry {
    /** How long a client has until it must have begun to fetch a content from the blob store. */
    private static final Duration DOWNLOAD_TIME = Duration.ofMinutes(5);

    private static final String NO_DELETION = "nothing can be deleted";

    /** How often a batch is tried that was rolled back for another's sake. */
    private static final int BATCH_ATTEMPTS = 4;

    private final StorageBackend storage;
    private final RegistryLimits limits;
    private final InstantSource clock;
    private final SettingsInForce defaults;
    private final Admission admission;
    private final CompatibilityChecker compatibility;
    private final Lookup lookup;
    private final RecentVersions recent = new RecentVersions();
    private final Budget batches = Budget.ofPieces(
            "batches are being registered", RegistryLimits.MAX_BATCHES_AT_ONCE, RegistryLimits.PARSE_WAIT);
    private final TimeBasedEpochRandomGenerator ids = Generators.timeBasedEpochRandomGenerator();

    /**
     * Takes over nothing: whoever made the storage closes it.
     *
     * @param defaults what is in force where nothing is set
     */
    public SchemaRegistry(
            StorageBackend storage,
            SchemaFormats formats,
            RegistryLimits limits,
            SettingsInForce defaults,
            InstantSource clock) {
        Budget parsing = Budget.ofBytes(
                "schemas are being parsed", RegistryLimits.MAX_BYTES_PARSED_AT_ONCE, RegistryLimits.PARSE_WAIT);
        this.storage = storage;
        this.limits = limits;
        this.clock = clock;
        this.defaults = defaults;
        this.admission = new Admission(formats, limits, parsing);
        this.compatibility = new CompatibilityChecker(formats, admission, parsing, recent);
        this.lookup = new Lookup(storage);
    }

    public RegistryLimits limits() {
        return limits;
    }

    /** Registers a schema; what the subject has already is found rather than made again. */
    public Registration register(RegistrationRequest request) {
        return register(request, storage);
    }

    private Registration register(RegistrationRequest request, SchemaStore store) {
        requireOrdinary(request.subject());
        References references = admission.resolve(UnresolvedSchema.of(request), store);
        SchemaSource source = new SchemaSource(request.content(), references.closure());
        Candidate candidate = candidate(request, source, references);
        Registration registered = store.registerSchema(
                candidate.schema(),
                new Succession(
                        compatibility, defaults, source, candidate.gist(), request.version(), request.encodings()));
        if (registered.isNew()) {
            // Of a batch that is undone nobody will ask for the id.
            recent.add(new OldVersion(registered.schema(), source, candidate.gist()));
        }
        return registered;
    }

    /**
     * The newest version of a subject that says what a schema says: the same up to white space and spelling, with the same references, and with the same
     * attributes if these are part of the request's identity. Empty if there is none.
     *
     * @throws RegistryException.InvalidSchema it is no schema; and whatever else {@link #register} says of a text that it does not take
     */
    public Optional<SchemaSummary> findSame(RegistrationRequest request, Deletion deletion) {
        References references = admission.resolve(UnresolvedSchema.of(request), storage);
        NewSchema schema = candidate(request, new SchemaSource(request.content(), references.closure()), references)
                .schema();
        return SameMeaning.newest(schema, deletion, storage);
    }

    /**
     * A schema in the form in which all that say the same are alike: without white space, spelling and an order that mean nothing to a validator or to data.
     *
     * @throws RegistryException.InvalidSchema it is no schema; and whatever else {@link #register} says of a text that it does not take
     */
    public SchemaContent normalized(
            Subject subject, SchemaType type, SchemaContent content, List<RequestedReference> wanted) {
        References references = admission.resolve(new UnresolvedSchema(subject, null, type, content, wanted), storage);
        return admission.parse(
                type,
                new SchemaSource(content, references.closure()),
                parsed -> SchemaContent.of(parsed.normalizedForm()));
    }

    /**
     * The text of a schema that is given in another form of its language; the content itself where it is a text, or nothing that the language knows.
     *
     * <p>A look tells most texts apart, before anything is read. What comes out is checked by whoever takes it for a schema.
     *
     * @throws RegistryException.MissingReference it is no text, and what it refers to is not there; and whatever else {@link #register} says of references
     */
    public SchemaContent textOf(
            Subject subject, SchemaType type, SchemaContent content, List<RequestedReference> wanted) {
        if (!admission.formats().of(type).isLikelyNoText(content)) {
            return content;
        }
        References references = admission.resolve(new UnresolvedSchema(subject, null, type, content, wanted), storage);
        return admission.textOf(type, new SchemaSource(content, references.closure()));
    }

    /** What {@link #register} would do, and nothing kept. Ids and ordinals in the answer are provisional. */
    public Registration tryRegister(RegistrationRequest request) {
        try (StorageTransaction transaction = storage.beginTransaction()) {
            return register(request, transaction);
        }
    }

    /**
     * Registers all or none. Later requests may refer to earlier ones.
     *
     * @param isDryRun whether to keep nothing, not even when all goes well
     * @throws BatchRejected one was refused
     */
    public List<Registration> registerAll(List<RegistrationRequest> requests, boolean isDryRun) {
        if (requests.isEmpty() || requests.size() > RegistryLimits.MAX_BATCH_ITEMS) {
            throw new InvalidValue(
                    "batch",
                    requests.size() + " items",
                    "a batch has 1 to " + RegistryLimits.MAX_BATCH_ITEMS + " items");
        }
        return batches.spend(1, () -> {
            for (int attempt = 1; ; attempt++) {
                try {
                    return tryRegisterAll(requests, isDryRun);
                } catch (RolledBack e) {
                    if (attempt == BATCH_ATTEMPTS) {
                        throw e;
                    }
                }
            }
        });
    }

    private List<Registration> tryRegisterAll(List<RegistrationRequest> requests, boolean isDryRun) {
        List<Registration> registrations = new ArrayList<>();
        try (StorageTransaction transaction = storage.beginTransaction()) {
            transaction.lockSubjects(requests.stream()
                    .map(RegistrationRequest::subject)
                    .distinct()
                    .toList());
            for (int i = 0; i < requests.size(); i++) {
                registrations.add(registerItem(requests, i, transaction));
            }
            if (!isDryRun) {
                transaction.commit();
            }
        }
        return registrations;
    }

    private Registration registerItem(List<RegistrationRequest> requests, int index, StorageTransaction transaction) {
        RegistrationRequest request = requests.get(index);
        try {
            return register(request, transaction);
        } catch (StorageUnavailable | RolledBack e) {
            throw e;
        } catch (MissingReference e) {
            throw new BatchRejected(index, new BatchOrder(requests).explain(index, e));
        } catch (RegistryException e) {
            throw new BatchRejected(index, e);
        }
    }

    /** What is wished for, and the gist of it for whoever compares it. */
    private record Candidate(NewSchema schema, Gist gist) {}

    /** Parses and checks what is wished for. */
    private Candidate candidate(RegistrationRequest request, SchemaSource source, References references) {
        return admission.parse(request.type(), source, parsed -> {
            Fingerprints fingerprints = fingerprints(request.content(), parsed);
            return new Candidate(
                    newSchema(request, references, parsed, fingerprints), Gist.of(parsed, fingerprints.canonical()));
        });
    }

    private NewSchema newSchema(
            RegistrationRequest request, References references, ParsedSchema parsed, Fingerprints fingerprints) {
        return new NewSchema(
                new SchemaId(request.subject().tenant(), ids.generate()),
                request.subject(),
                request.type(),
                request.content(),
                fingerprints,
                references.direct(),
                parsed.outline(),
                request.metadata(),
                request.state(),
                clock.instant(),
                request.author(),
                request.identity().hasAttributes() ? request.metadata().attributes() : "",
                request.identity().isByMeaning(),
                references.guid(request.content(), request.identity().guidSuffix()),
                request.placement());
    }

    private static Fingerprints fingerprints(SchemaContent content, ParsedSchema parsed) {
        return new Fingerprints(
                Fingerprint.sha256(content.bytes()), hash(parsed.canonicalForm()), hash(parsed.unorderedForm()));
    }

    private static Fingerprint hash(String text) {
        return Fingerprint.sha256(text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Whether a schema may become the next version of a subject, as far as compatibility goes. Nothing is registered.
     *
     * @throws RegistryException.InvalidSchema it is none; and whatever else {@link #register} says of a text that it does not take
     * @throws RegistryException.IncomparableTypes a version to compare with is in another language
     * @throws RegistryException.TooMuchToCompare there are too many versions to compare with, or they are too large together
     * @throws SubjectNotFound versions are named of a subject that is not there
     * @throws SchemaNotFound a version that is named is not there
     */
    public CompatibilityReport checkCompatibility(CompatibilityRequest request) {
        return checkCompatibility(request, ComparisonAllowance.ofQuestion());
    }

    /** The same as one of several questions that share an allowance. */
    public CompatibilityReport checkCompatibility(CompatibilityRequest request, ComparisonAllowance allowance) {
        requireOrdinary(request.subject());
        return compatibility.check(request, settingsInForce(request.subject()), storage, allowance);
    }

    /**
     * Whether a text is a schema that could be registered, as far as that does not depend on a subject. Nothing is kept.
     *
     * @throws RegistryException.MissingReference what it refers to is not there; and whatever else {@link #register} says of references
     */
    public SchemaCheck checkSchema(
            TenantId tenant, SchemaType type, SchemaContent content, List<RequestedReference> wanted) {
        References references =
                admission.resolve(new UnresolvedSchema(Subject.global(tenant), null, type, content, wanted), storage);
        try {
            return admission.parse(
                    type,
                    new SchemaSource(content, references.closure()),
                    parsed -> new SchemaCheck(type, fingerprints(content, parsed), List.of()));
        } catch (RegistryException.InvalidSchema e) {
            return new SchemaCheck(type, null, e.violations());
        }
    }

    private static void requireOrdinary(Subject subject) {
        if (subject.isScope()) {
            throw new InvalidValue(
                    "subject", subject.name(), "this name stands for the settings of all subjects; no schema has it");
        }
    }

    /** What is set for a subject itself, or for {@link Subject#global all} subjects of its tenant. */
    public SubjectSettings settings(Subject subject) {
        return storage.getSettings(subject);
    }

    /** What is set under the names that pass the filter, be there subjects of these names or not. */
    public Page<NamedSettings> listSettings(SettingsFilter filter, PageRequest page) {
        return storage.listSettings(filter, page);
    }

    /** By what the versions of a subject are judged, be it there or not. */
    public SettingsInForce settingsInForce(Subject subject) {
        return settingsInForce(subject, storage);
    }

    private SettingsInForce settingsInForce(Subject subject, SubjectReader reader) {
        Subject all = Subject.ofAllContexts(subject.tenant());
        SettingsInForce ofTenant = reader.getSettings(all).over(defaults);
        if (subject.equals(all)) {
            return ofTenant;
        }
        Subject scope = subject.scope();
        SettingsInForce ofContext = reader.getSettings(scope).over(ofTenant);
        return subject.equals(scope) ? ofContext : reader.getSettings(subject).over(ofContext);
    }

    private void requireWritable(Subject subject, String wish) {
        WriteMode mode = settingsInForce(subject).mode();
        if (mode.isReadOnly()) {
            throw new WritesRefused(subject, mode, wish);
        }
    }

    /** Changes what is set; it is in force for whatever is registered from then on, and asks nothing of what is there already. */
    public SubjectSettings updateSettings(Subject subject, UnaryOperator<SubjectSettings> change) {
        // Asked before: whoever has the subject locked must not wait for the store.
        WriteMode mode = settingsInForce(subject).mode();
        return storage.updateSettings(subject, present -> {
            SubjectSettings next = change.apply(present);
            // Whoever made it read-only must be able to take that back.
            if (mode.isReadOnly() && !next.withMode(present.mode()).equals(present)) {
                throw new WritesRefused(subject, mode, "what is set cannot be changed");
            }
            return next;
        });
    }

    /**
     * Sets what may be changed in a subject, or in all subjects of a scope.
     *
     * @param mode absent: what is set for the scope above counts again
     * @param isForced whether to have versions imported where there are some already
     * @throws RegistryException.SubjectsInTheWay there are live subjects in the scope, which imports may not meet
     */
    public void changeMode(Subject subject, @Nullable WriteMode mode, boolean isForced) {
        if (mode == WriteMode.IMPORT && !isForced && hasLiveSubjects(subject)) {
            throw new SubjectsInTheWay(subject);
        }
        storage.updateSettings(subject, present -> present.withMode(mode));
    }

    private boolean hasLiveSubjects(Subject subject) {
        if (!subject.isScope()) {
            return !lookup.isMissing(subject);
        }
        PageRequest request = PageRequest.first(PageRequest.MAX_SIZE);
        String prefix = subject.equals(Subject.global(subject.tenant()))
                        || subject.equals(Subject.ofAllContexts(subject.tenant()))
                ? null
                : subject.name();
        SubjectFilter filter = new SubjectFilter(subject.tenant(), prefix, Set.of(), null, List.of(), Deletion.LIVE);
        while (true) {
            Page<SubjectSummary> page = storage.listSubjects(filter, request);
            // Without a prefix those of other contexts are listed too.
            if (page.items().stream().anyMatch(found -> isIn(found.subject(), subject))) {
                return true;
            }
            if (page.next() == null) {
                return false;
            }
            request = new PageRequest(PageRequest.MAX_SIZE, page.next());
        }
    }

    private static boolean isIn(Subject subject, Subject scope) {
        return scope.equals(Subject.ofAllContexts(scope.tenant()))
                || subject.scope().equals(scope);
    }

    /**
     * What differs between two versions.
     *
     * @throws SchemaNotFound one is not there
     */
    public Difference compare(SchemaKey from, SchemaKey to) {
        Schema before = find(from);
        Schema after = find(to);
        SettingsInForce settings = settingsInForce(after.summary().subject());
        return compatibility.difference(
                CompatibilityChecker.old(before, storage), CompatibilityChecker.old(after, storage), settings);
    }

    /** What differs between a version and a schema that is none. The request's level and versions are not looked at. */
    public Difference compare(SchemaKey from, CompatibilityRequest request) {
        Schema before = find(from);
        SchemaSource after = compatibility.candidate(request, storage);
        return compatibility.difference(
                CompatibilityChecker.old(before, storage),
                request.type(),
                after,
                request.wish().over(settingsInForce(request.subject())));
    }

    /**
     * What would become of those that refer to versions of a subject if they referred to a schema in their place. Nothing is registered.
     *
     * @param request its {@code against} are those versions; none: the one that {@code latest} resolves to, if there is one
     * @throws RegistryException the same as {@link #checkCompatibility}, but that there is never too much to compare
     */
    public ImpactReport impact(CompatibilityRequest request) {
        return new ImpactChecker(compatibility).check(request, settingsInForce(request.subject()), storage);
    }

    /** The schema that the key picks; a refusal if there is none. */
    public Schema find(SchemaKey key) {
        return lookup.find(key);
    }

    /**
     * A version in another form of its language, with what it refers to: the text as it is, if the language does not know the form or has no way to write
     * this version in it.
     */
    public String rendered(Schema schema, String form) {
        SchemaSource source = CompatibilityChecker.old(schema, storage).source();
        SchemaFormat format = admission.formats().of(schema.summary().type());
        return admission
                .parsing()
                .spend(Admission.bytes(source), () -> format.rendered(source, form))
                .orElseGet(() -> schema.content().text());
    }

    /** An address in the blob store from which the content can be fetched for a while; empty if it is not there. */
    public Optional<URI> downloadUrl(SchemaKey key) {
        return storage.downloadUrl(key, DOWNLOAD_TIME);
    }

    public Page<SchemaSummary> list(SchemaFilter filter, SchemaOrder order, PageRequest page) {
        return storage.listSchemas(filter, order, page);
    }

    /** The versions of one subject that pass a filter; a refusal if nothing was ever registered in it, or all is deleted. */
    public Page<SchemaSummary> listVersions(Subject subject, SchemaFilter filter, SchemaOrder order, PageRequest page) {
        Page<SchemaSummary> versions = storage.listSchemas(filter.withSubject(subject), order, page);
        if (versions.items().isEmpty() && lookup.isMissing(subject)) {
            throw new SubjectNotFound(subject);
        }
        return versions;
    }

    public Page<SearchHit> search(SearchQuery query, PageRequest page) {
        return storage.searchSchemas(query, page);
    }

    public StorageStatistics statistics(TenantId tenant) {
        return storage.statistics(tenant);
    }

    /** What a schema refers to, or what refers to it. */
    public Page<Dependency> dependencies(SchemaKey key, Direction direction, boolean isTransitive, PageRequest page) {
        return storage.dependencies(find(key).summary().id(), direction, isTransitive, page);
    }

    /** What refers to a schema directly, as far as its deletion is asked for. */
    public Page<Dependency> dependents(SchemaKey key, Deletion deletion, PageRequest page) {
        return storage.dependencies(find(key).summary().id(), Direction.DEPENDENTS, deletion, false, page);
    }

    /** What lies around a version in the graph of references. */
    public DependencyGraph graph(SchemaKey key, GraphRequest request) {
        return new GraphReader(storage).around(find(key).summary(), request);
    }

    /**
     * Changes the state of the one version that the key names. What comes into use so, a draft or an archived version that becomes the latest, is compared
     * first with the versions that are in use, as at a registration.
     */
    public SchemaSummary changeState(SchemaKey key, SchemaState wanted) {
        SchemaId id = idToChange(key);
        requireWritable(id, "a version's state cannot be changed");
        UnaryOperator<SchemaState> transition = StateTransitions.to(wanted, clock.instant());
        try {
            return storage.updateSchemaState(id, present -> {
                SchemaState next = transition.apply(present);
                if (next.stage().isSelectable() && !present.stage().isSelectable()) {
                    throw new ComesIntoUse();
                }
                return next;
            });
        } catch (ComesIntoUse e) {
            // Only now is the content needed, which may be damaged.
            return bringIntoUse(find(new SchemaKey.ById(id)), transition);
        }
    }

    /** Why a change of state is not made without a comparison: thrown and caught here. */
    private static final class ComesIntoUse extends RuntimeException {
        ComesIntoUse() {
            super("it has to be compared first", null, false, false);
        }
    }

    private SchemaSummary bringIntoUse(Schema schema, UnaryOperator<SchemaState> transition) {
        SchemaSummary summary = schema.summary();
        Subject subject = summary.subject();
        try (StorageTransaction transaction = storage.beginTransaction()) {
            transaction.lockSubjects(List.of(subject));
            Version latest =
                    transaction.getSubject(subject).map(SubjectSummary::latest).orElse(null);
            // An older version that was in use before was compared then; with what came after it there is nothing to
            // compare.
            if (summary.state().stage() == Stage.DRAFT
                    || latest == null
                    || summary.version().compareTo(latest) > 0) {
                compatibility.checkActivation(schema, settingsInForce(subject, transaction), transaction);
            }
            SchemaSummary used = transaction.updateSchemaState(summary.id(), transition);
            transaction.commit();
            return used;
        }
    }

    /** Soft-deletes the one version that the key names. */
    public SchemaSummary delete(SchemaKey key) {
        SchemaId id = idToChange(key);
        requireWritable(id, NO_DELETION);
        return storage.deleteSchema(id, clock.instant());
    }

    /** Removes the one version that the key names for good, if it was soft-deleted before; returns it as it was last. */
    public SchemaSummary purge(SchemaKey key) {
        checkNamesOne(key);
        if (key instanceof SchemaKey.ById(SchemaId id)) {
            requireWritable(id, NO_DELETION);
            return storage.purgeSchema(id);
        }
        SchemaSummary found = findDeleted(key)
                .or(() -> storage.getSchema(key).map(Schema::summary))
                .orElseThrow(() -> lookup.notFound(key));
        requireWritable(found.subject(), NO_DELETION);
        return storage.purgeSchema(found.id());
    }

    /**
     * The schema that the key picks, or else the one that it would pick if the deleted versions of its subject were not deleted; a refusal if there is
     * neither.
     */
    public Schema findEvenDeleted(SchemaKey key) {
        return storage.getSchema(key)
                .or(() -> findDeleted(key).flatMap(deleted -> storage.getSchema(new SchemaKey.ById(deleted.id()))))
                .orElseThrow(() -> lookup.notFound(key));
    }

    /**
     * Removes all versions of a subject for good, if they were soft-deleted before; returns them as they were last, by ordinal.
     *
     * @throws SubjectNotFound nothing is left of it
     * @throws RegistryException.NotDeletedYet a version is not deleted
     */
    public List<SchemaSummary> purgeSubject(Subject subject) {
        requireWritable(subject, NO_DELETION);
        try (StorageTransaction transaction = storage.beginTransaction()) {
            transaction.lockSubjects(List.of(subject));
            List<SchemaSummary> versions = allVersions(subject, transaction);
            if (versions.isEmpty()) {
                throw new SubjectNotFound(subject);
            }
            // The newest first: within a subject only newer versions refer to older ones.
            versions.reversed().forEach(version -> transaction.purgeSchema(version.id()));
            transaction.commit();
            return versions;
        }
    }

    private static List<SchemaSummary> allVersions(Subject subject, SchemaStore store) {
        SchemaFilter filter =
                SchemaFilter.all(subject.tenant()).withSubject(subject).withDeletion(Deletion.ANY);
        List<SchemaSummary> versions = new ArrayList<>();
        PageRequest request = PageRequest.first(PageRequest.MAX_SIZE);
        while (true) {
            Page<SchemaSummary> page = store.listSchemas(filter, SchemaOrder.BY_ORDINAL, request);
            versions.addAll(page.items());
            if (page.next() == null) {
                return versions;
            }
            request = new PageRequest(PageRequest.MAX_SIZE, page.next());
        }
    }

    /** A deleted version by its number, by which it is not found any more: looked for among the deleted ones of its subject. */
    private Optional<SchemaSummary> findDeleted(SchemaKey key) {
        if (!(key instanceof SchemaKey.ByVersion(Subject subject, VersionSelector selector))) {
            return Optional.empty();
        }
        SchemaFilter deleted =
                SchemaFilter.all(subject.tenant()).withSubject(subject).withDeletion(Deletion.DELETED);
        PageRequest request = PageRequest.first(PageRequest.MAX_SIZE);
        while (true) {
            Page<SchemaSummary> page = storage.listSchemas(deleted, SchemaOrder.BY_ORDINAL, request);
            Optional<SchemaSummary> found = page.items().stream()
                    .filter(schema -> isNamedBy(selector, schema))
                    .findFirst();
            if (found.isPresent() || page.next() == null) {
                return found;
            }
            request = new PageRequest(PageRequest.MAX_SIZE, page.next());
        }
    }

    private static boolean isNamedBy(VersionSelector selector, SchemaSummary schema) {
        return switch (selector) {
            case VersionSelector.Exact(Version version) -> schema.version().compareTo(version) == 0;
            case VersionSelector.Numbered(int ordinal) -> schema.ordinal() == ordinal;
            case VersionSelector.Latest _, VersionSelector.InRange _ -> false;
        };
    }

    private void requireWritable(SchemaId id, String wish) {
        storage.getSummary(id).ifPresent(schema -> requireWritable(schema.subject(), wish));
    }

    /** By its id a version is changed without a look at its content, which may be damaged. */
    private SchemaId idToChange(SchemaKey key) {
        checkNamesOne(key);
        return key instanceof SchemaKey.ById(SchemaId id)
                ? id
                : find(key).summary().id();
    }

    /** A change is made to a version that the user has named, never to one that happens to be the latest now. */
    private static void checkNamesOne(SchemaKey key) {
        if (key instanceof SchemaKey.ByVersion(Subject _, VersionSelector selector)) {
            switch (selector) {
                case VersionSelector.Latest _, VersionSelector.InRange _ ->
                    throw new InvalidValue(
                            "version",
                            selector.toString(),
                            "a change needs an exact version, such as 1.2.3, or an ordinal");
                case VersionSelector.Exact _, VersionSelector.Numbered _ -> {}
            }
        }
    }

    /** The subject; a refusal if nothing was ever registered in it, or all is deleted. */
    public SubjectSummary findSubject(Subject subject) {
        return storage.getSubject(subject)
                .filter(found -> !found.isDeleted())
                .orElseThrow(() -> new SubjectNotFound(subject));
    }

    public Page<SubjectSummary> listSubjects(SubjectFilter filter, PageRequest page) {
        return storage.listSubjects(filter, page);
    }

    /** Changes what is said about a subject, and its state if the change has another one. */
    public SubjectSummary updateSubject(Subject subject, UnaryOperator<SubjectDetails> change) {
        requireWritable(subject, "what is said about the subject cannot be changed");
        return storage.updateSubject(
                subject,
                present -> {
                    SubjectDetails wanted = change.apply(new SubjectDetails(present.metadata(), present.state()));
                    SchemaState state =
                            StateTransitions.to(wanted.state(), clock.instant()).apply(present.state());
                    return new SubjectDetails(wanted.metadata(), state);
                },
                clock.instant());
    }

    /** Soft-deletes a subject with all its versions, and returns those. */
    public List<SchemaSummary> deleteSubject(Subject subject) {
        requireWritable(subject, NO_DELETION);
        return storage.deleteSubject(subject, clock.instant());
    }

    /** Whether requests can be served. */
    public Health check() {
        return storage.check();
    }
}
