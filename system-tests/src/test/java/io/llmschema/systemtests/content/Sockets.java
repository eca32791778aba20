package io.llmschema.systemtests.content;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The connections of a server on this host, as Linux lists them. */
final class Sockets {
    private static final int LOCAL = 1;
    private static final int STATE = 3;
    private static final int QUEUES = 4;

    /** Established, and left by the other side. */
    private static final Set<String> CONNECTED = Set.of("01", "08");

    private Sockets() {}

    private static Stream<String[]> connections(URI server) {
        String port = ":%04X".formatted(server.getPort());
        return Stream.of("/proc/net/tcp", "/proc/net/tcp6")
                .flatMap(name -> lines(Path.of(name)).stream())
                .map(line -> line.strip().split("\\s+"))
                .filter(fields -> fields[LOCAL].endsWith(port) && CONNECTED.contains(fields[STATE]));
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether something was sent to the server that it has not taken. */
    static boolean isSomethingSent(URI server) {
        return connections(server).anyMatch(fields -> !fields[QUEUES].endsWith(":00000000"));
    }

    /** Whether anyone is connected to it. */
    static boolean isAnyoneConnected(URI server) {
        return connections(server).findAny().isPresent();
    }
}
