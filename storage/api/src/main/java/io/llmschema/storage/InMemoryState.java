package io.llmschema.storage;

import static java.util.Comparator.comparing;
import static java.util.Comparator.comparingDouble;
import static java.util.Comparator.comparingInt;
import static java.util.Comparator.reverseOrder;
import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toSet;

import io.llmschema.model.Fingerprint;
import io.llmschema.model.GlobalId;
import io.llmschema.model.LatestVersion;
import io.llmschema.model.Metadata;
import io.llmschema.model.NewSchema;
import io.llmschema.model.Page;
import io.llmschema.model.PagePosition;
import io.llmschema.model.PageRequest;
import io.llmschema.model.Placement;
import io.llmschema.model.Registration;
import io.llmschema.model.RegistryException.MissingReference;
import io.llmschema.model.RegistryException.NotDeletedYet;
import io.llmschema.model.RegistryException.OrdinalRefused;
import io.llmschema.model.RegistryException.SchemaInUse;
import io.llmschema.model.RegistryException.SchemaNotFound;
import io.llmschema.model.RegistryException.SubjectNotFound;
import io.llmschema.model.RegistryException.VersionExists;
import io.llmschema.model.Schema;
import io.llmschema.model.SchemaId;
import io.llmschema.model.SchemaKey;
import io.llmschema.model.SchemaOutline;
import io.llmschema.model.SchemaReference;
import io.llmschema.model.SchemaState;
import io.llmschema.model.SchemaSummary;
import io.llmschema.model.Subject;
import io.llmschema.model.SubjectSettings;
import io.llmschema.model.SubjectSummary;
import io.llmschema.model.TenantId;
import io.llmschema.model.Version;
import io.llmschema.model.VersionSelector;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The data of an {@link InMemoryStorage}, and every question and change as plain code over maps. Guarded by its owner. */
class InMemoryState implements SchemaStore {
    private static final Comparator<SchemaSummary> BY_ORDINAL =
            comparing(SchemaSummary::subject).thenComparingInt(SchemaSummary::ordinal);
    private static final Comparator<SchemaSummary> BY_VERSION =
            comparing(SchemaSummary::subject).thenComparing(SchemaSummary::version, reverseOrder());
    private static final Comparator<SchemaSummary> NEWEST_FIRST = comparing(SchemaSummary::createdAt)
            .thenComparing(schema -> schema.id().uuid())
            .reversed();

    private final BiPredicate<String, String> containsJson;
    private final Map<SchemaId, Entry> schemas;
    private final Map<Subject, SubjectSummary> subjects;
    private final InMemoryContents contents;

    /** When something was removed that the key led to. */
    private final Map<SchemaKey, Removal> removals;

    /** The numbers of versions that were removed, which are not used again. */
    private final Map<Subject, List<Numbers>> purged;

    private final Map<Subject, ChangePosition> positions;
    private final Map<Subject, SubjectSettings> settings;

    /** Of what settings were changed for before anything was registered in it. */
    private final Map<Subject, Long> emptyRevisions;

    /** Behind the changes made to this state. */
    final ChangePosition position;

    /** What was done to this state since it was copied. */
    final List<SubjectChange> changes = new ArrayList<>();

    /** A version and what it is found by. */
    private record Entry(Schema schema, SchemaOutline outline) {
        SchemaSummary summary() {
            return schema.summary();
        }
    }

    /** Who was shown that a version is gone, or that its content has moved, must not be shown less. */
    private record Removal(long revision, ChangePosition position) {
        private static final Removal NONE = new Removal(0, ChangePosition.START);

        private Removal later(Removal other) {
            return new Removal(
                    Math.max(revision, other.revision), other.position.covers(position) ? other.position : position);
        }
    }

    /** What a version of a subject is called by, for ever. */
    private record Numbers(int ordinal, Version version) {
        static Numbers of(SchemaSummary schema) {
            return new Numbers(schema.ordinal(), schema.version());
        }
    }

    InMemoryState(BiPredicate<String, String> containsJson) {
        this(containsJson, ChangePosition.START, new InMemoryContents());
    }

