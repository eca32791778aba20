package io.llmschema.format.protobuf;

import io.llmschema.format.ReferencedSchema;
import io.llmschema.format.SchemaFormat;
import io.llmschema.format.SchemaText;
import io.llmschema.model.SchemaContent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Every file that one schema can reach: the references given with it, and the bundled files that they do not replace.
 *
 * <p>A path means one file in here, also to a bundled file that imports it. Made for one parse and one thread.
 */
final class Universe {
    /** What a path leads to. */
    private sealed interface Found {
        record Usable(LinkedFile file) implements Found {}

        /** @param reason as the end of a sentence that begins with the path */
        record Unusable(String reason) implements Found {}
    }

    private final Map<String, SchemaContent> references = new LinkedHashMap<>();
    private final BundledFiles bundled;
    private final LinkedFileCache cache;
    private final Map<String, Found> found = new HashMap<>();
    private final Set<String> inProgress = new LinkedHashSet<>();

    Universe(List<ReferencedSchema> references, BundledFiles bundled, LinkedFileCache cache) {
        references.forEach(reference -> this.references.put(reference.name(), reference.content()));
        this.bundled = bundled;
        this.cache = cache;
    }

    /** The files that a schema imports; empty if one cannot be used, which is reported then. */
    Optional<Imports> importsOf(ProtoFile file, SchemaContent content, Problems problems) {
        if (!file.imports().isEmpty()) {
            // In the order given, each comes after what it imports, so that the recursion of find stays flat.
            references.keySet().forEach(this::find);
        }
        for (ProtoFile.Import imported : file.imports()) {
            SchemaContent reference = references.get(imported.path().text());
            if (reference != null && reference.equals(content)) {
                problems.add(
                        imported.path().place(),
                        "\"" + Names.shortened(imported.path().text())
                                + "\" is this file itself; a file cannot import itself");
                return Optional.empty();
            }
        }
        return resolve(file, problems);
    }

    private Optional<Imports> resolve(ProtoFile file, Problems problems) {
        List<LinkedFile> declared = new ArrayList<>();
        List<LinkedFile> forOptions = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        boolean isComplete = true;
        for (ProtoFile.Import imported : file.imports()) {
            Written path = imported.path();
            if (!seen.add(path.text())) {
                problems.add(path.place(), "\"" + Names.shortened(path.text()) + "\" is imported twice");
            }
            ImportRules.check(imported, file, problems);
            switch (find(path.text())) {
                case Found.Usable usable ->
                    (imported.kind() == ProtoFile.Import.Kind.OPTION ? forOptions : declared).add(usable.file);
                case Found.Unusable unusable -> {
                    problems.add(path.place(), "\"" + Names.shortened(path.text()) + "\" " + unusable.reason);
                    isComplete = false;
                }
            }
        }
        Imports imports = new Imports(declared, forOptions);
        if (imports.depth() > SchemaFormat.MAX_DEPTH) {
            problems.add(
                    file.imports().getFirst().path().place(),
                    "more than " + SchemaFormat.MAX_DEPTH + " imports follow one another");
        }
        return isComplete && problems.isEmpty() ? Optional.of(imports) : Optional.empty();
    }

    private Found find(String path) {
        Found known = found.get(path);
        if (known != null) {
            return known;
        }
        if (inProgress.contains(path)) {
            return new Found.Unusable("imports itself, through " + String.join(", ", inProgress));
        }
        if (inProgress.size() >= SchemaFormat.MAX_DEPTH) {
            return new Found.Unusable("is imported through more than " + SchemaFormat.MAX_DEPTH + " other files");
        }
        inProgress.add(path);
        Found result = link(path);
        inProgress.remove(path);
        found.put(path, result);
        return result;
    }

    private Found link(String path) {
        SchemaContent reference = references.get(path);
        if (reference != null) {
            return linkCached(new LinkedFileCache.Key(path, reference));
        }
        return bundled.content(path)
                .map(content -> linkBundled(new LinkedFileCache.Key(path, content)))
                .orElseGet(() -> new Found.Unusable(
                        "is not given as a reference, and is not one of the files that are always there"));
    }

    private Found linkBundled(LinkedFileCache.Key key) {
        Optional<LinkedFile> kept = bundled.linked(key.path());
        if (kept.isPresent() && isLinkedAsBundled(kept.get())) {
            return new Found.Usable(kept.get());
        }
        return linkCached(key);
    }

    /** Whether everything that a kept bundled file imports is still the kept one, and no reference instead. */
    private boolean isLinkedAsBundled(LinkedFile file) {
        for (ProtoFile.Import imported : file.file().imports()) {
            String path = imported.path().text();
            boolean isSame = find(path) instanceof Found.Usable usable
                    && bundled.linked(path)
                            .filter(kept -> kept.equals(usable.file))
                            .isPresent();
            if (!isSame) {
                return false;
            }
        }
        return true;
    }

    private Found linkCached(LinkedFileCache.Key key) {
        Optional<LinkedFileCache.Kept> kept = cache.find(key);
        if (kept.isPresent()) {
            LinkedFile file = kept.get().file();
            Optional<Imports> imports = resolve(file.file(), new Problems());
            if (imports.isPresent() && imports.get().equals(kept.get().imports())) {
                return new Found.Usable(file);
            }
        }
        return linkAnew(key);
    }

    private Found linkAnew(LinkedFileCache.Key key) {
        Problems problems = new Problems();
        Optional<ProtoFile> file = read(key.content(), problems);
        Optional<Imports> imports = file.flatMap(read -> resolve(read, problems));
        Optional<LinkedFile> linked =
                imports.flatMap(resolved -> Linker.link(key.path(), file.orElseThrow(), resolved, problems));
        if (linked.isEmpty()) {
            return new Found.Unusable("cannot be used: " + String.join("; ", problems.reasons()));
        }
        LinkedFile result = linked.get();
        if (!references.containsKey(key.path())) {
            result = bundled.keep(key.path(), result, imports.orElseThrow());
        }
        cache.put(key, new LinkedFileCache.Kept(result, imports.orElseThrow()));
        return new Found.Usable(result);
    }

    private static Optional<ProtoFile> read(SchemaContent content, Problems problems) {
        switch (SchemaText.decode(content)) {
            case SchemaText.Unreadable unreadable ->
                problems.add(new Place(1, 1), unreadable.violation().reason());
            case SchemaText.Readable readable -> {
                try {
                    return Optional.of(Parser.parse(readable.text()));
                } catch (SyntaxError e) {
                    problems.add(e);
                }
            }
        }
        return Optional.empty();
    }
}
