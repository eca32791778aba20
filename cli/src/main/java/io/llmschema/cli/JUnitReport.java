package io.llmschema.cli;

import io.llmschema.cli.Examined.Outcome;
import java.io.StringWriter;
import java.util.List;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** A report in the XML that JUnit made common: a suite for the run, a case for each file. */
final class JUnitReport {
    private final XMLStreamWriter xml;

    private JUnitReport(XMLStreamWriter xml) {
        this.xml = xml;
    }

    static String written(Report report) {
        // A writer of characters, not of bytes: over bytes the JDK's own would take astral characters apart.
        StringWriter text = new StringWriter();
        try {
            XMLStreamWriter xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(text);
            xml.writeStartDocument("UTF-8", "1.0");
            new JUnitReport(xml).write(report);
            xml.writeEndDocument();
            xml.close();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("a string writer takes everything", e);
        }
        return text + System.lineSeparator();
    }

    private void write(Report report) throws XMLStreamException {
        String suite = "llmschema " + report.command();
        xml.writeCharacters("\n");
        xml.writeStartElement("testsuites");
        counts(report);
        xml.writeStartElement("testsuite");
        attribute("name", suite);
        counts(report);
        attribute("skipped", "0");
        for (Examined one : report.examined()) {
            write(suite, one);
        }
        xml.writeEndElement();
        xml.writeEndElement();
    }

    private void counts(Report report) throws XMLStreamException {
        attribute("tests", String.valueOf(report.examined().size()));
        attribute("failures", String.valueOf(report.count(Outcome.FAILED)));
        attribute("errors", String.valueOf(report.count(Outcome.UNEXAMINED)));
    }

    private void write(String suite, Examined one) throws XMLStreamException {
        xml.writeCharacters("\n");
        xml.writeStartElement("testcase");
        attribute("classname", one.about().isEmpty() ? suite : suite + " " + one.about());
        attribute("name", one.file());
        switch (one.outcome()) {
            case PASSED -> {
                if (!one.findings().isEmpty()) {
                    xml.writeStartElement("system-out");
                    text(one);
                }
            }
            case FAILED -> trouble("failure", one);
            case UNEXAMINED -> trouble("error", one);
        }
        xml.writeEndElement();
    }

    private void trouble(String element, Examined one) throws XMLStreamException {
        List<String> rules =
                one.findings().stream().map(Finding::rule).distinct().toList();
        xml.writeStartElement(element);
        attribute("message", one.conclusion());
        attribute("type", String.join(" ", rules));
        text(one);
    }

    private void text(Examined one) throws XMLStreamException {
        xml.writeCharacters(String.join("\n", TextReport.lines(one)));
        xml.writeEndElement();
    }

    private void attribute(String name, String value) throws XMLStreamException {
        xml.writeAttribute(name, VisibleText.onOneLine(value));
    }
}
