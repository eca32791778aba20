package io.llmschema.storage;

import io.llmschema.model.SchemaId;
import io.llmschema.model.SchemaState.Stage;
import io.llmschema.model.SubjectSettings;
import io.llmschema.model.SubjectSummary;
import io.llmschema.model.Version;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a subject has been so far, as a {@link RegistrationRule} sees it.
 *
 * @param revision of the subject: another one, another history
 * @param isArchived whether it is there, and takes no new versions
 * @param latest the version that {@code latest} resolves to, if there is one
 * @param latestId of that version
 * @param highest the highest version by precedence that the subject ever had, deleted ones included; absent: nothing was ever registered
 * @param settings what is set for the subject itself, without its attributes
 * @param globalSettings what is set for all subjects of its {@link io.llmschema.model.Subject#scope context}, and where nothing is set there, for
 *     those of {@link io.llmschema.model.Subject#ofAllContexts all contexts}; a READONLY_OVERRIDE of these counts before all. Without attributes
 */
public record SubjectHistory(
        long revision,
        boolean isArchived,
        @Nullable Version latest,
        @Nullable SchemaId latestId,
        @Nullable Version highest,
        SubjectSettings settings,
        SubjectSettings globalSettings) {
    static SubjectHistory of(
            @Nullable SubjectSummary subject,
            long revision,
            @Nullable SchemaId latestId,
            @Nullable Version highest,
            SubjectSettings settings,
            SubjectSettings globalSettings) {
        return subject == null
                ? new SubjectHistory(revision, false, null, null, highest, settings, globalSettings)
                : new SubjectHistory(
                        revision, isArchived(subject), subject.latest(), latestId, highest, settings, globalSettings);
    }

    /** A subject that was deleted begins anew, whatever its state was. */
    private static boolean isArchived(SubjectSummary subject) {
        return !subject.isDeleted() && subject.state().stage() == Stage.ARCHIVED;
    }

    public Optional<Version> latestVersion() {
        return Optional.ofNullable(latest);
    }

    public Optional<Version> highestVersion() {
        return Optional.ofNullable(highest);
    }
}
