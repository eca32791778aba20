package io.llmschema.cli.migrate;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** What a run has changed at the target so far, and what it could not; any thread may use it. */
final class Ledger {
    private final Set<Object> changes = ConcurrentHashMap.newKeySet();
    private final Set<Item> copied = ConcurrentHashMap.newKeySet();
    private final Map<Item, Refusal> refusals = new ConcurrentHashMap<>();

    /** What was refused is tried again. */
    void beginPass() {
        refusals.clear();
    }

    /** Makes the change, and remembers it or its refusal; whether it was made, and for the first time. */
    boolean record(Object change, Item item, Runnable work) {
        try {
            work.run();
        } catch (Refusal refusal) {
            refusals.put(item, refusal);
            return false;
        }
        copied.add(item);
        return changes.add(change);
    }

    void refuse(Item item, Refusal refusal) {
        refusals.put(item, refusal);
    }

    boolean isCopied(Item item) {
        return copied.contains(item);
    }

    Optional<Refusal> refusal(Item item) {
        return Optional.ofNullable(refusals.get(item));
    }
}
