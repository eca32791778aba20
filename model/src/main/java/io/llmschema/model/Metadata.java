package io.llmschema.model;

import io.llmschema.model.RegistryException.InvalidValue;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What people say about a subject or a version, beside its content.
 *
 * @param description in words, if given; at most {@value #MAX_DESCRIPTION_LENGTH} characters
 * @param owner a person or team, if given; at most {@value #MAX_OWNER_LENGTH} characters
 * @param tags sorted and distinct; at most {@value #MAX_TAGS} of at most {@value #MAX_TAG_LENGTH} characters
 * @param attributes a JSON object as text, for everything else; at most {@value #MAX_ATTRIBUTES_LENGTH} characters. Whoever makes a
 *     {@code Metadata} from a user's text has checked that it is one.
 */
public record Metadata(
        @Nullable String description, @Nullable String owner, List<String> tags, String attributes) {
    public static final int MAX_DESCRIPTION_LENGTH = 4_096;
    public static final int MAX_OWNER_LENGTH = 255;
    public static final int MAX_TAGS = 64;
    public static final int MAX_TAG_LENGTH = 64;
    public static final int MAX_ATTRIBUTES_LENGTH = 65_536;

    /** Nothing said. */
    public static final Metadata NONE = new Metadata(null, null, List.of(), "{}");

    public Metadata {
        if (description != null) {
            Text.check("description", description, 0, MAX_DESCRIPTION_LENGTH);
        }
        if (owner != null) {
            Text.check("owner", owner, 1, MAX_OWNER_LENGTH);
        }
        tags = checkedTags(tags);
        Text.check("metadata", attributes, 2, MAX_ATTRIBUTES_LENGTH);
    }

    private static List<String> checkedTags(Collection<String> tags) {
        tags.forEach(tag -> Text.check("tags", tag, 1, MAX_TAG_LENGTH));
        List<String> sorted = tags.stream().sorted().distinct().toList();
        if (sorted.size() > MAX_TAGS) {
            throw new InvalidValue("tags", sorted.size() + " tags", "at most " + MAX_TAGS + " tags are allowed");
        }
        return sorted;
    }
}
