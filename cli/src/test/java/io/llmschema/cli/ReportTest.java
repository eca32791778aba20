package io.llmschema.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.llmschema.cli.Examined.Outcome;
import io.llmschema.cli.Finding.Place;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;
import tools.jackson.databind.JsonNode;

/** What the forms of a report make of the same findings. */
class ReportTest {
    private static final Path HERE = Path.of("/home/someone/project");

    private static final Finding NARROWED = Finding.error(
            "range-narrowed",
            "the least number went up",
            new Place("/properties/total/minimum", 4, 17),
            "in orders 1.2.0: at /old");

    private static final Finding UNDECIDED =
            Finding.warning("undecided", "nobody can tell", Place.ofPath("acme.Order.total"));

    private static final Examined GOOD = examined("schemas/good.json", Outcome.PASSED, List.of());
    private static final Examined BROKEN =
            examined("schemas/a b/ä.json", Outcome.FAILED, List.of(NARROWED, UNDECIDED, NARROWED));

    private static final Examined UNREADABLE =
            Examined.unreadable("/elsewhere/c.json", "c", "unreadable-file", "it is not UTF-8");

    private static final Report REPORT = new Report("check", List.of(GOOD, BROKEN, UNREADABLE));

    private static Examined examined(String file, Outcome outcome, List<Finding> findings) {
        JsonNode answer = Json.MAPPER.createObjectNode().put("verdict", outcome.name());
        return new Examined(file, "orders", outcome, "it " + outcome.name().toLowerCase(Locale.ROOT), findings, answer);
    }

