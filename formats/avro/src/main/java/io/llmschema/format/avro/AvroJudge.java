package io.llmschema.format.avro;

import io.llmschema.format.SchemaSource;
import io.llmschema.format.avro.AvroReader.Outcome.Refused;
import io.llmschema.format.avro.Difference.Rule;
import io.llmschema.model.Incompatibility;
import io.llmschema.model.Judgement;
import io.llmschema.model.Undecided;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;

/**
 * Judges whether what one schema writes can be read with another: {@link SchemaResolution} finds by the rules what they
 * differ in, and {@link Proof} has the library refuse a datum for each.
 *
 * <p>Compatible means that both the specification and the library for Java read everything; incompatible that the
 * library refuses the witness. Where the specification forbids what the library does (records of different names,
 * decimals of different scales), other libraries may refuse, and the judgement says that it is not decided. Aliases are
 * optional in the specification; the library has them, and so has the judgement.
 */
final class AvroJudge {
    /**
     * The most bytes that the defaults of a schema may come to. A few characters of a default stand for a fixed of two
     * gigabytes, which the library pads.
     */
    private static final long MAX_DEFAULT_BYTES = 1L << 28;

    private final LoadedSchema reader;
    private final LoadedSchema writer;
    private final DataSizes writerSizes;
    private final GenericData data = AvroReader.newData();
    private final Effort effort = new Effort();

    private AvroJudge(LoadedSchema reader, LoadedSchema writer) {
        this.reader = reader;
        this.writer = writer;
        this.writerSizes = DataSizes.beneath(writer.schema());
    }

    static Judgement judge(SchemaSource reader, SchemaSource writer) {
        if (reader.equals(writer)) {
            return Judgement.COMPATIBLE;
        }
        try {
            return judgeDifferent(reader, writer);
        } catch (RuntimeException e) {
            return undecided("the Avro library breaks off on the two");
        } catch (StackOverflowError e) {
            // The library recurses through named types, and thousands may follow each other.
            return undecided("the types nest too deep in each other");
        }
    }

    private static Judgement judgeDifferent(SchemaSource reader, SchemaSource writer) {
        LoadedSchema readerSchema;
        LoadedSchema writerSchema;
        try {
            readerSchema = LoadedSchema.of(reader);
            writerSchema = LoadedSchema.of(writer);
        } catch (RuntimeException e) {
            return undecided("one of the schemas cannot be read");
        }
        if (readerSchema.schema().equals(writerSchema.schema())) {
            // They differ in documentation and aliases at most.
            return Judgement.COMPATIBLE;
        }
        if (defaultBytes(reader, readerSchema.schema()) > MAX_DEFAULT_BYTES) {
            return undecided("the reader's fixed types are too large for the defaults to be made");
        }
        return new AvroJudge(readerSchema, writerSchema).judge();
    }

    private static long defaultBytes(SchemaSource source, Schema schema) {
        long length = source.content().size();
        for (var reference : source.references()) {
            length += reference.content().size();
        }
        return length * LibraryCosts.largestFixed(schema);
    }

    private Judgement judge() {
        if (!writerSizes.isInhabited(writer.schema())) {
            // Nothing can be written.
            return Judgement.COMPATIBLE;
        }
        effort.spend(LibraryCosts.ofAliases(reader.schema(), writerSizes.count()));
        if (effort.isExhausted()) {
            return tooLarge();
        }
        Schema resolved;
        try {
            resolved = Schema.applyAliases(writer.schema(), reader.schema());
        } catch (AvroRuntimeException e) {
            return proven(whole(
                    Rule.ALIAS_AMBIGUOUS, "the reader's aliases give one name to two of the writer's fields or types"));
        }
        Place readerPlace = Place.root(reader, reader.schema());
        Place writerPlace = Place.root(writer, resolved);
        Differences differences =
                SchemaResolution.of(readerPlace, writerPlace, writerSizes, effort, new DefaultValues(data));
        return effort.isExhausted() ? tooLarge() : proven(differences);
    }

    private Judgement proven(Differences differences) {
        Proof proof = new Proof(reader.schema(), writer.schema(), writerSizes, data);
        List<Incompatibility> incompatibilities = new ArrayList<>();
        List<Undecided> undecided = new ArrayList<>(differences.undecided());
        for (Difference difference : differences.found()) {
            switch (proof.of(difference)) {
                case Proof.Result.Proven(Incompatibility incompatibility) -> incompatibilities.add(incompatibility);
                case Proof.Result.Unproven(Undecided unknown) -> undecided.add(unknown);
            }
        }
        if (incompatibilities.isEmpty() && differences.found().isEmpty() && proof.prepare() instanceof Refused) {
            // It plans for what no datum reaches, and stumbles there.
            return proven(whole(Rule.READER_REFUSES_ALL, "the Avro library for Java makes no reader for the two"));
        }
        return new Judgement(incompatibilities, undecided);
    }

    private Differences whole(Rule rule, String message) {
        Differences differences = new Differences();
        PlacePair roots = new PlacePair(
                Place.root(reader, reader.schema()), Place.root(writer, writer.schema()), DataPath.ROOT, true);
        differences.add(rule, roots, message, reader.schema());
        return differences;
    }

    private static Judgement tooLarge() {
        return undecided("the schemas are too large to be compared within the bounds");
    }

    private static Judgement undecided(String reason) {
        return new Judgement(List.of(), List.of(new Undecided("", "", reason)));
    }
}
