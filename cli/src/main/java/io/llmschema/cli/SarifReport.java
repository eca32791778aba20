package io.llmschema.cli;

import io.llmschema.cli.Finding.Place;
import java.io.File;
import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A report in the Static Analysis Results Interchange Format, version 2.1.0: one run, a rule for each kind of finding, a result for each
 * finding. Files that passed without a finding leave no trace, as the format wants it.
 */
final class SarifReport {
    static final String SCHEMA =
            "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

    private final Path workingFolder;
    private final Map<String, Integer> ruleIndexes = new LinkedHashMap<>();

    private SarifReport(Path workingFolder) {
        this.workingFolder = workingFolder;
    }

    /** Files below the folder are named from there, as code hosts know them; others by their absolute address. */
    static String written(Report report, Path workingFolder) {
        return new SarifReport(workingFolder).document(report) + System.lineSeparator();
    }

    private ObjectNode document(Report report) {
        ArrayNode results = Json.MAPPER.createArrayNode();
        for (Examined one : report.examined()) {
            one.findings().forEach(finding -> results.add(result(one, finding)));
        }
        ObjectNode document =
                Json.MAPPER.createObjectNode().put("$schema", SCHEMA).put("version", "2.1.0");
        ObjectNode run = document.putArray("runs").addObject();
        ObjectNode driver = run.putObject("tool").putObject("driver").put("name", "llmschema");
        ArrayNode rules = driver.putArray("rules");
        ruleIndexes
                .keySet()
                .forEach(rule -> rules.addObject()
                        .put("id", rule)
                        .putObject("shortDescription")
                        .put("text", rule.replace('-', ' ')));
        run.putObject("automationDetails").put("id", "llmschema/" + report.command() + "/");
        run.put("columnKind", "unicodeCodePoints").set("results", results);
        return document;
    }

    private ObjectNode result(Examined one, Finding finding) {
        Integer index = ruleIndexes.computeIfAbsent(finding.rule(), rule -> ruleIndexes.size());
        ObjectNode result =
                Json.MAPPER.createObjectNode().put("ruleId", finding.rule()).put("ruleIndex", index);
        result.put("level", level(finding.severity()));
        result.putObject("message").put("text", message(one, finding));
        String path = finding.place().path();
        boolean isFile = !one.file().equals(Examined.STANDARD_INPUT);
        if (isFile || path != null) {
            ObjectNode location = result.putArray("locations").addObject();
            if (isFile) {
                addFile(location.putObject("physicalLocation"), one.file(), finding.place());
            }
            if (path != null) {
                location.putArray("logicalLocations").addObject().put("fullyQualifiedName", path);
            }
        }
        return result;
    }

    private static String level(Finding.Severity severity) {
        return switch (severity) {
            case ERROR -> "error";
            case WARNING -> "warning";
        };
    }

    private static String message(Examined one, Finding finding) {
        String about = one.about().isEmpty() ? "" : " (" + one.about() + ")";
        String details = finding.details().isEmpty() ? "" : "\n" + String.join("\n", finding.details());
        return finding.message() + about + details;
    }

    private void addFile(ObjectNode physical, String file, Place place) {
        physical.putObject("artifactLocation").put("uri", uri(file));
        if (place.line() > 0) {
            ObjectNode region = physical.putObject("region").put("startLine", place.line());
            if (place.column() > 0) {
                region.put("startColumn", place.column());
            }
        }
    }

    private String uri(String file) {
        Path absolute = workingFolder.resolve(file).normalize();
        if (!absolute.startsWith(workingFolder)) {
            URI address = absolute.toUri();
            return address.toASCIIString();
        }
        return StreamSupport.stream(workingFolder.relativize(absolute).spliterator(), false)
                .map(step -> Paths.encode(step.toString().replace(File.separator, "")))
                .collect(Collectors.joining("/"));
    }
}
