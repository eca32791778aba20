package io.llmschema.cli;

import io.llmschema.cli.Examined.Outcome;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A report for scripts: the registry's answers as they came, each with the name of its file. */
final class JsonReport {
    private JsonReport() {}

    static String written(Report report) {
        ObjectNode document = Json.MAPPER
                .createObjectNode()
                .put("command", report.command())
                .put("isPassed", report.isPassed())
                .put("passed", report.count(Outcome.PASSED))
                .put("failed", report.count(Outcome.FAILED))
                .put("unexamined", report.count(Outcome.UNEXAMINED));
        ArrayNode files = document.putArray("files");
        for (Examined one : report.examined()) {
            ObjectNode file = files.addObject().put("file", one.file());
            if (!one.about().isEmpty()) {
                file.put("about", one.about());
            }
            file.put("outcome", one.outcome().name()).set("answer", one.answer());
        }
        return document + System.lineSeparator();
    }
}
