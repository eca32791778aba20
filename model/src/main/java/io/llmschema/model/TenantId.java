package io.llmschema.model;

import io.llmschema.model.RegistryException.InvalidValue;

/**
 * The name of a tenant: an owner of subjects whose data no other tenant can see.
 *
 * <p>1 to 63 characters: lower-case letters, digits, {@code -} and {@code _}, the first a letter or digit.
 */
public record TenantId(String value) implements Comparable<TenantId> {
    private static final int MAX_LENGTH = 63;

    /** The tenant of everyone who names none. */
    public static final TenantId DEFAULT = new TenantId("default");

    public TenantId {
        if (!hasForm(value)) {
            throw new InvalidValue(
                    "tenant",
                    value,
                    "a tenant is 1 to 63 lower-case letters, digits, '-' and '_', beginning with a letter or digit");
        }
    }

    // Without a regular expression, since it is checked for every request.
    private static boolean hasForm(String value) {
        if (value.isEmpty() || value.length() > MAX_LENGTH) {
            return false;
        }
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            boolean isLetterOrDigit = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
            if (!isLetterOrDigit && (i == 0 || (c != '-' && c != '_'))) {
                return false;
            }
        }
        return true;
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
