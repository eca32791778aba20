package io.llmschema.registry;

import io.llmschema.model.SchemaContent;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.UUID;

/**
 * The guid of a content: the MD5 of its text and of what it refers to, by which Confluent's registry and its clients know it, whichever registry it
 * lies in. It tells contents apart, and protects nothing.
 */
public final class ContentGuid {
    /**
     * A reference as it is hashed.
     *
     * @param version the ordinal of the version in its subject
     */
    public record Reference(String name, String subject, int version) {}

    private ContentGuid() {}

    /** @param suffix what is hashed behind the references */
    public static UUID of(SchemaContent content, List<Reference> references, String suffix) {
        MessageDigest md5 = md5();
        md5.update(content.bytes());
        for (Reference reference : references) {
            md5.update(utf8(reference.name()));
            md5.update(utf8(reference.subject()));
            md5.update(ByteBuffer.allocate(Integer.BYTES)
                    .putInt(reference.version())
                    .flip());
        }
        md5.update(utf8(suffix));
        ByteBuffer hash = ByteBuffer.wrap(md5.digest());
        return new UUID(hash.getLong(), hash.getLong());
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static MessageDigest md5() {
        try {
            return MessageDigest.getInstance("MD5");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has MD5", e);
        }
    }
}
