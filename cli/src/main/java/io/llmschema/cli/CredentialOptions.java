package io.llmschema.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say who asks Confluent's registry. A password comes from a file or from the environment, never on the command line, where others see it. */
final class CredentialOptions {
    private static final String PASSWORD_VARIABLE = "LLMSCHEMA_CONFLUENT_PASSWORD";

    @Option(
            names = "--user",
            paramLabel = "NAME",
            defaultValue = "${env:LLMSCHEMA_CONFLUENT_USER:-}",
            description = "Who asks it, by basic authentication. Default: $LLMSCHEMA_CONFLUENT_USER, or else nobody")
    private String user = "";

    @Option(
            names = "--password-file",
            paramLabel = "FILE",
            description = "The password is the first line of this file. Default: $" + PASSWORD_VARIABLE)
    private @Nullable Path passwordFile;

    /** What a request says of who asks. */
    Map<String, String> headers() {
        if (user.isEmpty()) {
            return Map.of();
        }
        byte[] credentials = (user + ":" + password()).getBytes(StandardCharsets.UTF_8);
        return Map.of("Authorization", "Basic " + Base64.getEncoder().encodeToString(credentials));
    }

    private String password() {
        @Nullable String password = passwordFile == null ? System.getenv(PASSWORD_VARIABLE) : firstLine(passwordFile);
        if (password == null) {
            throw new CommandFailure(
                    ExitCode.USAGE, "--user needs a password: --password-file FILE, or $" + PASSWORD_VARIABLE);
        }
        return password;
    }

    private static String firstLine(Path file) {
        try {
            return Files.readString(file).lines().findFirst().orElse("");
        } catch (IOException e) {
            throw new CommandFailure(ExitCode.USAGE, "cannot read " + file + ": " + e.getMessage());
        }
    }
}
