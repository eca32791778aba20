package io.llmschema.cli.migrate;

import io.llmschema.cli.migrate.RegistryView.ListedSubject;
import io.llmschema.cli.migrate.RegistryView.Listing;
import io.llmschema.cli.migrate.Stock.InSubject;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/** The asking of a registry for its {@link Stock}. */
final class Stocktaking {
    /** The most versions that a migration can hold in mind. */
    static final int MAX_VERSIONS = 2_000_000;

    private final SideBySide sideBySide;

    /** A name with what was found under it. */
    private record Found<T>(String name, T what) {}

    Stocktaking(SideBySide sideBySide) {
        this.sideBySide = sideBySide;
    }

    Stock all(RegistryView view, Listing listing) {
        return of(view, listing.scopes(), listing.subjects().values());
    }

    /** Of all that another registry has, how much is here. */
    Stock counterpart(RegistryView view, Stock other) {
        Map<String, ListedSubject> here = view.listing().subjects();
        Set<String> names = other.subjects().keySet();
        List<ListedSubject> wanted = names.stream()
                .map(name -> here.getOrDefault(name, new ListedSubject(name, false, false)))
                .toList();
        return of(view, other.scopes().keySet(), wanted);
    }

    private Stock of(RegistryView view, Collection<String> scopes, Collection<ListedSubject> subjects) {
        Map<String, Settings> settings = found(scopes, Function.identity(), view::settings);
        Map<String, InSubject> inSubjects = found(subjects, ListedSubject::name, subject -> inSubject(view, subject));
        Stock stock = new Stock(new TreeMap<>(settings), new TreeMap<>(inSubjects));
        if (stock.versions() > MAX_VERSIONS) {
            throw new Refusal(0, "there are more than " + MAX_VERSIONS + " versions, too many to migrate at a time");
        }
        return stock;
    }

    private <T, R> Map<String, R> found(Collection<T> items, Function<T, String> name, Function<T, R> look) {
        Map<String, R> all = new TreeMap<>();
        sideBySide
                .map(items, item -> new Found<>(name.apply(item), look.apply(item)))
                .forEach(found -> all.put(found.name(), found.what()));
        return all;
    }

    private static InSubject inSubject(RegistryView view, ListedSubject subject) {
        Settings settings = view.settings(subject.name());
        boolean isReachable = subject.hasVersions() && !settings.isAlias();
        return new InSubject(subject, new TreeMap<>(isReachable ? view.versions(subject) : Map.of()), settings);
    }
}
