package io.llmschema.benchmarks.dictionary;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdDictTrainer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.Supplier;
import java.util.random.RandomGeneratorFactory;

/**
 * Writes the dictionary that ships with the registry. It is trained on samples that are generated here from a fixed seed, never on
 * schemas of anybody, as what was deleted for good would live on in it. Each run gives the same bytes, as long as the library stays the
 * same. What was compressed with a dictionary needs these very bytes for ever; so one that was released is not changed, but followed by
 * another.
 */
public final class DictionaryTrainer {
    /** The level that first versions are compressed with. */
    static final int LEVEL = 9;

    private static final long SEED = 20_261_125;
    /** Of the sizes that were measured, 32 KiB lost up to 5 %, and 96 and 110 KiB gained next to nothing. */
    private static final int DICTIONARY_BYTES = 64 * 1024;

    // How many samples of each kind: the small ones of tools are many, so that the kinds weigh about the same.
    private static final int TOOLS = 2_800;
    private static final int SELF_DESCRIBING = 1_200;
    private static final int CONFIGURATIONS = 700;
    private static final int AVRO = 900;
    private static final int PROTOBUF = 1_600;

    private DictionaryTrainer() {}

    /** @param args the file to write; then, if ratios are wanted, the folder of a corpus */
    public static void main(String[] args) throws IOException {
        byte[] dictionary = train(samples(), DICTIONARY_BYTES);
        Path file = Path.of(args[0]);
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.write(file, dictionary);
        System.out.printf(
                Locale.ROOT,
                "%s: %,d bytes, id %d, seed %d%n",
                file.getFileName(),
                dictionary.length,
                Zstd.getDictIdFromDict(dictionary),
                SEED);
        if (args.length > 1) {
            DictionaryRatios.print(Path.of(args[1]), dictionary);
        }
    }

    /** A dictionary of at most so many bytes. */
    static byte[] train(List<byte[]> samples, int size) {
        ZstdDictTrainer trainer = new ZstdDictTrainer(
                samples.stream().mapToInt(sample -> sample.length).sum(), size, LEVEL);
        samples.forEach(trainer::addSample);
        return trainer.trainSamples();
    }

    private static List<byte[]> samples() {
        Words words = new Words(RandomGeneratorFactory.of("L64X128MixRandom").create(SEED));
        JsonSchemaSamples json = new JsonSchemaSamples(words);
        List<byte[]> samples = new ArrayList<>();
        add(samples, TOOLS, json::tool);
        add(samples, SELF_DESCRIBING, json::selfDescribing);
        add(samples, CONFIGURATIONS, json::configuration);
        add(samples, AVRO, new AvroSamples(words)::sample);
        add(samples, PROTOBUF, new ProtobufSamples(words)::sample);
        // The trainer learns from the first three quarters and tries itself on the others; so each kind has to be
        // everywhere.
        Collections.shuffle(samples, new Random(SEED));
        return samples;
    }

    private static void add(List<byte[]> samples, int count, Supplier<String> sample) {
        for (int i = 0; i < count; i++) {
            samples.add(sample.get().getBytes(StandardCharsets.UTF_8));
        }
    }
}
