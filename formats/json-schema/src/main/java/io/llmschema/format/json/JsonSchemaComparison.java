package io.llmschema.format.json;

import com.networknt.schema.Error;
import io.llmschema.model.CompatibilityPolicy;
import io.llmschema.model.DataEncoding;
import io.llmschema.model.Incompatibility;
import io.llmschema.model.Judgement;
import io.llmschema.model.Undecided;
import io.llmschema.model.Witness;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * Whether a reader's schema accepts every instance that a writer's schema accepts.
 *
 * <p>First it is tried to prove it ({@link Containment}); what was not proven is looked for instances against ({@link Explanation}), and what the
 * validator library confirms of these is shown. Used by one thread.
 */
final class JsonSchemaComparison {
    /** What the proof may cost, and what the search for instances against it. */
    private static final long MAX_STEPS = 2_500_000;

    private static final int MAX_WITNESS_LENGTH = 100_000;

    private static final int MAX_MESSAGE_LENGTH = 500;

    private final ReadSchema reader;
    private final ReadSchema writer;
    private final CompatibilityPolicy policy;

    JsonSchemaComparison(ReadSchema reader, ReadSchema writer, CompatibilityPolicy policy) {
        this.reader = reader;
        this.writer = writer;
        this.policy = policy;
    }

    Judgement judge() {
        try {
            return compare();
        } catch (TooHard e) {
            return undecided(e.reason());
        } catch (StackOverflowError _) {
            return undecided("the schemas are too deep");
        }
    }

    private static Judgement undecided(String reason) {
        return new Judgement(List.of(), List.of(new Undecided("", "", reason)));
    }

    private Judgement compare() {
        SchemaGraph read = SchemaGraph.read(reader, 0);
        SchemaGraph written = SchemaGraph.read(writer, read.nodes().size());
        Meanings.find(
                Stream.concat(read.nodes().stream(), written.nodes().stream()).toList());
        Effort effort = new Effort(MAX_STEPS);
        Evaluator evaluator = new Evaluator(effort);
        Containment containment = new Containment(effort, evaluator, policy);
        Facts facts = Facts.of(written.root());
        if (effort.within(MAX_STEPS, () -> containment.holds(facts, read.root()))) {
            return Judgement.COMPATIBLE;
        }
        effort.renew(MAX_STEPS);
        Instances instances = new Instances(containment, effort);
        List<Finding> findings = new Explanation(containment, evaluator, instances, effort)
                .explain(facts, read.root(), written.root().place);
        return confirmed(findings, read.draft(), written.draft());
    }

    private Judgement confirmed(List<Finding> findings, Draft readerDraft, Draft writerDraft) {
        if (findings.isEmpty()) {
            return undecided("it could not be proven, and nothing was found that shows the contrary");
        }
        LibraryValidator ofReader = LibraryValidator.of(reader.root(), readerDraft, reader.references());
        LibraryValidator ofWriter = LibraryValidator.of(writer.root(), writerDraft, writer.references());
        Map<String, Incompatibility> incompatibilities = new LinkedHashMap<>();
        Map<String, Undecided> undecided = new LinkedHashMap<>();
        for (Finding finding : findings) {
            String key = finding.rule() + " " + finding.reader() + " " + finding.writer();
            if (incompatibilities.containsKey(key)) {
                continue;
            }
            Stream<Witness> witnesses = finding.witnesses().stream().flatMap(one -> confirm(one, ofReader, ofWriter));
            witnesses
                    .findFirst()
                    .ifPresentOrElse(
                            witness -> incompatibilities.put(key, incompatibility(finding, witness)),
                            () -> undecided.put(
                                    key,
                                    new Undecided(
                                            finding.reader().toString(),
                                            finding.writer().toString(),
                                            finding.message() + "; no instance was found that shows it")));
        }
        incompatibilities.keySet().forEach(undecided::remove);
        return new Judgement(new ArrayList<>(incompatibilities.values()), new ArrayList<>(undecided.values()));
    }

    private static Incompatibility incompatibility(Finding finding, Witness witness) {
        return new Incompatibility(
                finding.rule(),
                DataEncoding.JSON,
                finding.reader().toString(),
                finding.writer().toString(),
                finding.message(),
                witness);
    }

    private static Stream<Witness> confirm(JsonNode instance, LibraryValidator reader, LibraryValidator writer) {
        String document = instance.toString();
        if (document.length() > MAX_WITNESS_LENGTH) {
            return Stream.empty();
        }
        try {
            List<Error> errors = reader.errors(document);
            boolean isWitness = !errors.isEmpty() && writer.errors(document).isEmpty();
            return isWitness
                    ? Stream.of(new Witness(Witness.JSON, document, sentence(errors.getFirst())))
                    : Stream.empty();
        } catch (TooHard _) {
            return Stream.empty();
        }
    }

    private static String sentence(Error error) {
        String place = error.getInstanceLocation().toString();
        String message = (place.isEmpty() ? "" : "at " + place + ": ") + error.getMessage();
        return message.length() <= MAX_MESSAGE_LENGTH
                ? message
                : message.substring(0, message.offsetByCodePoints(0, MAX_MESSAGE_LENGTH / 2)) + "…";
    }
}
