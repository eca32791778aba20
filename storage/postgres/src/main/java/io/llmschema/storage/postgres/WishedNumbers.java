package io.llmschema.storage.postgres;

import io.llmschema.model.GlobalId;
import io.llmschema.model.NewSchema;
import io.llmschema.model.RegistryException;
import io.llmschema.model.RegistryException.GlobalIdDiffers;
import io.llmschema.model.RegistryException.GlobalIdTaken;
import io.llmschema.model.RegistryException.OrdinalRefused;
import io.llmschema.model.RegistryException.StorageUnavailable;
import io.llmschema.model.Subject;
import java.util.concurrent.TimeoutException;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * The numbers that a candidate wishes for, whose subject is locked. Who wishes for none asks the database nothing.
 *
 * <p>A global id that is given must never be chosen for another content. All tenants choose theirs from one sequence, which is raised above the id
 * before that is inserted. Others choose meanwhile, and no lock keeps them from it; so two things are seen to:
 *
 * <ul>
 *   <li>The sequence must not be set back. It is raised to a number by {@link #MARGIN} above what was read of it: more than others can choose
 *       between the reading and the raising. Those who raise it follow one another, by a lock.
 *   <li>Someone may have chosen the very id just before the sequence was raised, and not have inserted it yet. The key of the table then lets
 *       one of the two have it, in each tenant. The other is refused if it was given the id, or else takes another one, which is above all by now.
 * </ul>
 */
final class WishedNumbers {
    /** By how much the sequence is raised above a given id. The more, the rarer it is done: ids often come one after the other. */
    static final int MARGIN = 100_000;

    /** The number of the advisory lock: "globalid" in ASCII, so that it is no other program's. */
    private static final long LOCK = 0x676c6f62616c6964L;

    private static final String PRESENT = """
            SELECT (SELECT k.global_id FROM contents k
                    WHERE k.tenant = :tenant AND k.raw_hash = :rawHash AND k.schema_type = :type AND k.references_hash = :referencesHash) AS known,
                   EXISTS (SELECT FROM contents o WHERE o.tenant = :tenant AND o.global_id = :wanted) AS is_taken,
                   (SELECT last_value FROM global_ids) AS last_value
            """;

    private static final String RAISE = """
            SELECT setval('global_ids', :wanted + :margin) FROM global_ids WHERE last_value <= :wanted
            """;

    private static final String USED = """
            SELECT EXISTS (SELECT FROM schemas WHERE tenant = :tenant AND subject = :subject AND ordinal = :ordinal)
                OR EXISTS (SELECT FROM purged_versions WHERE tenant = :tenant AND subject = :subject AND ordinal = :ordinal)
            """;

    private final Handle handle;
    private final NewSchema candidate;
    private final @Nullable GlobalId wanted;

    WishedNumbers(Handle handle, NewSchema candidate) {
        Integer given = candidate.placement().globalId();
        this.handle = handle;
        this.candidate = candidate;
        this.wanted = given == null ? null : new GlobalId(candidate.subject().tenant(), given);
    }

    /** What the tenant has now, beside how far the sequence has come. */
    private record Present(@Nullable GlobalId known, boolean isTaken, long lastValue) {}

    /**
     * Sees to it that the content may have the global id wished for, as far as is known now, and that no other one gets it later.
     *
     * @throws GlobalIdDiffers the content has another one
     * @throws GlobalIdTaken another content has it
     */
    void makeSureOfGlobalId() {
        if (wanted == null) {
            return;
        }
        Present present = present(wanted);
        if (present.known() != null) {
            check(present.known());
        } else if (present.isTaken()) {
            throw new GlobalIdTaken(wanted);
        } else if (present.lastValue() <= wanted.value()) {
            raiseSequence(wanted);
        }
    }

    private Present present(GlobalId id) {
        return PostgresReader.bindIdentity(handle.createQuery(PRESENT), candidate)
                .bind("wanted", id.value())
                .map((row, _) -> {
                    int known = row.getInt("known");
                    return new Present(
                            known == 0 ? null : new GlobalId(id.tenant(), known),
                            row.getBoolean("is_taken"),
                            row.getLong("last_value"));
                })
                .one();
    }

    private void raiseSequence(GlobalId id) {
        handle.createQuery("SELECT 1 FROM pg_advisory_xact_lock(:lock)")
                .bind("lock", LOCK)
                .mapTo(Integer.class)
                .one();
        handle.createQuery(RAISE)
                .bind("wanted", id.value())
                .bind("margin", MARGIN)
                .mapTo(Long.class)
                .findFirst();
    }

    /**
     * Looks at the global id that the content has.
     *
     * @throws GlobalIdDiffers another one was wished for
     */
    void check(GlobalId id) {
        if (wanted != null && !wanted.equals(id)) {
            throw new GlobalIdDiffers(wanted.value(), id);
        }
    }

    /** Why a content could not be inserted. */
    RegistryException lostGlobalId() {
        return wanted == null
                ? new StorageUnavailable("others are given the numbers that are chosen here", new TimeoutException())
                : new GlobalIdTaken(wanted);
    }

    /**
     * The ordinal that the version is to get.
     *
     * @throws OrdinalRefused it cannot have the one wished for
     */
    int ordinal(LockedSubject subject) {
        int next = subject.lastOrdinal() + 1;
        Integer ordinal = candidate.placement().ordinal();
        if (ordinal == null || ordinal == next) {
            return next;
        }
        if (ordinal < next && isUsed(ordinal)) {
            throw refused(ordinal, next, "another version has it, or had it");
        }
        if (!candidate.placement().isImport()) {
            throw refused(ordinal, next, "the next one is " + next);
        }
        return ordinal;
    }

    private OrdinalRefused refused(int ordinal, int next, String reason) {
        return new OrdinalRefused(candidate.subject(), ordinal, next, reason);
    }

    private boolean isUsed(int ordinal) {
        Subject subject = candidate.subject();
        return handle.createQuery(USED)
                .bind("tenant", subject.tenant().value())
                .bind("subject", subject.name())
                .bind("ordinal", ordinal)
                .mapTo(Boolean.class)
                .one();
    }
}
