package io.llmschema.testkit;

import io.llmschema.model.NewSchema;
import io.llmschema.model.RegistryException;
import io.llmschema.model.Version;
import io.llmschema.storage.RegistrationRule;
import io.llmschema.storage.SchemaStore;
import io.llmschema.storage.SubjectHistory;
import java.util.Optional;

/** Simple rules to register by in tests. Those that assign a number know it before the lock, as a registry's own rule does; see {@link #underLock}. */
public final class RegistrationRules {
    private RegistrationRules() {}

    /** Assigns this version, whatever was before. */
    public static RegistrationRule assign(String version) {
        Version assigned = Version.parse(version);
        return prepared((candidate, history, _) -> assigned);
    }

    /** Assigns 1.0.0, then the release with the next higher minor number. */
    public static RegistrationRule nextMinor() {
        return prepared((candidate, history, _) -> history.highestVersion()
                .map(highest -> Version.of(highest.major(), highest.minor() + 1, 0))
                .orElse(Version.of(1, 0, 0)));
    }

    private static RegistrationRule prepared(RegistrationRule rule) {
        return new RegistrationRule() {
            @Override
            public Version assignVersion(NewSchema candidate, SubjectHistory history, SchemaStore store) {
                return rule.assignVersion(candidate, history, store);
            }

            @Override
            public Optional<Version> prepare(NewSchema candidate, SubjectHistory history, SchemaStore store) {
                return Optional.of(rule.assignVersion(candidate, history, store));
            }
        };
    }

    /** The same rule for a store that must ask it under the lock. */
    public static RegistrationRule underLock(RegistrationRule rule) {
        return (candidate, history, store) -> rule.assignVersion(candidate, history, store);
    }

    /** Refuses every candidate. */
    public static RegistrationRule refuse(RegistryException refusal) {
        return (candidate, history, _) -> {
            throw refusal;
        };
    }
}
