package io.llmschema.cli;

import java.nio.file.Path;

/** A form in which a report is written. */
enum ReportFormat {
    /** For people. */
    TEXT,
    /** The registry's answers with the names of the files. */
    JSON,
    /** SARIF 2.1.0, which code hosts show beside the lines of a change. */
    SARIF,
    /** The XML of JUnit, which build servers count as tests. */
    JUNIT;

    /** The report in this form, from the point of view of that folder. */
    String written(Report report, Path workingFolder) {
        return switch (this) {
            case TEXT -> TextReport.written(report);
            case JSON -> JsonReport.written(report);
            case SARIF -> SarifReport.written(report, workingFolder);
            case JUNIT -> JUnitReport.written(report);
        };
    }
}