    private InMemoryState(
            BiPredicate<String, String> containsJson, ChangePosition position, InMemoryContents contents) {
        this.containsJson = containsJson;
        this.position = position;
        this.contents = contents;
        this.schemas = new TreeMap<>(comparing(SchemaId::tenant).thenComparing(SchemaId::uuid));
        this.subjects = new TreeMap<>();
        this.removals = new HashMap<>();
        this.purged = new HashMap<>();
        this.positions = new HashMap<>();
        this.settings = new HashMap<>();
        this.emptyRevisions = new HashMap<>();
    }

    /** A copy whose changes lie before a position. */
    InMemoryState(InMemoryState base, ChangePosition position) {
        this(base.containsJson, position, new InMemoryContents(base.contents));
        schemas.putAll(base.schemas);
        subjects.putAll(base.subjects);
        removals.putAll(base.removals);
        purged.putAll(base.purged);
        positions.putAll(base.positions);
        settings.putAll(base.settings);
        emptyRevisions.putAll(base.emptyRevisions);
    }

    /** See {@link SightReader#see(SchemaKey)}. */
    Seen<Schema> see(SchemaKey key) {
        Schema found = getSchema(key).orElse(null);
        if (key instanceof SchemaKey.ByVersion(Subject subject, VersionSelector _)) {
            return new Seen<>(found, revision(subject), position(subject), position);
        }
        Removal removal = removals.getOrDefault(key, Removal.NONE);
        if (found == null) {
            return new Seen<>(null, removal.revision(), removal.position(), position);
        }
        long revision = found.summary().revision();
        Removal shown = new Removal(revision, position(found.summary().subject())).later(removal);
        return new Seen<>(found, revision, shown.position(), position);
    }

    /** See {@link SightReader#see(Subject)}. */
    Seen<SubjectSummary> see(Subject subject) {
        return new Seen<>(subjects.get(subject), revision(subject), position(subject), position);
    }

    /** See {@link SightReader#seeSettings}. */
    Seen<SubjectSettings> seeSettings(Subject subject) {
        return new Seen<>(getSettings(subject), revision(subject), position(subject), position);
    }

    private long revision(Subject subject) {
        SubjectSummary found = subjects.get(subject);
        return found == null ? emptyRevisions.getOrDefault(subject, 0L) : found.revision();
    }

    private ChangePosition position(Subject subject) {
        return positions.getOrDefault(subject, ChangePosition.START);
    }

    private void record(Subject subject, long revision, SubjectChange.Kind kind, List<SchemaSummary> versions) {
        positions.put(subject, position);
        changes.add(new SubjectChange(
                subject, revision, kind, versions.stream().map(this::changed).toList()));
    }

    private SubjectChange.Version changed(SchemaSummary version) {
        boolean isFirst = contents.isFirst(version.id(), version.globalId());
        return new SubjectChange.Version(version.id(), version.revision(), isFirst ? version.globalId() : null);
    }

    @Override
    public Optional<Schema> getSchema(SchemaKey key) {
        return switch (key) {
            case SchemaKey.ById(SchemaId id) ->
                Optional.ofNullable(schemas.get(id)).map(Entry::schema);
            case SchemaKey.ByGlobalId(GlobalId id) ->
                contents.firstVersion(id).map(schemas::get).map(Entry::schema);
            case SchemaKey.ByGuid(TenantId tenant, UUID guid) ->
                contents.firstVersion(tenant, guid).map(schemas::get).map(Entry::schema);
            case SchemaKey.ByFingerprint(TenantId tenant, Fingerprint raw) ->
                first(tenant, schema -> schema.fingerprints().raw().equals(raw));
            case SchemaKey.ByVersion(Subject subject, VersionSelector selector) ->
                select(liveVersions(subject), selector).flatMap(schema -> getSchema(new SchemaKey.ById(schema.id())));
        };
    }

    private Optional<Schema> first(TenantId tenant, Predicate<SchemaSummary> condition) {
        return schemas.values().stream()
                .filter(entry -> entry.summary().subject().tenant().equals(tenant))
                .filter(entry -> condition.test(entry.summary()))
                .findFirst()
                .map(Entry::schema);
    }

    private static Optional<SchemaSummary> select(Collection<SchemaSummary> live, VersionSelector selector) {
        return switch (selector) {
            case VersionSelector.Latest _ -> LatestVersion.of(live);
            case VersionSelector.InRange(var range) -> LatestVersion.inRange(live, range);
            case VersionSelector.Exact(Version version) ->
                live.stream()
                        .filter(schema -> schema.version().compareTo(version) == 0)
                        .findFirst();
            case VersionSelector.Numbered(int ordinal) ->
                live.stream().filter(schema -> schema.ordinal() == ordinal).findFirst();
        };
    }

