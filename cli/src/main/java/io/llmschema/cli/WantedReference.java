package io.llmschema.cli;

import io.llmschema.model.RegistryException.InvalidValue;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A reference as a request asks for it: the version may be {@code latest} or a range. */
record WantedReference(String name, String subject, String version) {
    static WantedReference of(JsonNode node) {
        return new WantedReference(
                node.path("name").asString(""),
                node.path("subject").asString(""),
                node.path("version").asString("latest"));
    }

    /** The reference written {@code NAME=SUBJECT@VERSION} or {@code NAME=SUBJECT}; {@link InvalidValue} otherwise. */
    static WantedReference parse(String text) {
        // The last one: the name may be a URL with a query, a subject hardly ever has this character.
        int equals = text.lastIndexOf('=');
        if (equals <= 0 || equals == text.length() - 1) {
            throw new InvalidValue("reference", text, "a reference is written NAME=SUBJECT@VERSION");
        }
        SubjectVersion target = SubjectVersion.parse(text.substring(equals + 1));
        return new WantedReference(text.substring(0, equals), target.subject(), target.version());
    }

    ObjectNode toJson(String subjectPrefix) {
        return Json.MAPPER
                .createObjectNode()
                .put("name", name)
                .put("subject", subjectPrefix + subject)
                .put("version", version);
    }
}
