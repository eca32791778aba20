package io.llmschema.format.protobuf;

import io.llmschema.model.SchemaContent;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The files that every schema can import without giving them: those of the language itself, and Google's common types.
 *
 * <p>They lie in the jars of the libraries. The list is fixed here, so that an import path can never reach anything else on the
 * class path.
 */
final class BundledFiles {
    private static final Map<String, String> NAMES_BY_FOLDER = Map.ofEntries(
            Map.entry(
                    "google/protobuf/",
                    "any api descriptor duration empty field_mask java_features source_context struct timestamp type"
                            + " wrappers"),
            Map.entry(
                    "google/api/",
                    "annotations auth backend billing client config_change consumer context control distribution"
                            + " documentation endpoint error_reason field_behavior field_info http httpbody label"
                            + " launch_stage log logging metric monitored_resource monitoring policy quota resource"
                            + " routing service source_info system_parameter usage visibility"),
            Map.entry(
                    "google/type/",
                    "calendar_period color date datetime dayofweek decimal expr fraction interval latlng"
                            + " localized_text money month phone_number postal_address quaternion timeofday"),
            Map.entry("google/rpc/", "code error_details http status"),
            Map.entry("google/rpc/context/", "attribute_context audit_context"),
            Map.entry("google/longrunning/", "operations"),
            Map.entry("google/logging/type/", "http_request log_severity"),
            Map.entry("google/cloud/", "extended_operations"),
            Map.entry("google/cloud/audit/", "audit_log"),
            Map.entry("google/cloud/location/", "locations"),
            Map.entry("google/geo/type/", "viewport"),
            Map.entry("google/apps/card/v1/", "card"),
            Map.entry("google/shopping/type/", "types"));

    private static final Set<String> PATHS = paths();

    private final Map<String, SchemaContent> contents = new ConcurrentHashMap<>();
    private final Map<String, LinkedFile> linked = new ConcurrentHashMap<>();

    private static Set<String> paths() {
        Set<String> paths = new TreeSet<>();
        NAMES_BY_FOLDER.forEach((folder, names) -> {
            for (String name : names.split(" ")) {
                paths.add(folder + name + ".proto");
            }
        });
        return paths;
    }

    static Set<String> all() {
        return PATHS;
    }

    /** The text of a bundled file; empty if there is none at that path. */
    Optional<SchemaContent> content(String path) {
        return PATHS.contains(path)
                ? Optional.of(contents.computeIfAbsent(path, BundledFiles::read))
                : Optional.empty();
    }

    /** The file as it was linked to other bundled files only, once that was done. */
    Optional<LinkedFile> linked(String path) {
        return Optional.ofNullable(linked.get(path));
    }

    /** Keeps what is at that path, for good, if everything that it imports is kept already. Returns what is kept. */
    LinkedFile keep(String path, LinkedFile file, Imports imports) {
        if (!imports.files().stream().allMatch(linked::containsValue)) {
            return file;
        }
        LinkedFile before = linked.putIfAbsent(path, file);
        return before == null ? file : before;
    }

    private static SchemaContent read(String path) {
        try (InputStream in = BundledFiles.class.getResourceAsStream("/" + path)) {
            if (in == null) {
                throw new IllegalStateException(path + " is missing from the class path");
            }
            return new SchemaContent(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