    @Override
    public Optional<SchemaSummary> getSummary(SchemaId id) {
        return Optional.ofNullable(schemas.get(id)).map(Entry::summary);
    }

    @Override
    public boolean exists(SchemaKey key) {
        return getSchema(key).isPresent();
    }

    @Override
    public Page<SchemaSummary> listSchemas(SchemaFilter filter, SchemaOrder order, PageRequest request) {
        Stream<SchemaSummary> passing = summaries().filter(schema -> passes(schema, filter));
        PagePosition after = request.after();
        return switch (order) {
            case BY_ORDINAL ->
                page(
                        passing,
                        BY_ORDINAL,
                        request,
                        InMemoryState::ordinalPosition,
                        after == null ? null : ordinalAfter(after, filter.tenant()));
            case BY_VERSION ->
                page(
                        passing,
                        BY_VERSION,
                        request,
                        InMemoryState::versionPosition,
                        after == null ? null : versionAfter(after, filter.tenant()));
            case NEWEST_FIRST ->
                page(
                        passing,
                        NEWEST_FIRST,
                        request,
                        InMemoryState::timePosition,
                        after == null ? null : timeAfter(after));
        };
    }

    private static <T> Page<T> page(
            Stream<T> items,
            Comparator<? super T> order,
            PageRequest request,
            Function<T, PagePosition> position,
            @Nullable Predicate<T> after) {
        List<T> found = items.filter(item -> after == null || after.test(item))
                .sorted(order)
                .limit(request.size() + 1L)
                .toList();
        return Page.of(found, request, position);
    }

    private static PagePosition ordinalPosition(SchemaSummary schema) {
        return PagePosition.of(schema.subject().name(), Integer.toString(schema.ordinal()));
    }

    private static Predicate<SchemaSummary> ordinalAfter(PagePosition after, TenantId tenant) {
        Subject subject = subjectOf(after, tenant);
        int ordinal = after.key(1, Integer::parseInt);
        return schema -> {
            int order = schema.subject().compareTo(subject);
            return order > 0 || (order == 0 && schema.ordinal() > ordinal);
        };
    }

    private static PagePosition versionPosition(SchemaSummary schema) {
        return PagePosition.of(schema.subject().name(), schema.version().toString());
    }

    private static Subject subjectOf(PagePosition after, TenantId tenant) {
        return after.key(0, name -> new Subject(tenant, name));
    }

    private static Predicate<SchemaSummary> versionAfter(PagePosition after, TenantId tenant) {
        Subject subject = subjectOf(after, tenant);
        Version version = after.key(1, Version::parse);
        return schema -> {
            int order = schema.subject().compareTo(subject);
            return order > 0 || (order == 0 && schema.version().compareTo(version) < 0);
        };
    }

    private static PagePosition timePosition(SchemaSummary schema) {
        return PagePosition.of(schema.createdAt().toString(), schema.id().toString());
    }

    private static Predicate<SchemaSummary> timeAfter(PagePosition after) {
        Instant time = after.key(0, Instant::parse);
        UUID uuid = after.key(1, UUID::fromString);
        return schema -> {
            int order = schema.createdAt().compareTo(time);
            return order < 0 || (order == 0 && schema.id().uuid().compareTo(uuid) < 0);
        };
    }

    private boolean passes(SchemaSummary schema, SchemaFilter filter) {
        Metadata metadata = schema.metadata();
        return schema.subject().tenant().equals(filter.tenant())
                && filter.deletion().includes(schema.isDeleted())
                && (filter.subject() == null || schema.subject().equals(filter.subject()))
                && (filter.subjectPrefix() == null || schema.subject().name().startsWith(filter.subjectPrefix()))
                && (filter.types().isEmpty() || filter.types().contains(schema.type()))
                && (filter.stages().isEmpty()
                        || filter.stages().contains(schema.state().stage()))
                && (filter.owner() == null || filter.owner().equals(metadata.owner()))
                && metadata.tags().containsAll(filter.tags())
                && (filter.attributes() == null || containsJson.test(metadata.attributes(), filter.attributes()))
                && (filter.fingerprint() == null || hasFingerprint(schema, filter.fingerprint()))
                && (filter.globalId() == null || schema.globalId().equals(filter.globalId()));
    }

