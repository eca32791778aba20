package io.llmschema.storage.s3;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Where objects are and how they may be reached.
 *
 * @param bucket its name
 * @param region absent: what the environment says, as for every AWS program
 * @param endpoint of a server that is not Amazon's; absent: Amazon's
 * @param prefix what every key begins with; empty, or ending in {@code /}
 * @param credentials absent: what the environment says, as for every AWS program (variables, profile, role of the machine)
 * @param isPathStyle whether the bucket stands in the path of a URL instead of its host
 * @param encryption of objects that are put
 * @param limits of time and of calls at once
 */
public record S3Config(
        String bucket,
        @Nullable String region,
        @Nullable URI endpoint,
        String prefix,
        @Nullable S3Credentials credentials,
        boolean isPathStyle,
        S3Encryption encryption,
        S3Limits limits) {
    /** Of a server that is not Amazon's and was given no region: what such servers take. */
    public static final String DEFAULT_REGION = "us-east-1";

    private static final String EXAMPLE =
            "; it is like s3://bucket/prefix?region=eu-central-1, or s3://bucket?endpoint=https://host:9000 for a server of your own";

    private static final Pattern FORM = Pattern.compile("s3://([^/?@#]+)(?:/([^?#]*))?(?:\\?([^#]*))?");
    private static final Pattern BUCKET = Pattern.compile("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");
    private static final Pattern PREFIX = Pattern.compile("(?:[A-Za-z0-9!_.*'()-]+/){0,16}");
    private static final Pattern REGION = Pattern.compile("[a-z0-9-]{1,32}");
    private static final int MAX_PREFIX = 200;

    private static final String REGION_PARAMETER = "region";
    private static final String ENDPOINT_PARAMETER = "endpoint";
    private static final String PATH_STYLE_PARAMETER = "path-style";
    private static final String ENCRYPTION_PARAMETER = "sse";
    private static final String KEY_PARAMETER = "kms-key";
    private static final Set<String> PARAMETERS =
            Set.of(REGION_PARAMETER, ENDPOINT_PARAMETER, PATH_STYLE_PARAMETER, ENCRYPTION_PARAMETER, KEY_PARAMETER);

    public S3Config {
        if (!BUCKET.matcher(bucket).matches()) {
            throw new IllegalArgumentException("'" + bucket
                    + "' is no name of a bucket: 3 to 63 lower-case letters, digits, hyphens and dots" + EXAMPLE);
        }
        if (region != null && !REGION.matcher(region).matches()) {
            throw new IllegalArgumentException("'" + region + "' is no region of S3" + EXAMPLE);
        }
        if (endpoint != null && !isEndpoint(endpoint)) {
            throw new IllegalArgumentException(
                    "an endpoint of S3 is http or https with a host, and without a user, path or query" + EXAMPLE);
        }
        if (!PREFIX.matcher(prefix).matches() || prefix.length() > MAX_PREFIX) {
            throw new IllegalArgumentException("a prefix of keys is at most " + MAX_PREFIX
                    + " letters, digits and _-.*'()! in parts that each end in a slash, like registry/blobs/");
        }
    }

    private static boolean isEndpoint(URI uri) {
        return ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))
                && uri.getHost() != null
                && uri.getUserInfo() == null
                && (uri.getPath().isEmpty() || uri.getPath().equals("/"))
                && uri.getQuery() == null
                && uri.getFragment() == null;
    }

    /**
     * The configuration for a URL {@code s3://bucket[/prefix][?parameters]}, with the default limits.
     *
     * <p>Its parameters, each percent-encoded where needed: {@code region}; {@code endpoint}; {@code path-style}, {@code true} or
     * {@code false}, else true exactly if there is an endpoint; {@code sse}, {@code s3} or {@code kms}, the latter with {@code kms-key}.
     * Credentials are never in it; see {@link #withCredentials}.
     *
     * @throws IllegalArgumentException it is not of that form
     */
    public static S3Config of(String url) {
        Matcher matcher = FORM.matcher(url);
        if (!matcher.matches()) {
            // Somebody may have put a secret before an @, so it is not repeated.
            throw new IllegalArgumentException(
                    "the URL of S3 is not well-formed, and has no credentials in it" + EXAMPLE);
        }
        Map<String, String> parameters = parameters(matcher.group(3));
        URI endpoint = endpoint(parameters.get(ENDPOINT_PARAMETER));
        String region = parameters.get(REGION_PARAMETER);
        return new S3Config(
                matcher.group(1),
                region == null && endpoint != null ? DEFAULT_REGION : region,
                endpoint,
                prefix(matcher.group(2)),
                null,
                isPathStyle(parameters.get(PATH_STYLE_PARAMETER), endpoint != null),
                encryption(parameters.get(ENCRYPTION_PARAMETER), parameters.get(KEY_PARAMETER)),
                S3Limits.DEFAULT);
    }

    private static Map<String, String> parameters(@Nullable String query) {
        if (query == null || query.isEmpty()) {
            return Map.of();
        }
        Map<String, String> parameters = Arrays.stream(query.split("&"))
                .map(parameter -> parameter.split("=", 2))
                .collect(Collectors.toMap(
                        parameter -> parameter[0],
                        parameter -> parameter.length == 1 ? "" : decode(parameter[1]),
                        (_, last) -> last));
        if (!PARAMETERS.containsAll(parameters.keySet())) {
            throw new IllegalArgumentException("the parameters of an S3 URL are "
                    + String.join(", ", PARAMETERS.stream().sorted().toList()) + EXAMPLE);
        }
        return parameters;
    }

    private static @Nullable URI endpoint(@Nullable String text) {
        try {
            return text == null ? null : new URI(text);
        } catch (URISyntaxException e) {
            // The exception repeats the text, which may hold a secret.
            throw new IllegalArgumentException("the endpoint of S3 is not well-formed" + EXAMPLE);
        }
    }

    private static String prefix(@Nullable String path) {
        String prefix = path == null ? "" : decode(path);
        return prefix.isEmpty() || prefix.endsWith("/") ? prefix : prefix + "/";
    }

    private static boolean isPathStyle(@Nullable String text, boolean byDefault) {
        return switch (text) {
            case null -> byDefault;
            case "true" -> true;
            case "false" -> false;
            default ->
                throw new IllegalArgumentException(PATH_STYLE_PARAMETER + " of an S3 URL is true or false" + EXAMPLE);
        };
    }

    private static S3Encryption encryption(@Nullable String text, @Nullable String key) {
        if (key != null && !"kms".equals(text)) {
            throw new IllegalArgumentException(KEY_PARAMETER + " of an S3 URL goes with sse=kms");
        }
        return switch (text) {
            case null -> new S3Encryption.BucketDefault();
            case "s3" -> new S3Encryption.SseS3();
            case "kms" -> new S3Encryption.SseKms(key == null ? "" : key);
            default ->
                throw new IllegalArgumentException(
                        ENCRYPTION_PARAMETER + " of an S3 URL is s3, or kms together with " + KEY_PARAMETER);
        };
    }

    private static String decode(String text) {
        // A plus is a plus in a URI; URLDecoder would make a space of it.
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    public S3Config withCredentials(S3Credentials given) {
        return new S3Config(bucket, region, endpoint, prefix, given, isPathStyle, encryption, limits);
    }

    public S3Config withEncryption(S3Encryption given) {
        return new S3Config(bucket, region, endpoint, prefix, credentials, isPathStyle, given, limits);
    }

    public S3Config withLimits(S3Limits given) {
        return new S3Config(bucket, region, endpoint, prefix, credentials, isPathStyle, encryption, given);
    }

    /** Where it is, without secrets: {@code s3://bucket/prefix/ at https://host:9000}. */
    public String address() {
        return "s3://" + bucket + "/" + prefix + (endpoint == null ? "" : " at " + endpoint);
    }

    /** Without the credentials. */
    @Override
    public String toString() {
        return "S3Config[" + address() + "]";
    }
}
