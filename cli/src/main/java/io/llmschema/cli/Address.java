package io.llmschema.cli;

import java.net.URI;

/** Where a registry answers, as the command line has it. */
final class Address {
    /** The default for our own registry, as picocli reads it. */
    static final String OF_OURS = "${env:LLMSCHEMA_URL:-http://localhost:8081}";

    private Address() {}

    /**
     * {@link CommandFailure} if it is none.
     *
     * @param option that brought it
     */
    static URI parse(String option, String url) {
        try {
            URI uri = URI.create(url);
            if (("http".equals(uri.getScheme()) || "https".equals(uri.getScheme())) && uri.getHost() != null) {
                return uri;
            }
        } catch (IllegalArgumentException e) {
            // Falls through to the same sentence.
        }
        throw new CommandFailure(
                ExitCode.USAGE, "'" + url + "' is no address; " + option + " takes one such as http://localhost:8081");
    }
}
