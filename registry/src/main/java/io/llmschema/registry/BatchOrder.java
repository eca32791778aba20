package io.llmschema.registry;

import io.llmschema.model.RegistryException;
import io.llmschema.model.RegistryException.CircularReference;
import io.llmschema.model.RegistryException.MissingReference;
import io.llmschema.model.VersionSelector;
import java.util.ArrayList;
import java.util.List;

/** What the items of a batch refer to among themselves, to tell why a reference leads nowhere. */
record BatchOrder(List<RegistrationRequest> items) {
    /** Why item {@code index} cannot find its reference: a circle in the batch, an item that comes too late, or as it was. */
    RegistryException explain(int index, MissingReference missing) {
        List<Integer> path = new ArrayList<>(List.of(index));
        if (leadsTo(index, index, path, new boolean[items.size()])) {
            return new CircularReference(path.stream().map(this::name).toList());
        }
        for (RequestedReference reference : items.get(index).references()) {
            for (int later = index + 1; later < items.size(); later++) {
                if (isMeant(reference, later)) {
                    return new MissingReference(
                            reference.name(),
                            reference.subject(),
                            reference.selector().toString(),
                            "item " + later + " of the batch comes after item " + index + " that needs it; put it before");
                }
            }
        }
        return missing;
    }

    private boolean leadsTo(int from, int target, List<Integer> path, boolean[] visited) {
        for (RequestedReference reference : items.get(from).references()) {
            for (int next = 0; next < items.size(); next++) {
                if (!isMeant(reference, next)) {
                    continue;
                }
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

    /** Whether an item may become the version that a reference asks for. */
    private boolean isMeant(RequestedReference reference, int index) {
        RegistrationRequest item = items.get(index);
        if (!item.subject().equals(reference.subject())) {
            return false;
        }
        return item.version() == null
                || switch (reference.selector()) {
                    case VersionSelector.Latest _ -> true;
                    case VersionSelector.Numbered _ -> true;
                    case VersionSelector.Exact(var version) -> version.compareTo(item.version()) == 0;
                    case VersionSelector.InRange(var range) -> range.contains(item.version());
                };
    }

    private String name(int index) {
        RegistrationRequest item = items.get(index);
        return "item " + index + " ('" + item.subject() + "'" + (item.version() == null ? "" : " " + item.version()) + ")";
    }
}
