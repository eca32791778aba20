package io.llmschema.cli;

import io.llmschema.cli.RegistryClient.Registered;
import io.llmschema.cli.RegistryFailure.Refused;
import io.llmschema.model.RegistryException.InvalidValue;
import io.llmschema.model.SchemaType;
import io.llmschema.model.Violation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code register}: one schema from a file becomes a version of a subject. */
@Command(
        name = "register",
        description = {
            "Registers a schema as the next version of a subject.",
            "Registering what the subject already has changes nothing and says so."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  llmschema register orders order.json --owner sales --tag core",
            "  llmschema register acme/user.proto user.proto --reference acme/id.proto=acme/id.proto@1.0.0",
            "  generate-schema | llmschema register events - --type avro --dry-run"
        })
final class RegisterCommand implements Callable<Integer> {
    private final Console console;

    @Mixin
    private ConnectionOptions connection = new ConnectionOptions();

    @Parameters(index = "0", paramLabel = "SUBJECT", description = "The name to register under")
    private String subject = "";

    @Parameters(index = "1", paramLabel = "FILE", description = "The schema's file; - reads standard input")
    private String file = "";

    @Option(
            names = "--type",
            paramLabel = "TYPE",
            description = "json, avro or protobuf. Default: by the file's ending (.json, .avsc, .proto), or else by its"
                    + " content")
    private @Nullable String type;

    @Option(
            names = "--version",
            paramLabel = "X.Y.Z",
            description = "The version's number. Default: the next minor one")
    private @Nullable String version;

    @Option(
            names = "--reference",
            paramLabel = "NAME=SUBJECT@VERSION",
            description = "What the schema calls NAME is that version of that subject; may be repeated")
    private List<String> references = List.of();

    @Option(names = "--description", paramLabel = "TEXT", description = "What this version is or changes")
    private @Nullable String description;

    @Option(names = "--owner", paramLabel = "NAME", description = "Who answers for it")
    private @Nullable String owner;

    @Option(names = "--tag", paramLabel = "TAG", description = "A word to find it by; may be repeated")
    private List<String> tags = List.of();

    @Option(names = "--metadata", paramLabel = "JSON", description = "A JSON object of your own")
    private @Nullable String metadata;

    @Option(names = "--created-by", paramLabel = "NAME", description = "Who registers it")
    private @Nullable String createdBy;

    @Option(names = "--draft", description = "Register it as a DRAFT, not yet meant for use")
    private boolean isDraft;

    @Option(names = "--dry-run", description = "Check everything, keep nothing")
    private boolean isDryRun;

    RegisterCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        ObjectNode request = request();
        try (RegistryClient client = connection.connect(Retries.none())) {
            Registered registered = client.register(subject, request, isDryRun);
            console.out().println(connection.isJson() ? registered.answer() : sentence(registered));
            return ExitCode.OK.code();
        } catch (Refused refused) {
            if (connection.isJson() || refused.problem().violations().isEmpty()) {
                throw refused;
            }
            refused.problem().violations().forEach(violation -> console.err().println(place(violation)));
            console.err().println("llmschema: " + refused.problem().detail());
            return ExitCode.REFUSED.code();
        }
    }

    private ObjectNode request() {
        try {
            String content = content();
            ObjectNode request = Json.MAPPER.createObjectNode();
            request.put("schemaType", type(content).name()).put("schema", content);
            put(request, "version", version);
            put(request, "description", description);
            put(request, "owner", owner);
            put(request, "createdBy", createdBy);
            if (isDraft) {
                request.put("state", "DRAFT");
            }
            if (!tags.isEmpty()) {
                ArrayNode array = request.putArray("tags");
                tags.forEach(array::add);
            }
            if (!references.isEmpty()) {
                ArrayNode array = request.putArray("references");
                references.forEach(text -> array.add(WantedReference.parse(text).toJson("")));
            }
            if (metadata != null) {
                request.set("metadata", metadata(metadata));
            }
            return request;
        } catch (InvalidValue e) {
            throw new CommandFailure(ExitCode.USAGE, String.valueOf(e.getMessage()));
        }
    }

    private static void put(ObjectNode request, String name, @Nullable String value) {
        if (value != null) {
            request.put(name, value);
        }
    }

    private static JsonNode metadata(String text) {
        try {
            JsonNode node = Json.MAPPER.readTree(text);
            if (node.isObject()) {
                return node;
            }
        } catch (JacksonException e) {
            // Falls through to the same sentence.
        }
        throw new CommandFailure(ExitCode.USAGE, "--metadata takes a JSON object such as '{\"team\": \"sales\"}'");
    }

    private String content() {
        try {
            byte[] bytes = file.equals("-") ? console.in().readAllBytes() : Files.readAllBytes(Path.of(file));
            return Utf8.decode(bytes)
                    .orElseThrow(() -> new CommandFailure(ExitCode.USAGE, file + " is not UTF-8; convert it first"));
        } catch (IOException e) {
            throw new CommandFailure(ExitCode.USAGE, "cannot read " + file + "; does it exist?");
        }
    }

    private SchemaType type(String content) {
        return type != null
                ? SchemaType.parse(type)
                : TypeGuess.byEnding(file).orElseGet(() -> TypeGuess.byContent(content));
    }

    private String sentence(Registered registered) {
        JsonNode schema = registered.schema();
        String version = schema.path("version").asString("");
        if (!registered.isNew()) {
            return subject + ": already there as " + version + " (id "
                    + schema.path("id").asString("") + ")";
        }
        if (isDryRun) {
            return "would register " + subject + " " + version + "; nothing was kept";
        }
        return "registered " + subject + " " + version + " (id "
                + schema.path("id").asString("") + ", global id "
                + schema.path("globalId").asInt(0) + ")";
    }

    private String place(Violation violation) {
        if (violation.line() > 0) {
            return file + ":" + violation.line() + ":" + violation.column() + ": " + violation.reason();
        }
        return violation.pointer() == null || violation.pointer().isEmpty()
                ? file + ": " + violation.reason()
                : file + " at " + violation.pointer() + ": " + violation.reason();
    }
}