    private static boolean hasFingerprint(SchemaSummary schema, Fingerprint fingerprint) {
        return fingerprint.equals(schema.fingerprints().raw())
                || fingerprint.equals(schema.fingerprints().canonical())
                || fingerprint.equals(schema.fingerprints().unordered());
    }

    @Override
    public Page<SearchHit> searchSchemas(SearchQuery query, PageRequest request) {
        String words = query.words();
        Stream<SearchHit> hits = schemas.values().stream()
                .filter(entry -> passes(entry.summary(), query.filter()))
                .filter(entry -> query.scope() == SearchQuery.Scope.ALL || isLatest(entry.summary()))
                .map(entry -> new SearchHit(
                        entry.summary(),
                        words == null ? 0 : InMemorySearch.score(words, entry.summary(), entry.outline())))
                .filter(hit -> words == null || hit.score() > 0);
        PagePosition after = request.after();
        boolean isByScore = query.order() == SearchQuery.Order.RELEVANCE && words != null;
        if (isByScore) {
            Comparator<SearchHit> order = comparingDouble(SearchHit::score)
                    .thenComparing(hit -> hit.schema().id().uuid())
                    .reversed();
            return page(hits, order, request, InMemoryState::scorePosition, after == null ? null : scoreAfter(after));
        }
        boolean isByTime = query.order() == SearchQuery.Order.NEWEST_FIRST;
        Function<SchemaSummary, PagePosition> position =
                isByTime ? InMemoryState::timePosition : InMemoryState::ordinalPosition;
        var later = after == null
                ? null
                : isByTime
                        ? timeAfter(after)
                        : ordinalAfter(after, query.filter().tenant());
        return page(
                hits,
                comparing(SearchHit::schema, isByTime ? NEWEST_FIRST : BY_ORDINAL),
                request,
                hit -> position.apply(hit.schema()),
                later == null ? null : hit -> later.test(hit.schema()));
    }

    private static PagePosition scorePosition(SearchHit hit) {
        return PagePosition.of(Double.toString(hit.score()), hit.schema().id().toString());
    }

    private static Predicate<SearchHit> scoreAfter(PagePosition after) {
        double score = after.key(0, Double::parseDouble);
        UUID uuid = after.key(1, UUID::fromString);
        return hit -> hit.score() < score
                || (hit.score() == score && hit.schema().id().uuid().compareTo(uuid) < 0);
    }

    private boolean isLatest(SchemaSummary schema) {
        return LatestVersion.of(liveVersions(schema.subject()))
                .filter(schema::equals)
                .isPresent();
    }

    @Override
    public StorageStatistics statistics(TenantId tenant) {
        List<SchemaSummary> all = summaries()
                .filter(schema -> schema.subject().tenant().equals(tenant))
                .toList();
        List<SchemaSummary> live =
                all.stream().filter(schema -> !schema.isDeleted()).toList();
        Map<GlobalId, Long> sizes = new HashMap<>();
        all.forEach(schema -> sizes.put(schema.globalId(), (long) schema.contentSize()));
        return new StorageStatistics(
                subjects.values().stream()
                        .filter(subject -> subject.subject().tenant().equals(tenant) && !subject.isDeleted())
                        .count(),
                live.size(),
                all.size() - live.size(),
                live.stream().collect(groupingBy(SchemaSummary::type, counting())),
                live.stream().collect(groupingBy(schema -> schema.state().stage(), counting())),
                sizes.size(),
                sizes.values().stream().mapToLong(Long::longValue).sum(),
                0);
    }

    @Override
    public Optional<SubjectSummary> getSubject(Subject subject) {
        return Optional.ofNullable(subjects.get(subject));
    }

    @Override
    public Page<SubjectSummary> listSubjects(SubjectFilter filter, PageRequest request) {
        Subject after = request.after() == null ? null : subjectOf(request.after(), filter.tenant());
        Stream<SubjectSummary> passing = subjects.values().stream()
                .filter(subject -> subject.subject().tenant().equals(filter.tenant())
                        && filter.deletion().includes(subject.isDeleted())
                        && (filter.prefix() == null || subject.subject().name().startsWith(filter.prefix()))
                        && (filter.stages().isEmpty()
                                || filter.stages().contains(subject.state().stage()))
                        && (filter.owner() == null
                                || filter.owner().equals(subject.metadata().owner()))
                        && subject.metadata().tags().containsAll(filter.tags()));
        return page(
                passing,
                comparing(SubjectSummary::subject),
                request,
                subject -> PagePosition.of(subject.subject().name()),
                after == null ? null : subject -> subject.subject().compareTo(after) > 0);
    }

