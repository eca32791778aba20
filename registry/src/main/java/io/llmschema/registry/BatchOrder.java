package io.llmschema.registry;

import io.llmschema.model.RegistryException;
import io.llmschema.model.RegistryException.CircularReference;
import io.llmschema.model.RegistryException.MissingReference;
import io.llmschema.model.Subject;
import io.llmschema.model.Version;
import io.llmschema.model.VersionSelector;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** What the items of a batch refer to among themselves, to tell why a reference leads nowhere. */
final class BatchOrder {
    private final List<RegistrationRequest> items;
    private final Map<Subject, List<Integer>> indexesBySubject;

    BatchOrder(List<RegistrationRequest> items) {
        this.items = items;
        this.indexesBySubject = IntStream.range(0, items.size())
                .boxed()
                .collect(Collectors.groupingBy(index -> items.get(index).subject()));
    }

    /** Why item {@code index} cannot find its reference: a circle in the batch, an item that comes too late, or as it was. */
    RegistryException explain(int index, MissingReference missing) {
        List<Integer> path = new ArrayList<>(List.of(index));
        if (leadsTo(index, index, path, new boolean[items.size()])) {
            return new CircularReference(path.stream().map(this::name).toList());
        }
        for (RequestedReference reference : items.get(index).references()) {
            for (int later : meant(reference)) {
                if (later > index) {
                    return new MissingReference(
                            reference.name(),
                            reference.subject(),
                            reference.selector().toString(),
                            "item " + later + " of the batch comes after item " + index
                                    + " that needs it; put it before");
                }
            }
        }
        return missing;
    }

    private boolean leadsTo(int from, int target, List<Integer> path, boolean[] visited) {
        for (RequestedReference reference : items.get(from).references()) {
            for (int next : meant(reference)) {
                path.add(next);
                if (next == target) {
                    return true;
                }
                if (!visited[next]) {
                    visited[next] = true;
                    if (leadsTo(next, target, path, visited)) {
                        return true;
                    }
                }
                path.removeLast();
            }
        }
        return false;
    }

    /** The items that may become the version that a reference asks for. */
    private List<Integer> meant(RequestedReference reference) {
        return indexesBySubject.getOrDefault(reference.subject(), List.of()).stream()
                .filter(index -> mayBecome(items.get(index).version(), reference.selector()))
                .toList();
    }

    private static boolean mayBecome(@Nullable Version wanted, VersionSelector selector) {
        return wanted == null
                || switch (selector) {
                    case VersionSelector.Latest _ -> true;
                    case VersionSelector.Numbered _ -> true;
                    case VersionSelector.Exact(var version) -> version.compareTo(wanted) == 0;
                    case VersionSelector.InRange(var range) -> range.contains(wanted);
                };
    }

    private String name(int index) {
        RegistrationRequest item = items.get(index);
        return "item " + index + " ('" + item.subject() + "'" + (item.version() == null ? "" : " " + item.version())
                + ")";
    }
}
