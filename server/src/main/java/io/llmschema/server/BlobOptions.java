package io.llmschema.server;

import io.llmschema.storage.BlobStore;
import io.llmschema.storage.FallbackBlobStore;
import io.llmschema.storage.directory.DirectoryBlobStore;
import io.llmschema.storage.postgres.BlobPlace;
import io.llmschema.storage.s3.S3BlobStore;
import io.llmschema.storage.s3.S3Config;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of the command line that are about large and cold contents. */
final class BlobOptions {
    static final String URL = "--blob-url";

    private static final String S3 = "s3://";
    private static final String FOLDER = "blobs";

    @Option(
            names = URL,
            paramLabel = "URL",
            description = "Where large and archived schemas are kept: s3://bucket/prefix?region=…, with"
                    + " &endpoint=https://host:9000 for a server of your own, or a folder that all nodes share. Credentials"
                    + " come from the environment, as AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or from the machine's role."
                    + " Without it, that is the folder 'blobs' in --data-dir; with --database-url, everything stays in"
                    + " PostgreSQL.")
    private @Nullable String url;

    @Option(
            names = "--blob-fallback-url",
            paramLabel = "URL",
            description =
                    "A second bucket or folder, with the same objects by replication, that is read when the first fails.")
    private @Nullable String fallbackUrl;

    @Option(
            names = "--inline-bytes",
            paramLabel = "BYTES",
            defaultValue = "" + BlobPlace.DEFAULT_INLINE_BYTES,
            description = "The largest schema that stays in PostgreSQL (default: ${DEFAULT-VALUE}).")
    private int inlineBytes;

    /**
     * @param dataDir of the embedded PostgreSQL; null: there is another one
     * @throws IllegalArgumentException they do not fit together
     */
    BlobConfig config(@Nullable Path dataDir) {
        ServerConfig.check("--inline-bytes", inlineBytes, 0, ServerConfig.MAX_CONTENT_BYTES);
        String place = url == null && dataDir != null ? dataDir.resolve(FOLDER).toString() : url;
        if (place == null && fallbackUrl != null) {
            throw new IllegalArgumentException("--blob-fallback-url goes with " + URL);
        }
        return new BlobConfig(place, fallbackUrl, inlineBytes);
    }

    /**
     * Where large and cold contents go.
     *
     * @param url of a bucket, or a folder; null: nowhere
     * @param fallbackUrl of what is read when that fails; null: there is none
     * @param inlineBytes the most bytes of a content that stays in the database
     */
    record BlobConfig(@Nullable String url, @Nullable String fallbackUrl, int inlineBytes) {
        /** The store, not yet asked whether it can be reached; null if there is none. */
        @Nullable
        BlobPlace open() {
            if (url == null) {
                return null;
            }
            BlobStore first = open(url);
            return new BlobPlace(
                    fallbackUrl == null ? first : new FallbackBlobStore(first, open(fallbackUrl)), inlineBytes);
        }

        private static BlobStore open(String url) {
            return isS3(url) ? new S3BlobStore(S3Config.of(url)) : new DirectoryBlobStore(Path.of(url));
        }

        static boolean isS3(String url) {
            return url.startsWith(S3);
        }
    }
}