    @Override
    public Page<NamedSettings> listSettings(SettingsFilter filter, PageRequest request) {
        Subject after = request.after() == null ? null : subjectOf(request.after(), filter.tenant());
        Stream<NamedSettings> passing = settings.entrySet().stream()
                .map(set -> new NamedSettings(set.getKey(), set.getValue()))
                .filter(set -> passes(set, filter));
        return page(
                passing,
                comparing(NamedSettings::subject),
                request,
                set -> PagePosition.of(set.subject().name()),
                after == null ? null : set -> set.subject().compareTo(after) > 0);
    }

    private static boolean passes(NamedSettings set, SettingsFilter filter) {
        String attributes = set.settings().attributes();
        return set.subject().tenant().equals(filter.tenant())
                && !set.settings().equals(SubjectSettings.NONE)
                && (filter.prefix() == null || set.subject().name().startsWith(filter.prefix()))
                && (!filter.hasMode() || set.settings().mode() != null)
                && (filter.attributesPart() == null
                        || (attributes != null && attributes.contains(filter.attributesPart())));
    }

    @Override
    public Page<Dependency> dependencies(
            SchemaId id, Direction direction, Deletion deletion, boolean isTransitive, PageRequest request) {
        Map<SchemaId, Dependency> reached = new LinkedHashMap<>();
        List<SchemaId> frontier = List.of(id);
        for (int distance = 1; !frontier.isEmpty() && (isTransitive || distance == 1); distance++) {
            int reachedIn = distance;
            List<SchemaSummary> next = frontier.stream()
                    .flatMap(from -> neighbours(from, direction))
                    .filter(schema -> deletion.includes(schema.isDeleted()))
                    .filter(schema ->
                            !reached.containsKey(schema.id()) && !schema.id().equals(id))
                    .distinct()
                    .toList();
            next.forEach(schema -> reached.put(schema.id(), new Dependency(schema, reachedIn)));
            frontier = next.stream().map(SchemaSummary::id).toList();
        }
        PagePosition after = request.after();
        Comparator<Dependency> order = comparingInt(Dependency::distance)
                .thenComparing(found -> found.schema().id().uuid());
        return page(
                reached.values().stream(),
                order,
                request,
                found -> PagePosition.of(
                        Integer.toString(found.distance()), found.schema().id().toString()),
                after == null ? null : dependencyAfter(after));
    }

    private static Predicate<Dependency> dependencyAfter(PagePosition after) {
        int distance = after.key(0, Integer::parseInt);
        UUID uuid = after.key(1, UUID::fromString);
        return found -> found.distance() > distance
                || (found.distance() == distance && found.schema().id().uuid().compareTo(uuid) > 0);
    }

    private Stream<SchemaSummary> neighbours(SchemaId id, Direction direction) {
        Entry entry = schemas.get(id);
        if (entry == null) {
            return Stream.empty();
        }
        return switch (direction) {
            case REFERENCES -> entry.summary().references().stream().flatMap(reference -> target(reference).stream());
            case DEPENDENTS ->
                summaries()
                        .filter(schema -> schema.references().stream()
                                .anyMatch(reference -> leadsTo(reference, entry.summary())));
        };
    }

    private Stream<SchemaSummary> liveDependents(SchemaId id) {
        return neighbours(id, Direction.DEPENDENTS).filter(schema -> !schema.isDeleted());
    }

    private Optional<SchemaSummary> target(SchemaReference reference) {
        return summaries().filter(schema -> leadsTo(reference, schema)).findFirst();
    }

    private static boolean leadsTo(SchemaReference reference, SchemaSummary schema) {
        return reference.subject().equals(schema.subject())
                && reference.version().compareTo(schema.version()) == 0;
    }

    /** Nothing to do: a change to this state is alone. */
    public void lockSubjects(Collection<Subject> subjects) {}

    @Override
    public Registration registerSchema(NewSchema candidate, RegistrationRule rule) {
        return registerAndSee(candidate, rule).found().orElseThrow().registration();
    }

