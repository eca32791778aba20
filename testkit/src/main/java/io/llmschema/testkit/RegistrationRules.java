package io.llmschema.testkit;

import io.llmschema.model.RegistryException;
import io.llmschema.model.Version;
import io.llmschema.storage.RegistrationRule;

/** Simple rules to register by in tests. */
public final class RegistrationRules {
    private RegistrationRules() {}

    /** Assigns this version, whatever was before. */
    public static RegistrationRule assign(String version) {
        Version assigned = Version.parse(version);
        return (candidate, history, _) -> assigned;
    }

    /** Assigns 1.0.0, then the release with the next higher minor number. */
    public static RegistrationRule nextMinor() {
        return (candidate, history, _) -> history.highestVersion()
                .map(highest -> Version.of(highest.major(), highest.minor() + 1, 0))
                .orElse(Version.of(1, 0, 0));
    }

    /** Refuses every candidate. */
    public static RegistrationRule refuse(RegistryException refusal) {
        return (candidate, history, _) -> {
            throw refusal;
        };
    }
}
