package io.llmschema.registry;

import io.llmschema.model.NewSchema;
import io.llmschema.model.RegistryException.SubjectArchived;
import io.llmschema.model.RegistryException.VersionsExhausted;
import io.llmschema.model.SchemaState.Stage;
import io.llmschema.model.Subject;
import io.llmschema.model.SubjectSummary;
import io.llmschema.model.Version;
import io.llmschema.storage.RegistrationRule;
import io.llmschema.storage.SubjectHistory;
import org.jspecify.annotations.Nullable;

/**
 * The rule that a registration takes to the lock of its subject: an archived subject takes nothing; the version is the one wanted, or
 * else the first release, 1.0.0, and after it the next minor one.
 *
 * @param wanted absent: the next one
 */
record NextVersion(@Nullable Version wanted) implements RegistrationRule {
    private static final Version FIRST = Version.of(1, 0, 0);

    @Override
    public Version assignVersion(NewSchema candidate, SubjectHistory history) {
        history.subject().filter(NextVersion::isClosed).ifPresent(subject -> {
            throw new SubjectArchived(subject.subject());
        });
        if (wanted != null) {
            return wanted;
        }
        return history.highestVersion()
                .map(highest -> after(candidate.subject(), highest))
                .orElse(FIRST);
    }

    /** A subject that was deleted begins anew, whatever its state was. */
    private static boolean isClosed(SubjectSummary subject) {
        return !subject.isDeleted() && subject.state().stage() == Stage.ARCHIVED;
    }

    private static Version after(Subject subject, Version highest) {
        if (highest.minor() == Integer.MAX_VALUE) {
            throw new VersionsExhausted(subject, highest);
        }
        return Version.of(highest.major(), highest.minor() + 1, 0);
    }
}
