package io.llmschema.format.protobuf;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What of a file before is the same thing as what of the file after, each thing having one partner at most. */
final class Pairs<T> {
    private final IdentityHashMap<T, T> afterByBefore = new IdentityHashMap<>();
    private final IdentityHashMap<T, T> beforeByAfter = new IdentityHashMap<>();

    /** Pairs what has the same key and no partner yet, in the order in which it stands there. */
    <S extends T> void pair(Collection<S> before, Collection<S> after, Function<? super S, ?> key) {
        pair(before, key, after, key);
    }

    /** As {@link #pair(Collection, Collection, Function)}, with a way of its own to make the key on each side. */
    <S extends T> void pair(
            Collection<S> before,
            Function<? super S, ?> keyBefore,
            Collection<S> after,
            Function<? super S, ?> keyAfter) {
        Map<Object, Deque<S>> free = new HashMap<>();
        for (S thing : after) {
            if (!beforeByAfter.containsKey(thing)) {
                free.computeIfAbsent(keyAfter.apply(thing), _ -> new ArrayDeque<>())
                        .add(thing);
            }
        }
        for (S thing : before) {
            Deque<S> same = afterByBefore.containsKey(thing) ? null : free.get(keyBefore.apply(thing));
            if (same != null && !same.isEmpty()) {
                put(thing, same.remove());
            }
        }
    }

    void put(T before, T after) {
        afterByBefore.put(before, after);
        beforeByAfter.put(after, before);
    }

    @SuppressWarnings("ReferenceEquality") // A thing is its place in the file, not what it says.
    boolean arePartners(T before, T after) {
        return afterByBefore.get(before) == after;
    }

    /** The partner of something of the file before. */
    @Nullable
    T after(T before) {
        return afterByBefore.get(before);
    }

    /** The partner of something of the file after. */
    @Nullable
    T before(T after) {
        return beforeByAfter.get(after);
    }
}
