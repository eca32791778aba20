package io.llmschema.model;

import io.llmschema.model.RegistryException.InvalidValue;
import java.util.regex.Pattern;

/**
 * The name of a tenant: an owner of subjects whose data no other tenant can see.
 *
 * <p>1 to 63 characters: lower-case letters, digits, {@code -} and {@code _}, the first a letter or digit.
 */
public record TenantId(String value) implements Comparable<TenantId> {
    private static final Pattern FORM = Pattern.compile("[a-z0-9][a-z0-9_-]{0,62}");

    /** The tenant of everyone who names none. */
    public static final TenantId DEFAULT = new TenantId("default");

    public TenantId {
        if (!FORM.matcher(value).matches()) {
            throw new InvalidValue(
                    "tenant",
                    value,
                    "a tenant is 1 to 63 lower-case letters, digits, '-' and '_', beginning with a letter or digit");
        }
    }

    @Override
    public int compareTo(TenantId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
