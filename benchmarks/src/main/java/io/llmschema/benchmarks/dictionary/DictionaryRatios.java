package io.llmschema.benchmarks.dictionary;

import com.github.luben.zstd.ZstdCompressCtx;
import com.github.luben.zstd.ZstdDictCompress;
import com.github.luben.zstd.ZstdException;
import com.github.luben.zstd.ZstdInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * How much smaller the first versions of the subjects of a corpus get: without a dictionary, with ours, and with one that was trained on
 * half of the same file. All three are measured on the other half.
 */
final class DictionaryRatios {
    private static final String ROWS = ".jsonl.zst";
    private static final String REGISTER = "register";
    /** The window of {@code zstd --long=27}: 128 MiB. */
    private static final int WINDOW_LOG = 27;

    /** What is trained on is cut here, so that a few long schemas do not fill the dictionary. */
    private static final int MAX_TRAINED_BYTES = 20_000;

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private DictionaryRatios() {}

    /** Prints a line for each file of rows in a folder, which name a subject and its content. */
    static void print(Path folder, byte[] dictionary) throws IOException {
        System.out.printf(
                "%n| first versions of | schemas | none | ours | trained on half of the file |%n|---|--:|--:|--:|--:|%n");
        List<Path> files;
        try (Stream<Path> found = Files.list(folder)) {
            files = found.filter(file -> file.toString().endsWith(ROWS))
                    .sorted()
                    .toList();
        }
        for (Path file : files) {
            List<byte[]> contents = firstVersions(file);
            if (!contents.isEmpty()) {
                print(file.getFileName().toString().replace(ROWS, ""), contents, dictionary);
            }
        }
    }

    private static void print(String name, List<byte[]> contents, byte[] dictionary) {
        List<byte[]> trained = new ArrayList<>();
        List<byte[]> measured = new ArrayList<>();
        for (int i = 0; i < contents.size(); i++) {
            byte[] content = contents.get(i);
            if (i % 2 == 0) {
                trained.add(content.length > MAX_TRAINED_BYTES ? Arrays.copyOf(content, MAX_TRAINED_BYTES) : content);
            } else {
                measured.add(content);
            }
        }
        System.out.printf(
                Locale.ROOT,
                "| %s | %,d | %.2f | %.2f | %s |%n",
                name,
                measured.size(),
                ratio(measured, Optional.empty()),
                ratio(measured, Optional.of(dictionary)),
                trained(trained, dictionary.length)
                        .map(half -> "%.2f".formatted(ratio(measured, Optional.of(half))))
                        .orElse("-"));
    }

    /** Nothing if there is too little to train on. */
    private static Optional<byte[]> trained(List<byte[]> samples, int size) {
        try {
            return Optional.of(DictionaryTrainer.train(samples, size));
        } catch (ZstdException _) {
            return Optional.empty();
        }
    }

    private static double ratio(List<byte[]> contents, Optional<byte[]> dictionary) {
        long raw = 0;
        long compressed = 0;
        try (ZstdCompressCtx context = new ZstdCompressCtx()) {
            context.setLevel(DictionaryTrainer.LEVEL);
            dictionary.ifPresent(bytes -> context.loadDict(new ZstdDictCompress(bytes, DictionaryTrainer.LEVEL)));
            for (byte[] content : contents) {
                raw += content.length;
                compressed += context.compress(content).length;
            }
        }
        return (double) raw / compressed;
    }

    private static List<byte[]> firstVersions(Path file) throws IOException {
        Map<String, byte[]> bySubject = new LinkedHashMap<>();
        try (ZstdInputStream stream = new ZstdInputStream(Files.newInputStream(file)).setLongMax(WINDOW_LOG);
                BufferedReader lines = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                JsonNode row = JSON.readTree(line);
                if (row.has("content") && row.path("op").asString(REGISTER).equals(REGISTER)) {
                    bySubject.putIfAbsent(
                            row.path("subject").asString(),
                            row.path("content").asString().getBytes(StandardCharsets.UTF_8));
                }
            }
        }
        return List.copyOf(bySubject.values());
    }
}
