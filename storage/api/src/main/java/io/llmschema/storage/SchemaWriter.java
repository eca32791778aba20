package io.llmschema.storage;

import io.llmschema.model.NewSchema;
import io.llmschema.model.Registration;
import io.llmschema.model.RegistryException;
import io.llmschema.model.SchemaId;
import io.llmschema.model.SchemaState;
import io.llmschema.model.SchemaSummary;
import java.time.Instant;
import java.util.function.UnaryOperator;

/**
 * Changes to schemas. Each is all or nothing, durable when it returns, and visible to every later question to the same store.
 *
 * <p>A rule decides about a change against the state that is true when the change is made: under the lock of its subject, or before it, if the store then
 * makes sure that the state is still the same. Under the lock it must be quick; only a {@link RegistrationRule} may call the store, by which it is asked.
 */
public interface SchemaWriter {
    /**
     * Makes the candidate a version of its subject, or finds the version that it already is.
     *
     * <p>A live version of the subject with the same type, bytes, references and distinction is returned as it is, and the rule is not asked. For a
     * candidate that is known {@linkplain NewSchema#isByMeaning by its meaning}, one with the same canonical fingerprint does, whatever its bytes are,
     * and the last one of several.
     * Otherwise the rule assigns the version number, the subject is made (or taken back from deletion, and is ACTIVE then) if need be, and the version
     * gets the next ordinal. Versions with the same type, bytes, references and distinction share a global id.
     *
     * <p>A {@link io.llmschema.model.Placement} may wish for numbers.
     *
     * <ul>
     *   <li>An ordinal must be the next one, unless the candidate is a live version already, whichever ordinal that has: who sends the same request
     *       again is told the same.
     *   <li>An ordinal of what is imported must be one that the subject has never used, be it below the last. Only the version that has it, deleted
     *       or not, is the one that the candidate may already be; the same content under several ordinals is several versions. Without an
     *       ordinal, several such versions are told as the last one of them.
     *   <li>A global id that belongs to nothing is given to the content, and never chosen by the store for another one afterwards. With another
     *       global id than the one wished for, no version is the one that the candidate already is.
     * </ul>
     *
     * <p>The rule is asked before any wish is refused.
     *
     * <p>Every version referred to was there before the new one is, and is kept from deletion until the new one is visible. So a version refers to
     * older ones only, and the graph of references has no circles, whatever is registered at the same time.
     *
     * @throws RegistryException.VersionExists the assigned number has the precedence of one the subject used before
     * @throws RegistryException.OrdinalRefused the ordinal wished for is not the next one; or, of an import, the subject has used it for something else
     * @throws RegistryException.GlobalIdTaken the global id wished for is that of another content of the tenant
     * @throws RegistryException.GlobalIdDiffers the content has another global id than the one wished for
     * @throws RegistryException.MissingReference a referenced version is not there, or is deleted
     * @throws RegistryException whatever the rule throws
     */
    Registration registerSchema(NewSchema candidate, RegistrationRule rule);

    /**
     * Changes the state of a version.
     *
     * @param rule from the present state to the new one
     * @throws RegistryException.SchemaNotFound no such version, or it is deleted
     */
    SchemaSummary updateSchemaState(SchemaId id, UnaryOperator<SchemaState> rule);

    /**
     * Soft-deletes a version: it is no longer listed nor found through its subject, but still readable by id. Its number and
     * ordinal are never used again. When it was the last one, the subject is deleted with it.
     *
     * @throws RegistryException.SchemaNotFound no such version, or it is deleted already
     * @throws RegistryException.SchemaInUse a live schema refers to it
     */
    SchemaSummary deleteSchema(SchemaId id, Instant at);

    /**
     * Removes a version for good that was soft-deleted before. No key leads to it any more, and nothing is kept of what it said but
     * its content, if another version has the same. Its number and ordinal are still never used again, and its subject stays as it
     * is, even when this was the last version of it.
     *
     * <p>The global id leads to the oldest version left that has the content, and nowhere if there is none.
     *
     * @return the version as it was last
     * @throws RegistryException.SchemaNotFound no such version
     * @throws RegistryException.NotDeletedYet it was not soft-deleted before
     * @throws RegistryException.SchemaInUse a schema refers to it, be it deleted itself
     */
    SchemaSummary purgeSchema(SchemaId id);
}
