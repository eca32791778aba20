package io.llmschema.cli;

import io.llmschema.cli.ImportRow.Place;
import io.llmschema.cli.ImportRow.Register;
import io.llmschema.cli.ImportRow.Unreadable;
import io.llmschema.model.SchemaType;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Files that hold one schema each, below a folder.
 *
 * <p>The subject is the path from the folder, without {@code .json} and {@code .avsc}; a {@code .proto} keeps its ending, so that
 * it has the very name under which others import it.
 *
 * @param isWholeFolder whether a person named the folder, rather than the files
 */
record SchemaFiles(
        String name,
        Path folder,
        List<Path> files,
        boolean isWholeFolder,
        @Nullable SchemaType forced) implements ImportSource {
    SchemaFiles {
        files = List.copyOf(files);
    }

    static boolean isOne(Path path) {
        return TypeGuess.byEnding(path.getFileName().toString()).isPresent();
    }

    @Override
    public long bytes() throws IOException {
        long sum = 0;
        for (Path file : files) {
            sum += Files.size(file);
        }
        return sum;
    }

    String subjectOf(Path file) {
        String path = folder.relativize(file).toString().replace(File.separatorChar, '/');
        return path.replaceFirst("\\.(json|avsc|JSON|AVSC)$", "");
    }

    @Override
    public void addTo(RunOutline outline, BooleanSupplier isEnough) {
        files.forEach(file -> outline.add(subjectOf(file), false));
    }

    @Override
    public Rows open(LongConsumer bytesRead) {
        return new FileRows(bytesRead);
    }

    /** The file as a row, {@link Unreadable} if it is no text; {@code bytesRead} hears of its size. */
    ImportRow read(Path file, LongConsumer bytesRead) {
        byte[] bytes;
        try {
            bytes = Files.readAllBytes(file);
        } catch (IOException e) {
            return new Unreadable(placeOf(file), subjectOf(file), "the file cannot be read: " + e.getMessage());
        }
        bytesRead.accept(bytes.length);
        return Utf8.decode(bytes)
                .<ImportRow>map(content -> register(file, content))
                .orElseGet(() ->
                        new Unreadable(placeOf(file), subjectOf(file), "the file is not UTF-8; convert it first"));
    }

    private Register register(Path file, String content) {
        SchemaType type = Optional.ofNullable(forced)
                .or(() -> TypeGuess.byEnding(file.getFileName().toString()))
                .orElseGet(() -> TypeGuess.byContent(content));
        List<String> imports = type == SchemaType.PROTOBUF ? ProtobufImports.of(content) : List.of();
        return new Register(
                placeOf(file), subjectOf(file), type, content, imports, List.of(), Json.MAPPER.createObjectNode());
    }

    private static Place placeOf(Path file) {
        return new Place(file.toString(), 0);
    }

    private final class FileRows implements Rows {
        private final LongConsumer bytesRead;
        private final Iterator<Path> left = files.iterator();
        private Place place = new Place(name, 0);

        private FileRows(LongConsumer bytesRead) {
            this.bytesRead = bytesRead;
        }

        @Override
        public Optional<ImportRow> next() {
            if (!left.hasNext()) {
                return Optional.empty();
            }
            Path file = left.next();
            place = placeOf(file);
            return Optional.of(read(file, bytesRead));
        }

        @Override
        public Place place() {
            return place;
        }

        @Override
        public void close() {}
    }
}
