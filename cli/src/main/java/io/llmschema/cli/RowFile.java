package io.llmschema.cli;

import com.github.luben.zstd.ZstdInputStream;
import io.llmschema.cli.ImportRow.Place;
import io.llmschema.cli.ImportRow.Unreadable;
import io.llmschema.model.SchemaType;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** A file of rows, one JSON object a line, plain or compressed with zstd; never held in memory as a whole. */
record RowFile(Path path, @Nullable SchemaType forced) implements ImportSource {
    /** The window of {@code zstd --long=27}: 128 MiB. */
    private static final int MAX_WINDOW_LOG = 27;

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
        InputStream file = new CountingInputStream(Files.newInputStream(path), bytesRead);
        if (!name().endsWith(".zst")) {
            return new Lines(file, Lines.MAX_LINE_BYTES);
        }
        ZstdInputStream plain = new ZstdInputStream(file);
        plain.setLongMax(MAX_WINDOW_LOG);
        return new Lines(plain, Lines.MAX_LINE_BYTES);
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
