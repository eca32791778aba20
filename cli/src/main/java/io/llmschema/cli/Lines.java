package io.llmschema.cli;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** The lines of a stream as bytes, one after the other, none longer than a bound; used by one thread. */
final class Lines implements Closeable {
    /** The longest line read; one that is longer is passed over. */
    static final int MAX_LINE_BYTES = 64 << 20;

    private static final int BUFFER_BYTES = 1 << 16;

    private final InputStream in;
    private final int maxLineBytes;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private int position;
    private int limit;
    private long number;
    private boolean isTooLong;

    Lines(InputStream in, int maxLineBytes) {
        this.in = in;
        this.maxLineBytes = maxLineBytes;
    }

    /** The next line without its end, empty at the end of the stream. A line that {@link #isTooLong} comes without bytes. */
    Optional<byte[]> next() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream(1024);
        isTooLong = false;
        boolean hasBytes = false;
        while (position < limit || fill()) {
            hasBytes = true;
            int end = position;
            while (end < limit && buffer[end] != '\n') {
                end++;
            }
            keep(line, end - position);
            boolean isEnd = end < limit;
            position = isEnd ? end + 1 : end;
            if (isEnd) {
                break;
            }
        }
        if (hasBytes) {
            number++;
        }
        return hasBytes ? Optional.of(line.toByteArray()) : Optional.empty();
    }

    private void keep(ByteArrayOutputStream line, int length) {
        if (isTooLong || line.size() + length > maxLineBytes) {
            isTooLong = true;
            line.reset();
        } else {
            line.write(buffer, position, length);
        }
    }

    private boolean fill() throws IOException {
        position = 0;
        limit = Math.max(0, in.read(buffer, 0, buffer.length));
        return limit > 0;
    }

    /** Of the line last read, counted from 1. */
    long number() {
        return number;
    }

    /** Whether the line last read was longer than allowed. */
    boolean isTooLong() {
        return isTooLong;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
