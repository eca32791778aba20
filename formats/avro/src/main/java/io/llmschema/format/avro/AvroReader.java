package io.llmschema.format.avro;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;

/**
 * The library's reader for data of one writer, and what it says of them. For one thread.
 *
 * <p>The reader and its plan live as long as this does; nothing is kept in the library's own caches.
 */
final class AvroReader {
    /** What is said of a refusal that the library has no words for: a fault of its own. */
    static final String BREAKS_OFF = "The Avro library breaks off without a reason.";

    private static final int LONGEST_MESSAGE = 300;

    private final GenericDatumReader<Object> reader;
    private final Schema writerSchema;
    private final Schema readerSchema;

    /** What came of reading. */
    sealed interface Outcome {
        /** All bytes were read. */
        record Read() implements Outcome {}

        /** They were not, with what the reader said in a sentence. */
        record Refused(String sentence) implements Outcome {}

        /** There was no room to find out. */
        record Unable() implements Outcome {}
    }

    private interface Reading {
        Outcome read() throws IOException;
    }

    AvroReader(Schema writer, Schema reader, GenericData data) {
        this.reader = new GenericDatumReader<>(writer, reader, data);
        this.writerSchema = writer;
        this.readerSchema = reader;
    }

    /** Data without logical types, read as the library does unless it is told otherwise. */
    static GenericData newData() {
        return new GenericData().setFastReaderEnabled(true);
    }

    Outcome read(byte[] bytes) {
        return attempt(() -> {
            BinaryDecoder decoder = DecoderFactory.get().binaryDecoder(ofUnknownLength(bytes), null);
            Object _ = reader.read(null, decoder);
            return decoder.isEnd()
                    ? new Outcome.Read()
                    : new Outcome.Refused("The reader does not come to the end of the data.");
        });
    }

    /** Whether there is a reader at all: before it reads, the library plans for everything that it may meet. */
    Outcome prepare() {
        return attempt(() -> {
            Object _ = reader.getData().getFastReaderBuilder().createDatumReader(writerSchema, readerSchema);
            return new Outcome.Read();
        });
    }

    /**
     * A stream as from a network.
     *
     * <p>Where the library knows how many bytes are left, since 1.12.2 it refuses an array or a map whose items could
     * not fit in them by the reader's schema, though the writer's smaller ones do: an int read as a double, a record
     * that gained a field with a default. That is a fault of one version, not of the schemas.
     */
    private static InputStream ofUnknownLength(byte[] bytes) {
        return new BufferedInputStream(new ByteArrayInputStream(bytes));
    }

    private static Outcome attempt(Reading reading) {
        try {
            return reading.read();
        } catch (AvroRuntimeException e) {
            return new Outcome.Refused(sentenceOf(e));
        } catch (IOException | RuntimeException e) {
            // A bug of the library, a null pointer say, whose words help nobody.
            return new Outcome.Refused(BREAKS_OFF);
        } catch (StackOverflowError e) {
            // The library recurses through named types, and thousands may follow each other.
            return new Outcome.Unable();
        }
    }

    private static String sentenceOf(AvroRuntimeException e) {
        String message = Optional.ofNullable(e.getMessage()).orElse("").strip();
        if (message.isEmpty() || message.contains("java.") || message.contains("org.apache.")) {
            return BREAKS_OFF;
        }
        String sentence = message.endsWith(".") ? message : message + ".";
        return sentence.length() <= LONGEST_MESSAGE ? sentence : sentence.substring(0, LONGEST_MESSAGE) + "…";
    }
}
