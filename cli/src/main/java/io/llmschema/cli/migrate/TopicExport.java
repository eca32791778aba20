package io.llmschema.cli.migrate;

import io.llmschema.cli.migrate.Plan.Outline;
import io.llmschema.cli.migrate.Step.Register;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;

/** The writing of all that a registry has as records of the topic, in an order in which they can be played. */
public final class TopicExport {
    /** Versions that are read before the first of them is written. */
    private static final int CHUNK_SIZE = 256;

    private final RegistryView source;
    private final SideBySide sideBySide;
    private final Watcher watcher;

    /** Who takes the records, one after the other. */
    public interface Sink {
        void write(TopicRecord record);
    }

    /** What was written, and the subjects whose versions could not be read since their names stand for other subjects. */
    public record Written(long records, List<String> hidden) {}

    /** @param width requests at a time */
    public TopicExport(RegistryView source, int width, BooleanSupplier isToStop, Watcher watcher) {
        this.source = source;
        this.sideBySide = new SideBySide(width, isToStop);
        this.watcher = watcher;
    }

    public Written writeTo(Sink sink) {
        Stock stock = new Stocktaking(sideBySide).all(source, source.listing());
        Stock nothing = new Stock(new TreeMap<>(), new TreeMap<>());
        Plan plan = Plan.of(Plan.missing(stock, nothing), this::outlines);
        List<VersionKey> order = plan.steps().stream()
                .filter(planned -> planned.step() instanceof Register)
                .map(planned -> planned.step().key())
                .toList();
        long records = writeVersions(order, stock, sink);
        records += writeSettings(stock.scopes(), sink);
        Map<String, Settings> ofSubjects = new TreeMap<>();
        stock.subjects().forEach((name, subject) -> ofSubjects.put(name, subject.settings()));
        records += writeSettings(ofSubjects, sink);
        return new Written(records, hidden(stock));
    }

    private static List<String> hidden(Stock stock) {
        return stock.subjects().values().stream()
                .filter(Stock.InSubject::isHidden)
                .map(subject -> subject.listed().name())
                .toList();
    }

    private List<Outline> outlines(Collection<VersionKey> keys) {
        watcher.begin("versions looked at", keys.size());
        return read(keys).stream().map(Outline::of).toList();
    }

    private List<SchemaDocument> read(Collection<VersionKey> keys) {
        return sideBySide
                .map(keys, key -> {
                    Optional<SchemaDocument> version = source.version(key);
                    watcher.advance();
                    return version;
                })
                .stream()
                .flatMap(Optional::stream)
                .toList();
    }

    private long writeVersions(List<VersionKey> order, Stock stock, Sink sink) {
        watcher.begin("versions written", order.size());
        long records = 0;
        for (int begin = 0; begin < order.size(); begin += CHUNK_SIZE) {
            List<VersionKey> chunk = order.subList(begin, Math.min(order.size(), begin + CHUNK_SIZE));
            for (SchemaDocument version : read(chunk)) {
                VersionKey key = version.key();
                sink.write(TopicRecord.of(version, stock.subject(key.subject()).hasDeleted(key.version())));
                records++;
            }
        }
        return records;
    }

    private static long writeSettings(Map<String, Settings> settings, Sink sink) {
        List<TopicRecord> records = new ArrayList<>();
        settings.forEach((scope, set) -> {
            if (set.config() != null) {
                records.add(TopicRecord.ofConfig(scope, set.config()));
            }
            if (set.mode() != null) {
                records.add(TopicRecord.ofMode(scope, set.mode()));
            }
        });
        records.forEach(sink::write);
        return records.size();
    }
}