    Seen<Registered> registerAndSee(NewSchema candidate, RegistrationRule rule) {
        Registration registration = identical(candidate)
                .map(existing -> new Registration(existing, false))
                .orElseGet(() -> new Registration(create(candidate, rule), true));
        Subject subject = candidate.subject();
        boolean isLatest = registration
                .schema()
                .version()
                .equals(getSubject(subject).orElseThrow().latest());
        return new Seen<>(new Registered(registration, isLatest), revision(subject), position(subject), position);
    }

    private SchemaSummary create(NewSchema candidate, RegistrationRule rule) {
        Subject subject = candidate.subject();
        checkReferences(candidate);
        Version version = rule.assignVersion(candidate, history(subject), this);
        checkIsFree(version, subject);
        GlobalId globalId = contents.idFor(candidate);
        int ordinal = ordinalFor(candidate);
        SubjectSummary before = subjects.get(subject);
        long revision = revision(subject) + 1;
        SchemaSummary created = new SchemaSummary(
                candidate.id(),
                globalId,
                subject,
                ordinal,
                version,
                candidate.type(),
                candidate.state(),
                candidate.fingerprints(),
                candidate.content().size(),
                candidate.references(),
                candidate.metadata(),
                candidate.createdAt(),
                candidate.createdBy(),
                null,
                revision);
        schemas.put(created.id(), new Entry(new Schema(created, candidate.content()), candidate.outline()));
        contents.add(candidate, globalId);
        SubjectDetails details = new SubjectDetails(
                before == null ? Metadata.NONE : before.metadata(),
                before == null || before.isDeleted() ? new SchemaState.Active() : before.state());
        putSubject(subject, details, revision, candidate.createdAt(), candidate.createdBy());
        record(subject, revision, SubjectChange.Kind.ADDITION, List.of(created));
        return created;
    }

    /** The version that the candidate already is, if it is one, with the numbers that it wishes. */
    private Optional<SchemaSummary> identical(NewSchema candidate) {
        if (candidate.isByMeaning()) {
            return versions(candidate.subject()).stream()
                    .filter(schema -> !schema.isDeleted() && candidate.meansTheSameAs(schema))
                    .max(comparingInt(SchemaSummary::ordinal));
        }
        Placement placement = candidate.placement();
        return contents.find(candidate)
                .filter(known -> placement.globalId() == null || placement.globalId() == known.value())
                .flatMap(known -> versions(candidate.subject()).stream()
                        .filter(schema -> schema.globalId().equals(known))
                        .filter(schema -> isInPlace(schema, placement))
                        .max(comparingInt(SchemaSummary::ordinal)));
    }

    private static boolean isInPlace(SchemaSummary schema, Placement placement) {
        return placement.isAtOrdinal() ? Objects.equals(schema.ordinal(), placement.ordinal()) : !schema.isDeleted();
    }

    private void checkReferences(NewSchema candidate) {
        for (SchemaReference reference : candidate.references()) {
            if (target(reference).filter(schema -> !schema.isDeleted()).isEmpty()) {
                throw new MissingReference(
                        reference.name(),
                        reference.subject(),
                        reference.version().toString(),
                        "there is no such version");
            }
        }
    }

    private void checkIsFree(Version version, Subject subject) {
        for (SchemaSummary taken : versions(subject)) {
            if (taken.version().compareTo(version) == 0) {
                throw new VersionExists(subject, taken.version(), taken.isDeleted());
            }
        }
        for (Numbers taken : purged.getOrDefault(subject, List.of())) {
            if (taken.version().compareTo(version) == 0) {
                throw new VersionExists(subject, taken.version(), true);
            }
        }
    }

    /** The ordinal that the candidate is to get. */
    private int ordinalFor(NewSchema candidate) {
        Subject subject = candidate.subject();
        Set<Integer> used = used(subject).stream().map(Numbers::ordinal).collect(toSet());
        int next = used.isEmpty() ? 1 : Collections.max(used) + 1;
        Integer wanted = candidate.placement().ordinal();
        if (wanted == null) {
            return next;
        }
        if (used.contains(wanted)) {
            throw new OrdinalRefused(subject, wanted, next, "another version has it, or had it");
        }
        if (wanted != next && !candidate.placement().isImport()) {
            throw new OrdinalRefused(subject, wanted, next, "the next one is " + next);
        }
        return wanted;
    }

