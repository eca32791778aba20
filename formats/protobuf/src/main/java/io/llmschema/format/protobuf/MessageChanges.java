package io.llmschema.format.protobuf;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.OneofDescriptor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is suspicious about a message as a whole when it is read: what has to be there, and what can be there together. */
final class MessageChanges {
    private final Encoding encoding;
    private final Sameness sameness;
    private final Candidates candidates;

    MessageChanges(Encoding encoding, Sameness sameness, Candidates candidates) {
        this.encoding = encoding;
        this.sameness = sameness;
        this.candidates = candidates;
    }

    List<Suspicion> of(MessagePair pair) {
        // For each field of the reader the writer's fields that are read into it; more than one where JSON has two
        // names for one.
        Map<FieldDescriptor, List<FieldDescriptor>> sources = new LinkedHashMap<>();
        for (FieldDescriptor field : pair.writer().getFields()) {
            encoding.counterpart(field, pair.reader())
                    .ifPresent(other -> sources.computeIfAbsent(other, _ -> new ArrayList<>())
                            .add(field));
        }
        List<Suspicion> suspicions = new ArrayList<>();
        for (FieldDescriptor field : pair.reader().getFields()) {
            if (field.isRequired()) {
                missing(field, sources.getOrDefault(field, List.of()), pair).ifPresent(suspicions::add);
            }
        }
        sources.forEach((field, all) ->
                independent(all).ifPresent(two -> suspicions.add(merged(field.getFullName(), two))));
        byOneof(sources)
                .forEach((oneof, all) ->
                        independent(all).ifPresent(two -> suspicions.add(moved(oneof.getFullName(), two))));
        return suspicions;
    }

    private static Optional<Suspicion> missing(FieldDescriptor field, List<FieldDescriptor> sources, MessagePair pair) {
        if (sources.stream().anyMatch(FieldDescriptor::isRequired)) {
            return Optional.empty();
        }
        String name = Names.shortened(field.getName());
        boolean isNew = sources.isEmpty();
        return Optional.of(new Suspicion(
                isNew ? "required-field-added" : "field-became-required",
                field.getFullName(),
                isNew ? pair.writer().getFullName() : sources.getFirst().getFullName(),
                "field \"" + name + "\" is required where it is read, but " + (isNew ? "unknown" : "not always written")
                        + " where it is written",
                () -> List.of(Candidate.EMPTY),
                (_, read) -> read.hasField(field)
                        ? Optional.empty()
                        : Optional.of("the required field \"" + name + "\" is missing")));
    }

    private static Map<OneofDescriptor, List<FieldDescriptor>> byOneof(
            Map<FieldDescriptor, List<FieldDescriptor>> sources) {
        Map<OneofDescriptor, List<FieldDescriptor>> byOneof = new LinkedHashMap<>();
        sources.forEach((field, all) -> {
            OneofDescriptor oneof = field.getRealContainingOneof();
            if (oneof != null) {
                byOneof.computeIfAbsent(oneof, _ -> new ArrayList<>()).addAll(all);
            }
        });
        return byOneof;
    }

    /** Two of the writer's fields that can both be set. */
    private static Optional<List<FieldDescriptor>> independent(List<FieldDescriptor> fields) {
        Map<Object, FieldDescriptor> firsts = new LinkedHashMap<>();
        for (FieldDescriptor field : fields) {
            OneofDescriptor oneof = field.getRealContainingOneof();
            firsts.putIfAbsent(oneof == null ? field : oneof, field);
        }
        List<FieldDescriptor> two = firsts.values().stream().limit(2).toList();
        return two.size() == 2 ? Optional.of(two) : Optional.empty();
    }

    private Suspicion moved(String oneof, List<FieldDescriptor> two) {
        return together(
                "moved-into-oneof",
                oneof,
                two,
                " can be written together, but only one of them can be read: they are in a oneof");
    }

    private Suspicion merged(String field, List<FieldDescriptor> two) {
        return together("fields-merged", field, two, " can be written together, but are read into the same field");
    }

    private Suspicion together(String rule, String readerPath, List<FieldDescriptor> two, String reason) {
        FieldDescriptor first = two.getFirst();
        FieldDescriptor second = two.getLast();
        return new Suspicion(
                rule,
                readerPath,
                second.getFullName(),
                "fields \"" + Names.shortened(first.getName()) + "\" and \"" + Names.shortened(second.getName()) + "\""
                        + reason,
                () -> both(first, second),
                (written, read) ->
                        sameness.difference(first, written, read).or(() -> sameness.difference(second, written, read)));
    }

    private List<Candidate> both(FieldDescriptor first, FieldDescriptor second) {
        Optional<Candidate> left = candidates.first(first);
        Optional<Candidate> right = candidates.first(second);
        if (left.isEmpty() || right.isEmpty()) {
            return List.of();
        }
        Map<FieldDescriptor, Object> values = new LinkedHashMap<>(left.get().values());
        values.putAll(right.get().values());
        return List.of(new Candidate(values));
    }
}
