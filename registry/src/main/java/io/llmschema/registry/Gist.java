package io.llmschema.registry;

import io.llmschema.format.ParsedSchema;
import io.llmschema.model.Fingerprint;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of a schema once it was parsed, in place of its tree, which is many times larger than its text: enough to see that another one differs from
 * it in words at most.
 *
 * @param canonical the hash of the canonical form
 * @param wordless the hash of the {@link ParsedSchema#wordlessForm wordless form}; absent: its format has none for it
 */
record Gist(Fingerprint canonical, @Nullable Fingerprint wordless) {
    static Gist of(ParsedSchema schema, Fingerprint canonical) {
        return new Gist(
                canonical,
                schema.wordlessForm()
                        .map(text -> Fingerprint.sha256(text.getBytes(StandardCharsets.UTF_8)))
                        .orElse(null));
    }

    /** Whether two schemas of one type that refer to the same differ in words at most; false if that is not known. */
    boolean saysTheSameAs(@Nullable Gist other) {
        return other != null && wordless != null && wordless.equals(other.wordless);
    }
}