    /** The numbers of all versions that the subject ever had. */
    private List<Numbers> used(Subject subject) {
        return joined(versions(subject).stream().map(Numbers::of).toList(), purged.getOrDefault(subject, List.of()));
    }

    private static <T> List<T> joined(List<T> some, List<T> others) {
        return Stream.concat(some.stream(), others.stream()).toList();
    }

    private SubjectHistory history(Subject subject) {
        TenantId tenant = subject.tenant();
        return SubjectHistory.of(
                subjects.get(subject),
                revision(subject),
                LatestVersion.of(liveVersions(subject)).map(SchemaSummary::id).orElse(null),
                used(subject).stream()
                        .map(Numbers::version)
                        .max(Comparator.naturalOrder())
                        .orElse(null),
                getSettings(subject).withoutAttributes(),
                getSettings(subject.scope())
                        .over(getSettings(Subject.ofAllContexts(tenant)))
                        .withoutAttributes());
    }

    @Override
    public SchemaSummary updateSchemaState(SchemaId id, UnaryOperator<SchemaState> rule) {
        SchemaSummary schema = live(id);
        return replace(schema, rule.apply(schema.state()), null);
    }

    @Override
    public SchemaSummary deleteSchema(SchemaId id, Instant at) {
        SchemaSummary schema = live(id);
        List<SchemaSummary> users = liveDependents(id).toList();
        if (!users.isEmpty()) {
            throw new SchemaInUse(name(schema), users);
        }
        return replace(schema, schema.state(), at);
    }

    @Override
    public SchemaSummary purgeSchema(SchemaId id) {
        Entry entry = schemas.get(id);
        if (entry == null) {
            throw new SchemaNotFound(new SchemaKey.ById(id));
        }
        SchemaSummary schema = entry.summary();
        if (!schema.isDeleted()) {
            throw new NotDeletedYet(schema);
        }
        List<SchemaSummary> users = summaries()
                .filter(user -> user.references().stream().anyMatch(reference -> leadsTo(reference, schema)))
                .toList();
        if (!users.isEmpty()) {
            throw new SchemaInUse(name(schema), users);
        }
        SubjectSummary before =
                Optional.ofNullable(subjects.get(schema.subject())).orElseThrow();
        long revision = before.revision() + 1;
        // Recorded while the global id still leads to the version, if it does.
        SchemaSummary last = put(schema, schema.state(), schema.deletedAt(), revision);
        record(schema.subject(), revision, SubjectChange.Kind.ALTERATION, List.of(last));
        schemas.remove(id);
        removeFromContent(schema);
        purged.merge(schema.subject(), List.of(Numbers.of(schema)), InMemoryState::joined);
        Removal removal = new Removal(revision, position);
        removals.put(new SchemaKey.ById(id), removal);
        removals.merge(new SchemaKey.ByGlobalId(schema.globalId()), removal, Removal::later);
        putSubject(
                schema.subject(),
                new SubjectDetails(before.metadata(), before.state()),
                revision,
                before.updatedAt(),
                before.createdBy());
        return schema;
    }

    /** The global id of a version that was removed leads to the oldest one left, and nowhere if there is none. */
    private void removeFromContent(SchemaSummary removed) {
        GlobalId globalId = removed.globalId();
        if (contents.isFirst(removed.id(), globalId)) {
            summaries()
                    .filter(schema -> schema.globalId().equals(globalId))
                    .min(comparing(SchemaSummary::createdAt)
                            .thenComparing(schema -> schema.id().uuid()))
                    .ifPresentOrElse(oldest -> contents.leadTo(oldest.id(), globalId), () -> contents.remove(globalId));
        }
    }

    private static String name(SchemaSummary schema) {
        return "version " + schema.version() + " of subject '" + schema.subject() + "'";
    }

    private SchemaSummary live(SchemaId id) {
        Entry entry = schemas.get(id);
        if (entry == null || entry.summary().isDeleted()) {
            throw new SchemaNotFound(new SchemaKey.ById(id));
        }
        return entry.summary();
    }

    /** Changes one version, and with it the revision of its subject. */
    private SchemaSummary replace(SchemaSummary old, SchemaState state, @Nullable Instant deletedAt) {
        SubjectSummary subject =
                Optional.ofNullable(subjects.get(old.subject())).orElseThrow();
        long revision = subject.revision() + 1;
        SchemaSummary changed = put(old, state, deletedAt, revision);
        Instant updatedAt = deletedAt == null ? subject.updatedAt() : deletedAt;
        putSubject(
                old.subject(),
                new SubjectDetails(subject.metadata(), subject.state()),
                revision,
                updatedAt,
                subject.createdBy());
        record(old.subject(), revision, SubjectChange.Kind.ALTERATION, List.of(changed));
        return changed;
    }

