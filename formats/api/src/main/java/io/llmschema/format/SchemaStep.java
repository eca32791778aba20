package io.llmschema.format;

import io.llmschema.model.Judgement;
import io.llmschema.model.SchemaChange;
import java.util.List;

/**
 * What it is to go from one schema to another.
 *
 * @param backward whether the schema after reads what was written with the one before
 * @param changes what is different; none where the judgement is not that they are compatible, as nobody asks then
 */
public record SchemaStep(Judgement backward, List<SchemaChange> changes) {
    public SchemaStep {
        changes = List.copyOf(changes);
    }
}
