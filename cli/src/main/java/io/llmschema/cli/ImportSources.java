package io.llmschema.cli;

import io.llmschema.model.SchemaType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The finder of what there is to import under the paths that a person named. */
final class ImportSources {
    private ImportSources() {}

    /** In the order of the paths; {@link CommandFailure} for a path that is nothing we read. */
    static List<ImportSource> of(List<Path> paths, @Nullable SchemaType forced) {
        List<ImportSource> sources = new ArrayList<>();
        for (Path path : paths) {
            try {
                add(path, forced, sources);
            } catch (IOException e) {
                throw new CommandFailure(ExitCode.USAGE, "cannot read " + path + ": " + e.getMessage());
            }
        }
        return sources;
    }

    private static void add(Path path, @Nullable SchemaType forced, List<ImportSource> sources) throws IOException {
        if (!Files.isReadable(path)) {
            throw new CommandFailure(ExitCode.USAGE, path + " is not there or cannot be read");
        }
        if (Files.isDirectory(path)) {
            addFolder(path, forced, sources);
        } else if (RowFile.isOne(path)) {
            sources.add(new RowFile(path, forced));
        } else if (SchemaFiles.isOne(path) || forced != null) {
            Path folder = path.resolveSibling("");
            addFile(path, folder, forced, sources);
        } else {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    path
                            + " is no folder and does not end in .jsonl, .jsonl.zst, .json, .avsc or .proto; --type"
                            + " says what a file is");
        }
    }

    /** Files named one after the other are one source, so that they may import each other in any order. */
    private static void addFile(Path file, Path folder, @Nullable SchemaType forced, List<ImportSource> sources) {
        if (!sources.isEmpty()
                && sources.getLast() instanceof SchemaFiles before
                && before.folder().equals(folder)
                && !before.isWholeFolder()) {
            List<Path> files = new ArrayList<>(before.files());
            files.add(file);
            sources.removeLast();
            sources.add(new SchemaFiles(files.size() + " files", folder, files, false, forced));
        } else {
            sources.add(new SchemaFiles(file.getFileName().toString(), folder, List.of(file), false, forced));
        }
    }

    private static void addFolder(Path folder, @Nullable SchemaType forced, List<ImportSource> sources)
            throws IOException {
        List<Path> files;
        try (Stream<Path> walk = Files.walk(folder)) {
            files = walk.filter(Files::isRegularFile).sorted().toList();
        }
        List<Path> schemas = files.stream().filter(SchemaFiles::isOne).toList();
        if (!schemas.isEmpty()) {
            sources.add(new SchemaFiles(folder + "/", folder, schemas, true, forced));
        }
        files.stream().filter(RowFile::isOne).forEach(file -> sources.add(new RowFile(file, forced)));
    }
}
