package io.llmschema.cli;

import java.time.Duration;
import picocli.CommandLine.Option;

/** The options of every request: whose subjects, how long to wait, and for whom to write the answer. */
final class RequestOptions {
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

    Duration timeout() {
        return timeout;
    }

    /** {@link CommandFailure} where it could not even be sent; the registry knows what a tenant may be called. */
    String tenant() {
        if (tenant.chars().allMatch(c -> c > ' ' && c < 0x7F)) {
            return tenant;
        }
        throw new CommandFailure(ExitCode.USAGE, "'" + tenant + "' is no tenant; --tenant takes a name such as acme");
    }
}
