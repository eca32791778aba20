package io.llmschema.systemtests.confluent;

import java.util.List;

/** The table for one section of the specification: a file, named by the section. */
record Section(String name, List<Scenario> scenarios) {
    Section {
        scenarios = List.copyOf(scenarios);
    }
}