    private SchemaSummary put(SchemaSummary old, SchemaState state, @Nullable Instant deletedAt, long revision) {
        SchemaSummary changed = new SchemaSummary(
                old.id(),
                old.globalId(),
                old.subject(),
                old.ordinal(),
                old.version(),
                old.type(),
                state,
                old.fingerprints(),
                old.contentSize(),
                old.references(),
                old.metadata(),
                old.createdAt(),
                old.createdBy(),
                deletedAt,
                revision);
        schemas.computeIfPresent(
                old.id(),
                (id, entry) -> new Entry(new Schema(changed, entry.schema().content()), entry.outline()));
        return changed;
    }

    /** Brings a subject up to date with its versions. */
    private void putSubject(Subject subject, SubjectDetails details, long revision, Instant at, String author) {
        SubjectSummary before = subjects.get(subject);
        List<SchemaSummary> live = liveVersions(subject);
        subjects.put(
                subject,
                new SubjectSummary(
                        subject,
                        details.metadata(),
                        details.state(),
                        live.size(),
                        LatestVersion.of(live).map(SchemaSummary::version).orElse(null),
                        before == null ? at : before.createdAt(),
                        before == null ? author : before.createdBy(),
                        at,
                        live.isEmpty() ? at : null,
                        revision));
    }

    @Override
    public SubjectSummary updateSubject(Subject subject, Function<SubjectSummary, SubjectDetails> rule, Instant at) {
        SubjectSummary before = liveSubject(subject);
        putSubject(subject, rule.apply(before), before.revision() + 1, at, before.createdBy());
        record(subject, before.revision() + 1, SubjectChange.Kind.STATEMENT, List.of());
        return liveSubject(subject);
    }

    @Override
    public SubjectSettings getSettings(Subject subject) {
        return settings.getOrDefault(subject, SubjectSettings.NONE);
    }

    @Override
    public SubjectSettings updateSettings(Subject subject, UnaryOperator<SubjectSettings> rule) {
        SubjectSettings changed = rule.apply(getSettings(subject));
        settings.put(subject, changed);
        long revision = revision(subject) + 1;
        SubjectSummary there = subjects.get(subject);
        if (there == null) {
            emptyRevisions.put(subject, revision);
        } else {
            subjects.put(subject, there.atRevision(revision));
        }
        record(subject, revision, SubjectChange.Kind.STATEMENT, List.of());
        return changed;
    }

    private SubjectSummary liveSubject(Subject subject) {
        SubjectSummary found = subjects.get(subject);
        if (found == null || found.isDeleted()) {
            throw new SubjectNotFound(subject);
        }
        return found;
    }

    @Override
    public List<SchemaSummary> deleteSubject(Subject subject, Instant at) {
        SubjectSummary before = liveSubject(subject);
        List<SchemaSummary> live = liveVersions(subject);
        List<SchemaSummary> users = live.stream()
                .flatMap(schema -> liveDependents(schema.id()))
                .filter(user -> !user.subject().equals(subject))
                .distinct()
                .toList();
        if (!users.isEmpty()) {
            throw new SchemaInUse("subject '" + subject + "'", users);
        }
        long revision = before.revision() + 1;
        List<SchemaSummary> deleted = live.stream()
                .map(schema -> put(schema, schema.state(), at, revision))
                .toList();
        putSubject(subject, new SubjectDetails(before.metadata(), before.state()), revision, at, before.createdBy());
        record(subject, revision, SubjectChange.Kind.ALTERATION, deleted);
        return deleted;
    }

    private Stream<SchemaSummary> summaries() {
        return schemas.values().stream().map(Entry::summary);
    }

    private List<SchemaSummary> versions(Subject subject) {
        return summaries()
                .filter(schema -> schema.subject().equals(subject))
                .sorted(comparingInt(SchemaSummary::ordinal))
                .toList();
    }

    private List<SchemaSummary> liveVersions(Subject subject) {
        return versions(subject).stream().filter(schema -> !schema.isDeleted()).toList();
    }
}