    private static Document parsed(String xml) throws Exception {
        return DocumentBuilderFactory.newDefaultInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(xml)));
    }

    private static List<Element> elements(Document document, String name) {
        var found = document.getElementsByTagName(name);
        return IntStream.range(0, found.getLength())
                .mapToObj(i -> (Element) found.item(i))
                .toList();
    }

    @Test
    void exit_isZeroOnlyIfAllPassed() {
        assertThat(REPORT.exit()).isEqualTo(ExitCode.REFUSED);
        assertThat(new Report("check", List.of(GOOD)).exit()).isEqualTo(ExitCode.OK);
        assertThat(new Report("check", List.of(GOOD, UNREADABLE)).exit()).isEqualTo(ExitCode.REFUSED);
    }

    @Test
    void text_tellsFindingsAsCompilersDo() {
        String text = ReportFormat.TEXT.written(REPORT, HERE);

        assertThat(text.lines())
                .containsSubsequence(
                        "schemas/good.json: it passed",
                        "schemas/a b/ä.json: it failed",
                        "  schemas/a b/ä.json:4:17: error: the least number went up [range-narrowed]",
                        "    at /properties/total/minimum",
                        "    in orders 1.2.0: at /old",
                        "  schemas/a b/ä.json: warning: nobody can tell [undecided]",
                        "    at acme.Order.total",
                        "3 files: 1 passed, 1 failed, 1 not examined, 1 warning");
    }

    @Test
    void text_obeysNoControlCharacters() {
        Finding hostile = Finding.error("r", "a\u001b[2Jb\nc", Place.WHOLE, "two\nlines\u0007");

        String text = ReportFormat.TEXT.written(
                new Report("check", List.of(examined("x\u001b.json", Outcome.FAILED, List.of(hostile)))), HERE);

        assertThat(text)
                .contains("  x\\u001B.json: error: a\\u001B[2Jb c [r]", "    two", "    lines\\u0007")
                .doesNotContain("\u001b", "\u0007");
    }

    @Test
    void json_hasTheAnswersWithTheirFiles() {
        JsonNode json = Json.MAPPER.readTree(ReportFormat.JSON.written(REPORT, HERE));

        assertThat(json.path("isPassed").asBoolean(true)).isFalse();
        assertThat(json.path("files").values())
                .extracting(
                        file -> file.path("file").asString(),
                        file -> file.path("outcome").asString())
                .containsExactly(
                        tuple("schemas/good.json", "PASSED"),
                        tuple("schemas/a b/ä.json", "FAILED"),
                        tuple("/elsewhere/c.json", "UNEXAMINED"));
        assertThat(json.path("files").path(1).path("answer").path("verdict").asString())
                .isEqualTo("FAILED");
    }

    @Test
    void sarif_hasOneRun_withEachRuleOnce() {
        JsonNode log = Json.MAPPER.readTree(ReportFormat.SARIF.written(REPORT, HERE));

        assertThat(log.path("version").asString()).isEqualTo("2.1.0");
        assertThat(log.path("$schema").asString()).isEqualTo(SarifReport.SCHEMA);
        assertThat(log.path("runs").size()).isEqualTo(1);
        JsonNode driver = log.path("runs").path(0).path("tool").path("driver");
        assertThat(driver.path("name").asString()).isEqualTo("llmschema");
        assertThat(driver.path("rules").values())
                .extracting(rule -> rule.path("id").asString())
                .containsExactly("range-narrowed", "undecided", "unreadable-file");
    }

    @Test
    void sarif_resultsNameTheirRule_level_andPlace() {
        JsonNode run = Json.MAPPER
                .readTree(ReportFormat.SARIF.written(REPORT, HERE))
                .path("runs")
                .path(0);

        JsonNode rules = run.path("tool").path("driver").path("rules");
        assertThat(run.path("results").values())
                .hasSize(4)
                .allSatisfy(
                        result -> assertThat(rules.path(result.path("ruleIndex").asInt())
                                        .path("id")
                                        .asString())
                                .isEqualTo(result.path("ruleId").asString()));
        JsonNode narrowed = run.path("results").path(0);
        assertThat(narrowed.path("level").asString()).isEqualTo("error");
        assertThat(narrowed.path("message").path("text").asString())
                .isEqualTo("the least number went up (orders)\nin orders 1.2.0: at /old");
        JsonNode physical = narrowed.path("locations").path(0).path("physicalLocation");
        assertThat(physical.path("artifactLocation").path("uri").asString()).isEqualTo("schemas/a%20b/%C3%A4.json");
        assertThat(physical.path("region").toString()).isEqualTo("{\"startLine\":4,\"startColumn\":17}");
        JsonNode undecided = run.path("results").path(1);
        assertThat(undecided.path("level").asString()).isEqualTo("warning");
        assertThat(undecided.at("/locations/0/physicalLocation").has("region")).isFalse();
        assertThat(undecided
                        .at("/locations/0/logicalLocations/0/fullyQualifiedName")
                        .asString())
                .isEqualTo("acme.Order.total");
        assertThat(run.at("/results/3/locations/0/physicalLocation/artifactLocation/uri")
                        .asString())
                .isEqualTo("file:///elsewhere/c.json");
    }

    @Test
    void sarif_ofStandardInput_namesNoFile() {
        Examined piped = examined(Examined.STANDARD_INPUT, Outcome.FAILED, List.of(NARROWED));

        JsonNode log = Json.MAPPER.readTree(ReportFormat.SARIF.written(new Report("check", List.of(piped)), HERE));

        assertThat(log.at("/runs/0/results/0/locations/0").has("physicalLocation"))
                .isFalse();
        assertThat(log.at("/runs/0/results/0/locations/0").has("logicalLocations"))
                .isTrue();
    }

    @Test
    void junit_hasACaseForEachFile() throws Exception {
        Document xml = parsed(ReportFormat.JUNIT.written(REPORT, HERE));

        Element suite = elements(xml, "testsuite").getFirst();
        assertThat(suite.getAttribute("name")).isEqualTo("llmschema check");
        assertThat(suite.getAttribute("tests")).isEqualTo("3");
        assertThat(suite.getAttribute("failures")).isEqualTo("1");
        assertThat(suite.getAttribute("errors")).isEqualTo("1");
        assertThat(elements(xml, "testcase"))
                .extracting(one -> one.getAttribute("name"))
                .containsExactly("schemas/good.json", "schemas/a b/ä.json", "/elsewhere/c.json");
        Element failure = elements(xml, "failure").getFirst();
        assertThat(failure.getAttribute("message")).isEqualTo("it failed");
        assertThat(failure.getAttribute("type")).isEqualTo("range-narrowed undecided");
        assertThat(failure.getTextContent()).contains(":4:17: error: the least number went up");
        assertThat(elements(xml, "error")).hasSize(1);
    }

    @Test
    void junit_showsTheWarningsOfWhatPassed() throws Exception {
        Examined warned = examined("a.json", Outcome.PASSED, List.of(UNDECIDED));

        Document xml = parsed(ReportFormat.JUNIT.written(new Report("check", List.of(warned)), HERE));

        assertThat(elements(xml, "failure")).isEmpty();
        assertThat(elements(xml, "system-out").getFirst().getTextContent()).contains("nobody can tell");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u0000\u0001\u001b[31m\u007f\u0085",
                "]]> <![CDATA[ </failure> <!-- & \" ' >",
                "one half \ud800 and the other \udc00",
                "\ufffe\uffff\ud83f\udffe",
                "\ud83d\ude00 astral \ud834\udd1e",
                "line\r\nend\tand tab\u2028"
            })
    void junit_isWellFormed_whateverNamesAndMessagesHold(String hostile) throws Exception {
        Finding finding = new Finding(
                hostile, Finding.Severity.ERROR, hostile, new Place(hostile, 1, 1), List.of(hostile, hostile));
        Examined failed = new Examined(
                hostile, hostile, Outcome.FAILED, hostile, List.of(finding), Json.MAPPER.createObjectNode());
        Report report = new Report("check", List.of(failed));

        Document xml = parsed(ReportFormat.JUNIT.written(report, HERE));

        assertThat(elements(xml, "testcase").getFirst().getAttribute("name")).isEqualTo(VisibleText.onOneLine(hostile));
        assertThat(elements(xml, "failure").getFirst().getTextContent())
                .isEqualTo(String.join("\n", TextReport.lines(failed)));
    }

    @Test
    void visibleText_keepsWhatIsFit() {
        assertThat(VisibleText.of("ä \ud83d\ude00 \n\t x")).isEqualTo("ä \ud83d\ude00 \n\t x");
        assertThat(VisibleText.of("\ud800\u0001")).isEqualTo("\\uD800\\u0001");
        assertThat(VisibleText.onOneLine("a \r\n  b\tc")).isEqualTo("a b c");
    }
}
