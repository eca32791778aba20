package io.llmschema.systemtests.confluent;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** The whole kit, and the program that asks it of a server and prints how many answers were as expected. */
public final class ConfluentKit {
    private static final String FOLDER = "/confluent-kit";

    private ConfluentKit() {}

    /** All sections, in the order of the specification. */
    static List<Section> sections() {
        URL folder = Objects.requireNonNull(ConfluentKit.class.getResource(FOLDER), FOLDER);
        try (Stream<Path> files = Files.list(Path.of(folder.toURI()))) {
            return files.filter(file -> file.toString().endsWith(".txt"))
                    .sorted()
                    .map(KitReader::read)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Arguments: the address of a server, its level ({@code 7.9} if there is none), and the beginnings of the names of those sections that
     * are to be asked (all if there are none). Ends with 1 if an answer was not as expected.
     */
    public static void main(String... arguments) {
        if (arguments.length == 0) {
            System.err.println("Usage: ConfluentKit URL [LEVEL [SECTION...]]");
            System.exit(2);
        }
        Level level = arguments.length > 1 ? Level.parse(arguments[1]) : Level.DEFAULT;
        List<String> wanted = List.of(arguments).subList(Math.min(2, arguments.length), arguments.length);
        System.exit(ask(URI.create(arguments[0]), level, wanted) ? 0 : 1);
    }

    private static boolean ask(URI server, Level level, List<String> wanted) {
        KitTable table = new KitTable();
        try (KitClient client = new KitClient(server)) {
            ScenarioRunner runner = new ScenarioRunner(client, level);
            for (Section section : sections()) {
                if (wanted.isEmpty() || wanted.stream().anyMatch(section.name()::startsWith)) {
                    table.add(
                            section,
                            section.scenarios().stream().map(runner::run).toList());
                }
            }
        }
        System.out.println(table);
        return table.allPassed();
    }
}
