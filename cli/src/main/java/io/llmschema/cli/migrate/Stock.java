package io.llmschema.cli.migrate;

import io.llmschema.cli.migrate.RegistryView.ListedSubject;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a registry has: which versions of which subjects, and what is set, but not what the versions say.
 *
 * @param scopes what is set for all subjects of a context
 */
record Stock(SortedMap<String, Settings> scopes, SortedMap<String, InSubject> subjects) {
    /**
     * What it has of one subject.
     *
     * @param versions each with whether it is deleted; none of a name that stands for another subject, for they cannot be reached
     */
    record InSubject(ListedSubject listed, SortedMap<Integer, Boolean> versions, Settings settings) {
        private static final ListedSubject NOWHERE = new ListedSubject("", false, false);

        /** Nothing of it. */
        static final InSubject NOTHING = new InSubject(NOWHERE, new TreeMap<>(), Settings.NONE);

        InSubject {
            versions = new TreeMap<>(versions);
        }

        /** Whether there are versions, but out of reach. */
        boolean isHidden() {
            return listed.hasVersions() && settings.isAlias();
        }

        boolean hasDeleted(int version) {
            return Boolean.TRUE.equals(versions.get(version));
        }
    }

    Stock {
        scopes = new TreeMap<>(scopes);
        subjects = new TreeMap<>(subjects);
    }

    InSubject subject(String name) {
        return subjects.getOrDefault(name, InSubject.NOTHING);
    }

    Settings scope(String name) {
        return scopes.getOrDefault(name, Settings.NONE);
    }

    long versions() {
        return subjects.values().stream()
                .map(InSubject::versions)
                .mapToLong(Map::size)
                .sum();
    }
}
