package io.llmschema.cli;

import io.llmschema.cli.ImportRow.Place;
import io.llmschema.cli.ImportRow.Unreadable;
import io.llmschema.model.SchemaType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** A file of rows, one JSON object a line, plain or compressed with zstd; never held in memory as a whole. */
record RowFile(Path path, @Nullable SchemaType forced) implements ImportSource {
    static boolean isOne(Path path) {
        String name = path.getFileName().toString();
        return name.endsWith(".jsonl")
                || name.endsWith(".jsonl.zst")
                || name.endsWith(".ndjson")
                || name.endsWith(".zst");
    }

    @Override
    public String name() {
        return path.getFileName().toString();
    }

    @Override
    public long bytes() throws IOException {
        return Files.size(path);
    }

    @Override
    public void addTo(RunOutline outline, BooleanSupplier isEnough) throws IOException {
        try (Lines lines = lines(bytesRead -> {})) {
            Optional<byte[]> line = lines.next();
            while (line.isPresent() && !isEnough.getAsBoolean()) {
                RowParser.outline(line.get(), outline);
                line = lines.next();
            }
        }
    }

    @Override
    public Rows open(LongConsumer bytesRead) throws IOException {
        return new FileRows(lines(bytesRead));
    }

    private Lines lines(LongConsumer bytesRead) throws IOException {
        return new Lines(ZstdFiles.read(path, bytesRead), Lines.MAX_LINE_BYTES);
    }

    private final class FileRows implements Rows {
        private final Lines lines;
        private final RowParser parser;

        private FileRows(Lines lines) {
            this.lines = lines;
            this.parser = RowParser.of(name(), forced);
        }

        @Override
        public Optional<ImportRow> next() throws IOException {
            while (true) {
                Optional<byte[]> line = lines.next();
                if (line.isEmpty()) {
                    return Optional.empty();
                }
                if (lines.isTooLong()) {
                    return Optional.of(new Unreadable(
                            place(), "", "the row is longer than " + (Lines.MAX_LINE_BYTES >> 20) + " MiB"));
                }
                if (!isBlank(line.get())) {
                    return Optional.of(parser.parse(place(), line.get()));
                }
            }
        }

        private static boolean isBlank(byte[] line) {
            for (byte b : line) {
                if (b != ' ' && b != '\t' && b != '\r') {
                    return false;
                }
            }
            return true;
        }

        @Override
        public Place place() {
            return new Place(name(), lines.number());
        }

        @Override
        public void close() throws IOException {
            lines.close();
        }
    }
}
