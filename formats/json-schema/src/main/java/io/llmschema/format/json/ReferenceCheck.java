package io.llmschema.format.json;

import io.llmschema.format.json.Site.Reference;
import io.llmschema.json.Pointer;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.IdentityHashMap;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Follows every reference of a document to the schema it means. */
final class ReferenceCheck {
    private final SchemaDocument document;
    private final OtherDocuments others;
    private final IdentityHashMap<JsonNode, Target> targets = new IdentityHashMap<>();

    ReferenceCheck(SchemaDocument document, OtherDocuments others) {
        this.document = document;
        this.others = others;
    }

    /** What a {@code $ref} means: a value, where it stands, and the document that it is of. */
    record Target(SchemaDocument document, JsonNode value, Pointer pointer, Draft draft) {}

    /** A value that a fragment leads to, with the schema that is nearest around it. */
    private record Found(JsonNode value, Pointer pointer, Draft draft, Resource resource) {}

    /**
     * Reports every reference that leads nowhere.
     *
     * @return for each schema of the document with a {@code $ref} what it means
     */
    IdentityHashMap<JsonNode, Target> run() {
        // By index: following a reference may find schemas that nothing but the reference makes one.
        for (int i = 0; i < document.sites().size() && !document.report().isFull(); i++) {
            document.sites().get(i).references().forEach(this::follow);
        }
        return targets;
    }

    private void follow(Reference reference) {
        String uri = reference.withoutFragment();
        if (uri.isEmpty()) {
            followWithin(document, reference.site().resource(), reference);
            return;
        }
        String resolved =
                reference.site().resource().base().resolve(UriReference.of(uri)).toString();
        Optional<Resource> own = document.resource(resolved);
        if (own.isPresent()) {
            followWithin(document, own.get(), reference);
            return;
        }
        others.find(uri, resolved)
                .ifPresentOrElse(
                        other -> followWithin(other.document(), other.resource(), reference),
                        () -> report(
                                reference,
                                "it refers to " + Report.quote(uri)
                                        + ", which is neither in this document nor among its references; register it"
                                        + " and add a reference"));
    }

    private void followWithin(SchemaDocument target, Resource resource, Reference reference) {
        Found found = find(target, resource, reference.fragment());
        if (found == null) {
            report(reference, "it refers to " + Report.quote(reference.text()) + ", and there is no such place");
        } else if (!found.value().isObject() && !found.value().isBoolean()) {
            report(
                    reference,
                    "it refers to " + Report.quote(reference.text()) + ", which is no schema but "
                            + ShapeCheck.describe(found.value()));
        } else {
            boolean isOwn = target.equals(document);
            if (isOwn) {
                document.readAt(found.value(), found.pointer(), found.draft(), found.resource());
            }
            if (reference.keyword().equals("$ref")) {
                Target meant = new Target(target, found.value(), found.pointer(), found.draft());
                targets.put(reference.site().schema(), meant);
            }
        }
    }

    private @Nullable Found find(SchemaDocument target, Resource resource, String fragment) {
        String decoded = decoded(fragment);
        if (decoded.isEmpty() || decoded.startsWith("/")) {
            Found found = walk(target, resource, decoded);
            // A name with a percent sign, which its author did not know to encode.
            found = found == null && !decoded.equals(fragment) ? walk(target, resource, fragment) : found;
            if (found != null) {
                return found;
            }
        }
        JsonNode anchored = resource.anchors().get(decoded);
        return anchored == null
                ? null
                : target.siteOf(anchored)
                        .map(site -> new Found(anchored, site.pointer(), site.draft(), site.resource()))
                        .orElse(null);
    }

    private static @Nullable Found walk(SchemaDocument target, Resource resource, String pointer) {
        Found at = new Found(resource.root(), resource.pointer(), resource.draft(), resource);
        if (pointer.isEmpty()) {
            return at;
        }
        for (String escaped : pointer.substring(1).split("/", -1)) {
            String step = Pointer.unescape(escaped);
            JsonNode next = at.value().isArray()
                    ? element(at.value(), step)
                    : at.value().get(step);
            if (next == null) {
                return null;
            }
            Optional<Site> site = target.siteOf(next);
            at = new Found(
                    next,
                    at.pointer().child(step),
                    site.map(Site::draft).orElse(at.draft()),
                    site.map(Site::resource).orElse(at.resource()));
        }
        return at;
    }

    private static @Nullable JsonNode element(JsonNode array, String step) {
        boolean isIndex = step.length() <= 9 && step.matches("0|[1-9][0-9]*");
        return isIndex ? array.get(Integer.parseInt(step)) : null;
    }

    /** A fragment without its percent signs; as it is where they make no sense. */
    private static String decoded(String fragment) {
        if (fragment.indexOf('%') < 0) {
            return fragment;
        }
        try {
            return URLDecoder.decode(fragment.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException _) {
            return fragment;
        }
    }

    private void report(Reference reference, String reason) {
        document.report().add(reference.pointer(), reason);
    }
}
