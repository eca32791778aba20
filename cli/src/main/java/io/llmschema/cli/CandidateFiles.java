package io.llmschema.cli;

import io.llmschema.model.SchemaType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The schemas in the files and folders that a person named: found at once, so that a wrong name is told before anything is asked. */
final class CandidateFiles {
    private final List<Source> sources;
    private final Console console;
    private final @Nullable SchemaType forced;

    /** Where a schema is read from. */
    private sealed interface Source {
        /** A file, and the folder from which its subject is named. */
        record InFolder(SchemaFiles folder, Path file) implements Source {}

        /** The standard input of the program. */
        record StandardInput() implements Source {}
    }

    private CandidateFiles(List<Source> sources, Console console, @Nullable SchemaType forced) {
        this.sources = List.copyOf(sources);
        this.console = console;
        this.forced = forced;
    }

    /** In the order of the paths, and within a folder by name; {@link CommandFailure} for a path that has no schema. */
    static CandidateFiles of(List<String> paths, Console console, @Nullable SchemaType forced) {
        List<Source> sources = new ArrayList<>();
        for (String path : paths) {
            if (path.equals(Examined.STANDARD_INPUT)) {
                sources.add(new Source.StandardInput());
            } else {
                sources.addAll(sourcesAt(Path.of(path), forced));
            }
        }
        if (sources.stream().filter(Source.StandardInput.class::isInstance).count() > 1) {
            throw new CommandFailure(ExitCode.USAGE, "- is named twice, and standard input can be read once");
        }
        return new CandidateFiles(sources, console, forced);
    }

    private static List<Source> sourcesAt(Path path, @Nullable SchemaType forced) {
        if (!Files.isReadable(path)) {
            throw new CommandFailure(ExitCode.USAGE, path + " is not there or cannot be read");
        }
        SchemaFiles files = Files.isDirectory(path) ? folder(path, forced) : file(path, forced);
        return files.files().stream()
                .<Source>map(file -> new Source.InFolder(files, file))
                .toList();
    }

    private static SchemaFiles file(Path path, @Nullable SchemaType forced) {
        if (RowFile.isOne(path)) {
            throw new CommandFailure(ExitCode.USAGE, path + " is a file of rows; name files that hold one schema each");
        }
        Path folder = path.resolveSibling("");
        return new SchemaFiles(path.getFileName().toString(), folder, List.of(path), false, forced);
    }

    private static SchemaFiles folder(Path path, @Nullable SchemaType forced) {
        try (Stream<Path> walk = Files.walk(path)) {
            List<Path> files = walk.filter(SchemaFiles::isOne)
                    .filter(Files::isRegularFile)
                    .sorted()
                    .toList();
            if (files.isEmpty()) {
                // A check of nothing would be green for ever.
                throw new CommandFailure(ExitCode.USAGE, "no .json, .avsc or .proto file is in " + path);
            }
            return new SchemaFiles(path + "/", path, files, true, forced);
        } catch (IOException | UncheckedIOException e) {
            throw new CommandFailure(ExitCode.USAGE, "cannot read " + path + ": " + e.getMessage());
        }
    }

    int count() {
        return sources.size();
    }

    boolean hasStandardInput() {
        return sources.stream().anyMatch(Source.StandardInput.class::isInstance);
    }

    /** The candidates, each with the subject that its file is named for, read when it is asked for. */
    Stream<Candidate> candidates(String subjectPrefix) {
        return sources.stream().map(source -> read(source, subjectPrefix, null));
    }

    /** The same, all of them of that subject. */
    Stream<Candidate> candidatesOf(String subject) {
        return sources.stream().map(source -> read(source, "", subject));
    }

    private Candidate read(Source source, String subjectPrefix, @Nullable String subject) {
        return switch (source) {
            case Source.InFolder(SchemaFiles folder, Path file) -> {
                String named = subject == null ? subjectPrefix + folder.subjectOf(file) : subject;
                yield candidate(folder.read(file, bytes -> {}), file.toString(), named);
            }
            case Source.StandardInput() -> standardInput(subject == null ? "" : subject);
        };
    }

    private static Candidate candidate(ImportRow row, String file, String subject) {
        return switch (row) {
            case ImportRow.Register schema ->
                new Candidate.Readable(file, subject, schema.type(), schema.content(), schema.imports());
            case ImportRow.Unreadable unreadable -> new Candidate.Unreadable(file, subject, unreadable.reason());
            case ImportRow.Delete delete -> throw new IllegalStateException("a file deletes nothing: " + delete);
        };
    }

    private Candidate standardInput(String subject) {
        byte[] bytes;
        try {
            bytes = console.in().readAllBytes();
        } catch (IOException e) {
            return new Candidate.Unreadable(Examined.STANDARD_INPUT, subject, "it cannot be read: " + e.getMessage());
        }
        return Utf8.decode(bytes)
                .<Candidate>map(content -> {
                    SchemaType type = forced == null ? TypeGuess.bySubjectOrContent(subject, content) : forced;
                    List<String> imports = type == SchemaType.PROTOBUF ? ProtobufImports.of(content) : List.of();
                    return new Candidate.Readable(Examined.STANDARD_INPUT, subject, type, content, imports);
                })
                .orElseGet(() -> new Candidate.Unreadable(
                        Examined.STANDARD_INPUT, subject, "it is not UTF-8; convert it first"));
    }
}
