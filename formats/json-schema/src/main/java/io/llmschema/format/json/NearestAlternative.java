package io.llmschema.format.json;

import com.networknt.schema.Error;
import com.networknt.schema.path.NodePath;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * What is told of an instance that {@code anyOf} or {@code oneOf} does not accept: the alternative that comes nearest to it, or what all of them have
 * in common.
 *
 * @param reason why it is not accepted
 * @param place the place in the instance that it is about
 * @param alternatives how many there are
 * @param index which one comes nearest
 * @param wanted what the alternatives want at the place, in their order: types, or values
 * @param told the errors of the nearest alternative
 */
record NearestAlternative(
        Reason reason, NodePath place, int alternatives, int index, List<JsonNode> wanted, List<Error> told) {
    /** Why no alternative, or not exactly one, accepts an instance. */
    enum Reason {
        /** One comes nearest. */
        NEAREST,
        /** All want another type. */
        TYPES,
        /** All that are of its type want another value at one place: the instance says of no alternative that it is of its kind. */
        VALUES,
        /** More than one accepts it; {@code told} is empty and {@code wanted} has two of them by number. */
        TOO_MANY
    }

    /** How much an error weighs that shows that an alternative was not meant, against those that show a mistake. */
    private static final int WEIGHT_OF_OTHER_TYPE = 20;

    private static final int WEIGHT_OF_OTHER_KIND = 5;

    /** Alternatives in whose errors is looked for what they have in common. */
    private static final int MAX_COMPARED = 1_000;

    NearestAlternative {
        wanted = List.copyOf(wanted);
        told = List.copyOf(told);
    }

    static NearestAlternative tooMany(String indexes, int alternatives, NodePath place) {
        List<JsonNode> numbers = new ArrayList<>();
        for (String index : indexes.split(", ", -1)) {
            numbers.add(JsonNodeFactory.instance.stringNode(index));
        }
        return new NearestAlternative(Reason.TOO_MANY, place, alternatives, 0, numbers, List.of());
    }

    /** @param errors of all alternatives, each of which has some unless there was no room for them */
    static NearestAlternative of(List<Error> errors, Execution execution, int alternatives, NodePath place) {
        int depth = execution.getEvaluationPath().getNameCount();
        Map<Integer, List<Error>> byAlternative = new HashMap<>();
        for (Error error : errors) {
            execution.effort().step(depth);
            if (error.getEvaluationPath().getElement(depth) instanceof Integer index) {
                byAlternative.computeIfAbsent(index, _ -> new ArrayList<>()).add(error);
            }
        }
        List<Branch> branches = new ArrayList<>();
        byAlternative.forEach((index, ofBranch) -> branches.add(new Branch(index, ofBranch, place)));
        return of(branches, alternatives, place);
    }

    private static NearestAlternative of(List<Branch> branches, int alternatives, NodePath place) {
        List<Branch> ofType =
                branches.stream().filter(branch -> !branch.wantsOtherType()).toList();
        if (ofType.isEmpty() && branches.size() > 1 && branches.size() == alternatives) {
            return new NearestAlternative(Reason.TYPES, place, alternatives, 0, types(branches), List.of());
        }
        if (ofType.size() > 1 && branches.size() == alternatives && ofType.size() <= MAX_COMPARED) {
            for (Error error : ofType.getFirst().valueErrors()) {
                if (ofType.stream().allMatch(branch -> branch.wantsOtherValueAt(error.getInstanceLocation()))) {
                    return new NearestAlternative(
                            Reason.VALUES,
                            error.getInstanceLocation(),
                            alternatives,
                            0,
                            values(ofType, error.getInstanceLocation()),
                            List.of());
                }
            }
        }
        if (branches.isEmpty()) {
            // In a run that only decides, the library leaves out what is wrong with the alternatives of oneOf.
            return new NearestAlternative(Reason.NEAREST, place, alternatives, 0, List.of(), List.of());
        }
        Set<NodePath> telling = tellingPlaces(branches);
        Branch best = branches.getFirst();
        for (Branch branch : branches) {
            int difference = branch.weight(telling) - best.weight(telling);
            if (difference < 0 || (difference == 0 && branch.depth() > best.depth())) {
                best = branch;
            }
        }
        return new NearestAlternative(Reason.NEAREST, place, alternatives, best.index, List.of(), best.errors);
    }

    private static List<JsonNode> types(List<Branch> branches) {
        List<JsonNode> types = new ArrayList<>();
        for (Branch branch : branches) {
            branch.errors.stream()
                    .filter(error -> "type".equals(error.getKeyword())
                            && error.getInstanceLocation().equals(branch.place))
                    .findFirst()
                    .ifPresent(error -> types.add(error.getSchemaNode()));
        }
        return types;
    }

    private static List<JsonNode> values(List<Branch> branches, NodePath place) {
        List<JsonNode> values = new ArrayList<>();
        for (Branch branch : branches) {
            for (Error error : branch.valueErrors()) {
                if (error.getInstanceLocation().equals(place)) {
                    if ("const".equals(error.getKeyword())) {
                        values.add(error.getSchemaNode());
                    } else {
                        error.getSchemaNode().forEach(values::add);
                    }
                }
            }
        }
        return values;
    }

    /** Members whose value some alternatives do not take and some do: by them a writer says which one is meant. */
    private static Set<NodePath> tellingPlaces(List<Branch> branches) {
        Map<NodePath, Integer> refusals = new HashMap<>();
        for (Branch branch : branches) {
            Set<NodePath> ofBranch = new HashSet<>();
            branch.valueErrors().forEach(error -> ofBranch.add(error.getInstanceLocation()));
            ofBranch.forEach(member -> refusals.merge(member, 1, Integer::sum));
        }
        refusals.values().removeIf(count -> count == branches.size());
        return refusals.keySet();
    }

    /** The errors of one alternative. */
    private record Branch(int index, List<Error> errors, NodePath place) {
        boolean wantsOtherType() {
            return errors.stream()
                    .anyMatch(error -> "type".equals(error.getKeyword())
                            && error.getInstanceLocation().equals(place));
        }

        /** What is wrong with values that are told apart one by one: of the instance itself, and of its members. */
        List<Error> valueErrors() {
            return errors.stream()
                    .filter(error -> "const".equals(error.getKeyword()) || "enum".equals(error.getKeyword()))
                    .filter(error -> error.getInstanceLocation().equals(place)
                            || place.equals(error.getInstanceLocation().getParent()))
                    .toList();
        }

        boolean wantsOtherValueAt(NodePath where) {
            return valueErrors().stream()
                    .anyMatch(error -> error.getInstanceLocation().equals(where));
        }

        int weight(Set<NodePath> telling) {
            int weight = errors.size();
            if (wantsOtherType()) {
                weight += WEIGHT_OF_OTHER_TYPE;
            }
            for (Error error : valueErrors()) {
                if ("const".equals(error.getKeyword()) && telling.contains(error.getInstanceLocation())) {
                    weight += WEIGHT_OF_OTHER_KIND;
                }
            }
            return weight;
        }

        /** How far into the instance the alternative came along. */
        int depth() {
            return errors.stream()
                    .mapToInt(error -> error.getInstanceLocation().getNameCount())
                    .max()
                    .orElse(0);
        }
    }
}
