package io.llmschema.format.avro;

import io.llmschema.format.avro.AvroReader.Outcome;
import io.llmschema.format.avro.AvroReader.Outcome.Read;
import io.llmschema.format.avro.AvroReader.Outcome.Refused;
import io.llmschema.format.avro.AvroReader.Outcome.Unable;
import io.llmschema.model.DataEncoding;
import io.llmschema.model.Incompatibility;
import io.llmschema.model.Undecided;
import io.llmschema.model.Witness;
import java.io.IOException;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.jspecify.annotations.Nullable;

/**
 * Finds for a difference a datum that the writer writes and the reader refuses.
 *
 * <p>A datum is refused as a whole for the first of its differences. So the part of it at the place in question is read
 * once more with the {@link Culprit}: only what is refused for this difference is a witness of it.
 */
final class Proof {
    /** The longest document of a witness; names of fields may be long. */
    static final int MAX_DOCUMENT_LENGTH = 100_000;

    private final Schema writer;
    private final GenericData data;
    private final AvroReader reader;
    private final WitnessBuilder builder;

    /** What came of it. */
    sealed interface Result {
        record Proven(Incompatibility incompatibility) implements Result {}

        record Unproven(Undecided undecided) implements Result {}
    }

    Proof(Schema reader, Schema writer, DataSizes writerSizes, GenericData data) {
        this.writer = writer;
        this.data = data;
        this.reader = new AvroReader(writer, reader, data);
        this.builder = new WitnessBuilder(writerSizes);
    }

    /** Whether the library has a reader for the two at all. */
    Outcome prepare() {
        return reader.prepare();
    }

    Result of(Difference difference) {
        List<Integer> path = difference.path().steps();
        if (builder.size(writer, path) > WitnessBuilder.MAX_SIZE) {
            return unproven(difference, "the smallest datum that shows it is larger than a witness may be");
        }
        try {
            return of(difference, builder.build(writer, path, difference.symbol()));
        } catch (IOException | RuntimeException | StackOverflowError e) {
            // Too deep a datum, or one that the library does not take for the writer's.
            return unproven(difference, "no datum that shows it can be written");
        }
    }

    private Result of(Difference difference, @Nullable Object datum) throws IOException {
        byte[] bytes = Encoding.binary(datum, writer, data);
        String document = Encoding.json(datum, writer, data).toString();
        if (document.length() > MAX_DOCUMENT_LENGTH) {
            return unproven(difference, "the smallest datum that shows it is longer than a witness may be");
        }
        if (!isOfWriter(bytes)) {
            return unproven(difference, "the datum that was to show it is none of the writer's");
        }
        return of(difference, document, reader.read(bytes));
    }

    /**
     * Goes over a datum by the writer's schema to its end.
     *
     * <p>The library's reader for the writer's schema alone would do the same, and compare every union with itself
     * first, down to the last type beneath it.
     */
    private boolean isOfWriter(byte[] bytes) throws IOException {
        BinaryDecoder decoder = DecoderFactory.get().binaryDecoder(bytes, null);
        GenericDatumReader.skip(writer, decoder);
        return decoder.isEnd();
    }

    private Result of(Difference difference, String document, Outcome whole) throws IOException {
        return switch (whole) {
            case Read() -> unproven(difference, "the Avro library for Java reads it all the same");
            case Unable() -> unproven(difference, "the schemas nest too deep to be read");
            case Refused _ ->
                switch (readPart(difference)) {
                    case Refused(String sentence) -> proven(difference, document, sentence);
                    case Read() -> unproven(difference, "alone it keeps the Avro library for Java from nothing");
                    case Unable() -> unproven(difference, "the schemas nest too deep to be read");
                };
        };
    }

    private Outcome readPart(Difference difference) throws IOException {
        Schema part = difference.place().declared();
        Object datum = builder.build(part, List.of(), difference.symbol());
        return new AvroReader(part, difference.culprit(), data).read(Encoding.binary(datum, part, data));
    }

    private static Result proven(Difference difference, String document, String refusal) {
        return new Result.Proven(new Incompatibility(
                difference.rule().published(),
                DataEncoding.BINARY,
                difference.readerPath(),
                difference.writerPath(),
                difference.message(),
                new Witness(Witness.JSON, document, refusal)));
    }

    private static Result unproven(Difference difference, String reason) {
        return new Result.Unproven(
                new Undecided(difference.readerPath(), difference.writerPath(), difference.message() + "; " + reason));
    }
}
