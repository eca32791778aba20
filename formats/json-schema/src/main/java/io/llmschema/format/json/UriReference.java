package io.llmschema.format.json;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Iterator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A URI or relative reference taken apart as RFC 3986 does, without its fragment.
 *
 * <p>Schemas have spaces, braces and other things in their identifiers that {@link java.net.URI} refuses; every string can be taken
 * apart by the expression of appendix B, and that is all that finding a schema needs.
 */
record UriReference(
        @Nullable String scheme,
        @Nullable String authority,
        String path,
        @Nullable String query) {
    private static final Pattern SCHEME = Pattern.compile("[A-Za-z][-A-Za-z0-9+.]*");

    static UriReference of(String text) {
        String rest = withoutFragment(text);
        String scheme = null;
        int colon = rest.indexOf(':');
        if (colon > 0 && SCHEME.matcher(rest).region(0, colon).matches()) {
            scheme = rest.substring(0, colon);
            rest = rest.substring(colon + 1);
        }
        String query = null;
        int mark = rest.indexOf('?');
        if (mark >= 0) {
            query = rest.substring(mark + 1);
            rest = rest.substring(0, mark);
        }
        String authority = null;
        if (rest.startsWith("//")) {
            int slash = rest.indexOf('/', 2);
            authority = slash < 0 ? rest.substring(2) : rest.substring(2, slash);
            rest = slash < 0 ? "" : rest.substring(slash);
        }
        return new UriReference(scheme, authority, rest, query);
    }

    static String withoutFragment(String text) {
        int hash = text.indexOf('#');
        return hash < 0 ? text : text.substring(0, hash);
    }

    /** What a reference means where this is the base: section 5.2.2. */
    UriReference resolve(UriReference reference) {
        if (reference.scheme != null) {
            return new UriReference(
                    reference.scheme, reference.authority, withoutDots(reference.path), reference.query);
        }
        if (reference.authority != null) {
            return new UriReference(scheme, reference.authority, withoutDots(reference.path), reference.query);
        }
        if (reference.path.isEmpty()) {
            return new UriReference(scheme, authority, path, reference.query != null ? reference.query : query);
        }
        String target = reference.path.startsWith("/") ? reference.path : merged(reference.path);
        return new UriReference(scheme, authority, withoutDots(target), reference.query);
    }

    private String merged(String relative) {
        return authority != null && path.isEmpty()
                ? "/" + relative
                : path.substring(0, path.lastIndexOf('/') + 1) + relative;
    }

    private static String withoutDots(String path) {
        if (!path.contains(".")) {
            return path;
        }
        boolean absolute = path.startsWith("/");
        Deque<String> kept = new ArrayDeque<>();
        Iterator<String> segments =
                Arrays.asList(path.substring(absolute ? 1 : 0).split("/", -1)).iterator();
        while (segments.hasNext()) {
            String segment = segments.next();
            boolean isDots = segment.equals(".") || segment.equals("..");
            if (segment.equals("..") && !kept.isEmpty()) {
                kept.removeLast();
            }
            if (!isDots) {
                kept.addLast(segment);
            } else if (!segments.hasNext()) {
                kept.addLast("");
            }
        }
        return (absolute ? "/" : "") + String.join("/", kept);
    }

    @Override
    public String toString() {
        return (scheme == null ? "" : scheme + ":")
                + (authority == null ? "" : "//" + authority)
                + path
                + (query == null ? "" : "?" + query);
    }
}
