package io.llmschema.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The streams of one run of the program: answers go to {@code out}, everything said to a person goes to {@code err}.
 *
 * @param raw the bytes under {@code out}, for contents that are not to be touched by any encoding
 * @param isErrTerminal whether a person sees {@code err}, so that a bar may be drawn over itself
 */
record Console(PrintWriter out, PrintWriter err, OutputStream raw, InputStream in, boolean isErrTerminal) {
    private static final Path STANDARD_ERROR = Path.of("/proc/self/fd/2");

    /** The console of this process. */
    static Console ofProcess() {
        PrintStream out = System.out;
        return new Console(
                new PrintWriter(out, false, StandardCharsets.UTF_8),
                new PrintWriter(System.err, true, StandardCharsets.UTF_8),
                out,
                System.in,
                isTerminal());
    }

    private static boolean isTerminal() {
        try {
            if (Files.isSymbolicLink(STANDARD_ERROR)) {
                String target = Files.readSymbolicLink(STANDARD_ERROR).toString();
                return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty");
            }
        } catch (IOException unknown) {
            // Java itself only knows about its input and output together; that is the next best answer.
        }
        return Optional.ofNullable(System.console())
                .filter(java.io.Console::isTerminal)
                .isPresent();
    }
}
