package io.llmschema.cli;

import io.llmschema.cli.migrate.DialectRegistry;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of commands that speak Confluent's dialect: how to ask, and how much at a time. */
final class DialectOptions {
    private static final String ADVICE = "start it, or wait longer for it with --patience";

    @Mixin
    private RequestOptions requests = new RequestOptions();

    @Mixin
    private SideBySideOptions sideBySide = new SideBySideOptions();

    @Option(
            names = "--also",
            paramLabel = "NAME",
            split = ",",
            description = "Names that have settings but no versions, such as aliases; not every registry lists them."
                    + " Several with commas")
    private List<String> unlisted = List.of();

    /** The registry at the end of that wire. */
    DialectRegistry registry(DialectWire wire) {
        return new DialectRegistry(wire, unlisted);
    }

    boolean isJson() {
        return requests.isJson();
    }

    int concurrency() {
        return sideBySide.concurrency();
    }

    /**
     * What leads to a registry of ours, which is told the tenant.
     *
     * @param news hears of an outage and of its end
     */
    DialectWire ours(URI url, Interruption interruption, Consumer<String> news) {
        return wire(url, Map.of("Registry-Tenant", requests.tenant()), interruption, news);
    }

    /** What leads to a registry of Confluent's. */
    DialectWire theirs(URI url, CredentialOptions credentials, Interruption interruption, Consumer<String> news) {
        return wire(url, credentials.headers(), interruption, news);
    }

    private DialectWire wire(URI url, Map<String, String> headers, Interruption interruption, Consumer<String> news) {
        Retries retries = sideBySide.retries(interruption, news);
        return new DialectWire(new PatientHttp(url, requests.timeout(), retries, ADVICE), headers);
    }
}
