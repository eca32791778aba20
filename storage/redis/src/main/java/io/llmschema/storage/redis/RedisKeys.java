package io.llmschema.storage.redis;

import io.llmschema.model.GlobalId;
import io.llmschema.model.Schema;
import io.llmschema.model.SchemaId;
import io.llmschema.model.SchemaKey;
import io.llmschema.model.Subject;
import io.llmschema.model.VersionSelector;
import io.llmschema.storage.Seen;
import io.llmschema.storage.SubjectChange;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The names under which things stand in Redis.
 *
 * <p>A floor is {@code prefix:f{identity}}, an entry {@code prefix:e{identity}selector}. Both have the same hash tag, so they are on the
 * same server of a cluster: a tag ends at the first closing brace, and where an identity has one in it, it is at the same place in
 * both. An identity is {@code s:tenant:subject}, {@code i:tenant:id} or {@code g:tenant:global id}; no tenant has a colon, and no selector
 * a brace, so no two questions have the same name.
 */
final class RedisKeys {
    private final String prefix;

    RedisKeys(String prefix) {
        this.prefix = prefix;
    }

    /** Where the answer to a question stands, and the floor that it is judged by. */
    record Place(byte[] entry, byte[] floor) {}

    /** The place of a question; none for those whose answers are not kept: nothing tells when they change. */
    Optional<Place> placeOf(SchemaKey key) {
        return switch (key) {
            case SchemaKey.ById(SchemaId id) -> Optional.of(place(identity(id), ""));
            case SchemaKey.ByGlobalId(GlobalId id) -> Optional.of(place(identity(id), ""));
            case SchemaKey.ByVersion(Subject subject, VersionSelector selector) ->
                Optional.of(place(identity(subject), selector.toString()));
            case SchemaKey.ByFingerprint _, SchemaKey.ByGuid _ -> Optional.empty();
        };
    }

    private Place place(String identity, String selector) {
        return new Place(bytes(prefix + ":e{" + identity + "}" + selector), bytes(floor(identity)));
    }

    private String floor(String identity) {
        return prefix + ":f{" + identity + "}";
    }

    private String floorOf(Subject subject) {
        return floor(identity(subject));
    }

    private String floorOf(SchemaId id) {
        return floor(identity(id));
    }

    private String floorOf(GlobalId id) {
        return floor(identity(id));
    }

    /** Of nothing: to find out whether Redis can be written to. */
    byte[] probe() {
        return bytes(floor("probe"));
    }

    /** What matches every key of this registry. */
    String pattern() {
        return prefix + ":[ef]{*";
    }

    /** The channel on which changes are told. */
    String channel() {
        return prefix + ":changes";
    }

    private static String identity(Subject subject) {
        return "s:" + subject.tenant() + ":" + subject.name();
    }

    private static String identity(SchemaId id) {
        return "i:" + id.tenant() + ":" + id.uuid();
    }

    private static String identity(GlobalId id) {
        return "g:" + id.tenant() + ":" + id.value();
    }

    /** How far these changes raise which floors. */
    Map<String, Floor.Raise> raises(Collection<SubjectChange> changes) {
        Map<String, Floor.Raise> raises = new HashMap<>();
        for (SubjectChange change : changes) {
            long altered = switch (change.kind()) {
                case ADDITION, STATEMENT -> 0;
                case ALTERATION -> change.revision();
            };
            raises.merge(floorOf(change.subject()), new Floor.Raise(change.revision(), altered), Floor.Raise::max);
            for (SubjectChange.Version version : change.versions()) {
                Floor.Raise raise = new Floor.Raise(version.revision(), version.revision());
                raises.merge(floorOf(version.id()), raise, Floor.Raise::max);
                GlobalId content = version.content();
                if (content != null) {
                    raises.merge(floorOf(content), raise, Floor.Raise::max);
                }
            }
        }
        return raises;
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Which of a floor's two revisions an answer is judged by: what names a version, and found it, is outdated by alterations only;
     * everything else by any change.
     */
    static Floor.Mark markFor(SchemaKey key, Seen<Schema> seen) {
        boolean namesVersion = key instanceof SchemaKey.ByVersion(Subject _, VersionSelector selector)
                && switch (selector) {
                    case VersionSelector.Exact _, VersionSelector.Numbered _ -> true;
                    case VersionSelector.Latest _, VersionSelector.InRange _ -> false;
                };
        return namesVersion && seen.found().isPresent() ? Floor.Mark.ALTERED : Floor.Mark.ANY;
    }
}
