package io.llmschema.cli;

import io.llmschema.model.RegistryException.InvalidValue;
import io.llmschema.model.VersionSelector;

/** A subject and which of its versions is meant, written {@code SUBJECT@VERSION}; without the version, {@code latest}. */
record SubjectVersion(String subject, String version) {
    /** Subjects may contain {@code @} ({@code @acme/orders}); so only what reads as a version after the last one is a version. */
    static SubjectVersion parse(String text) {
        int at = text.lastIndexOf('@');
        if (at > 0 && isVersion(text.substring(at + 1))) {
            return new SubjectVersion(text.substring(0, at), text.substring(at + 1));
        }
        return new SubjectVersion(text, "latest");
    }

    private static boolean isVersion(String text) {
        try {
            VersionSelector.parse(text);
            return true;
        } catch (InvalidValue notAVersion) {
            return false;
        }
    }
}
