package io.llmschema.cli;

import java.util.Arrays;
import java.util.stream.Collectors;

/** What the program's exit code says to a script. */
enum ExitCode {
    OK(0, "all went well"),
    REFUSED(1, "a registry refused something, rows of an import were rejected, or a check says no"),
    USAGE(2, "the command line is wrong: an unknown option, a missing file, a value that is not of its form"),
    UNREACHABLE(3, "no registry answered, or it stayed away longer than --patience"),
    DIFFERENT(4, "import --verify or migrate read back something other than what was sent"),
    INTERRUPTED(130, "interrupted by Ctrl-C; the same command goes on where it stopped");

    private final int code;
    private final String meaning;

    ExitCode(int code, String meaning) {
        this.code = code;
        this.meaning = meaning;
    }

    int code() {
        return code;
    }

    /** The table of all codes for the help texts, one a line. */
    static String table() {
        return Arrays.stream(values())
                .map(exit -> "  %3d  %s".formatted(exit.code, exit.meaning))
                .collect(Collectors.joining("%n".formatted()));
    }
}
