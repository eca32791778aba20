package io.llmschema.cli;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** One run of the program as a shell would see it. */
record Program(int exit, String out, String err) {
    List<String> outLines() {
        return out.lines().toList();
    }

    static Program run(String... args) {
        return run(new Interruption(), "", args);
    }

    static Program withInput(String input, String... args) {
        return run(new Interruption(), input, args);
    }

    static Program run(Interruption interruption, String input, String... args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Console console = new Console(
                new PrintWriter(out, true, StandardCharsets.UTF_8),
                new PrintWriter(err, true, StandardCharsets.UTF_8),
                out,
                new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                false);
        int exit = Cli.run(console, interruption, args);
        return new Program(exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    /** Runs a command against that registry. */
    static Program on(FakeRegistry registry, String... args) {
        List<String> all = new ArrayList<>(List.of(args));
        all.add("--url");
        all.add(registry.url());
        return run(all.toArray(String[]::new));
    }
}
