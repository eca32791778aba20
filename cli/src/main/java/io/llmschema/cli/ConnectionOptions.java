package io.llmschema.cli;

import java.net.URI;
import java.time.Duration;
import picocli.CommandLine.Option;

/** The options that every command has: which registry, whose subjects, how long to wait, and for whom to write the answer. */
final class ConnectionOptions {
    @Option(
            names = "--url",
            paramLabel = "URL",
            defaultValue = "${env:LLMSCHEMA_URL:-http://localhost:8081}",
            description = "Where the registry answers. Default: $LLMSCHEMA_URL, or else http://localhost:8081")
    private String url = "";

    @Option(
            names = "--tenant",
            paramLabel = "NAME",
            defaultValue = "${env:LLMSCHEMA_TENANT:-default}",
            description = "Whose subjects are meant. Default: $LLMSCHEMA_TENANT, or else 'default'")
    private String tenant = "";

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            defaultValue = "60s",
            converter = Durations.class,
            description = "How long one request may take, such as 500ms, 30s or 2m. Default: 60s")
    private Duration timeout = Duration.ofSeconds(60);

    @Option(names = "--json", description = "Write JSON for scripts instead of text for people")
    private boolean isJson;

    boolean isJson() {
        return isJson;
    }

    /** A client of that registry; {@link CommandFailure} where an option is not of its form. */
    RegistryClient connect(Retries retries) {
        return new RegistryClient(new RegistryHttp(checkedUrl(), checkedTenant(), timeout, retries));
    }

    private URI checkedUrl() {
        try {
            URI uri = URI.create(url);
            if (("http".equals(uri.getScheme()) || "https".equals(uri.getScheme())) && uri.getHost() != null) {
                return uri;
            }
        } catch (IllegalArgumentException e) {
            // Falls through to the same sentence.
        }
        throw new CommandFailure(
                ExitCode.USAGE, "'" + url + "' is no address; --url takes one such as http://localhost:8081");
    }

    private String checkedTenant() {
        // Only what could not even be sent; the registry knows what a tenant may be called.
        if (tenant.chars().allMatch(c -> c > ' ' && c < 0x7F)) {
            return tenant;
        }
        throw new CommandFailure(ExitCode.USAGE, "'" + tenant + "' is no tenant; --tenant takes a name such as acme");
    }
}
