package io.llmschema.cli;

import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options that nearly every command has: which registry, and how to ask it. */
final class ConnectionOptions {
    @Option(
            names = "--url",
            paramLabel = "URL",
            defaultValue = Address.OF_OURS,
            description = "Where the registry answers. Default: $LLMSCHEMA_URL, or else http://localhost:8081")
    private String url = "";

    @Mixin
    private RequestOptions requests = new RequestOptions();

    boolean isJson() {
        return requests.isJson();
    }

    /** A client of that registry; {@link CommandFailure} where an option is not of its form. */
    RegistryClient connect(Retries retries) {
        return new RegistryClient(
                new RegistryHttp(Address.parse("--url", url), requests.tenant(), requests.timeout(), retries));
    }
}
