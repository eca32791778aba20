package io.llmschema.cli;

import com.github.luben.zstd.ZstdInputStream;
import com.github.luben.zstd.ZstdOutputStream;
import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.LongConsumer;

/** Files that are compressed when their name ends in {@code .zst}, and standard input and output, whose name is {@code -}. */
final class ZstdFiles {
    private static final String ENDING = ".zst";
    private static final String STANDARD = "-";

    /** The window of {@code zstd --long=27}: 128 MiB. One version is nearly its predecessor; a window that spans many of them is what makes a history small. */
    private static final int WINDOW_LOG = 27;

    private static final int COMPRESSION_LEVEL = 9;

    private ZstdFiles() {}

    static OutputStream write(String file, Console console) throws IOException {
        if (file.equals(STANDARD)) {
            return new Unclosed(new BufferedOutputStream(console.raw()));
        }
        OutputStream out = new BufferedOutputStream(Files.newOutputStream(Path.of(file)));
        if (!file.endsWith(ENDING)) {
            return out;
        }
        ZstdOutputStream compressed = new ZstdOutputStream(out, COMPRESSION_LEVEL);
        compressed.setLong(WINDOW_LOG);
        return compressed;
    }

    static InputStream read(String file, Console console) throws IOException {
        return file.equals(STANDARD) ? console.in() : read(Path.of(file), bytes -> {});
    }

    /** @param bytesRead hears of each piece that was read from the disk */
    static InputStream read(Path file, LongConsumer bytesRead) throws IOException {
        InputStream in = new CountingInputStream(Files.newInputStream(file), bytesRead);
        if (!file.getFileName().toString().endsWith(ENDING)) {
            return in;
        }
        ZstdInputStream plain = new ZstdInputStream(in);
        plain.setLongMax(WINDOW_LOG);
        return plain;
    }

    /** Standard output, which outlives the command. */
    private static final class Unclosed extends FilterOutputStream {
        private Unclosed(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
        }

        @Override
        public void close() throws IOException {
            flush();
        }
    }
}
