package io.llmschema.storage;

import io.llmschema.model.TenantId;
import org.jspecify.annotations.Nullable;

/**
 * A choice among the names of one tenant for which anything is set; one must pass every part that is given.
 *
 * @param prefix the beginning of the name, if given
 * @param hasMode whether only those are meant for which a mode is set
 * @param attributesPart a text that stands in the attributes, as they were given; absent: there need be none
 */
public record SettingsFilter(
        TenantId tenant,
        @Nullable String prefix,
        boolean hasMode,
        @Nullable String attributesPart) {
    /** Every name of the tenant for which anything is set. */
    public static SettingsFilter all(TenantId tenant) {
        return new SettingsFilter(tenant, null, false, null);
    }
}
