package io.llmschema.systemtests.recovery;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a server is started: as the launcher starts it, with this test's class path.
 *
 * @param prefix what stands before the program, to run it as somebody else
 * @param environment set beside what is inherited
 * @param folder where it is started
 */
public record Launch(
        List<String> prefix, String classPath, Map<String, String> environment, Path folder, List<String> arguments) {
    private static final Path LAUNCHER = Path.of("..", "llmschema");

    public Launch {
        prefix = List.copyOf(prefix);
        environment = Map.copyOf(environment);
        arguments = List.copyOf(arguments);
    }

    /** What most tests are not about: they register one thing after another. */
    private static final List<String> ANYTHING_GOES = List.of("--compatibility", "NONE", "--allow-lower-versions");

    /** A server that is started in this folder, on a free port, that takes any version, with these further arguments. */
    public static Launch in(Path folder, String... arguments) {
        return new Launch(List.of(), System.getProperty("java.class.path"), Map.of(), folder, List.of("--port", "0"))
                .with(ANYTHING_GOES.toArray(String[]::new))
                .with(arguments);
    }

    public Launch with(String... more) {
        List<String> all = new ArrayList<>(arguments);
        all.addAll(List.of(more));
        return new Launch(prefix, classPath, environment, folder, all);
    }

    Launch withDataDir(Path dataDir) {
        return with("--data-dir", dataDir.toString());
    }

    Launch withoutArguments() {
        return new Launch(prefix, classPath, environment, folder, List.of());
    }

    public Launch withVariable(String name, String value) {
        Map<String, String> all = new HashMap<>(environment);
        all.put(name, value);
        return new Launch(prefix, classPath, all, folder, arguments);
    }

    Launch as(List<String> otherPrefix, String otherClassPath) {
        return new Launch(otherPrefix, otherClassPath, environment, folder, arguments);
    }

    public ServerProcess start() throws IOException {
        return start("io.llmschema.server.Main", arguments);
    }

    /** Another program, with nothing but these arguments, but at the same place and in the same environment. */
    public ServerProcess start(String mainClass, List<String> itsArguments) throws IOException {
        List<String> command = new ArrayList<>(prefix);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options("server_options"));
        command.addAll(options("common_options"));
        command.addAll(List.of("-cp", classPath, mainClass));
        command.addAll(itsArguments);
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("LLMSCHEMA_"));
        builder.environment().putAll(environment);
        return new ServerProcess(builder.start());
    }

    /** An array of the launcher's, so that what is tested is what is started. */
    private static List<String> options(String name) throws IOException {
        Matcher line = Pattern.compile("(?m)^" + name + "=\\((.*)\\)$").matcher(Files.readString(LAUNCHER));
        if (!line.find()) {
            throw new IOException(LAUNCHER + " has no " + name);
        }
        return List.of(line.group(1).split(" "));
    }
}
