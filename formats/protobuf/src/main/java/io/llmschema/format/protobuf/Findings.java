package io.llmschema.format.protobuf;

import io.llmschema.model.Incompatibility;
import io.llmschema.model.Judgement;
import io.llmschema.model.Undecided;
import java.util.ArrayList;
import java.util.List;

/** What was found out about one encoding; not safe for several threads. */
final class Findings {
    private final List<Incompatibility> incompatibilities = new ArrayList<>();
    private final List<Undecided> undecided = new ArrayList<>();

    void add(Incompatibility incompatibility) {
        if (!isFull()) {
            incompatibilities.add(incompatibility);
        }
    }

    void add(Undecided place) {
        if (undecided.size() < Judgement.MAX_LISTED) {
            undecided.add(place);
        }
    }

    /** Whether nothing more needs to be looked for, because it would not be listed. */
    boolean isFull() {
        return incompatibilities.size() >= Judgement.MAX_LISTED;
    }

    List<Incompatibility> incompatibilities() {
        return List.copyOf(incompatibilities);
    }

    List<Undecided> undecided() {
        return List.copyOf(undecided);
    }
}
