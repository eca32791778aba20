package io.llmschema.http.confluentapi;

import io.llmschema.model.Subject;
import io.llmschema.model.TenantId;
import io.llmschema.registry.SchemaRegistry;
import io.llmschema.storage.NamedSettings;
import io.llmschema.storage.SettingsFilter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The other names of subjects: those under which a config says that another subject is meant.
 *
 * @param byMeant the names, in their order, by that of the subject which is meant
 */
record Aliases(Map<String, List<String>> byMeant) {
    static final Aliases NONE = new Aliases(Map.of());

    /** What stands in the attributes of settings wherever an alias is set. */
    private static final String MEMBER = "\"" + ConfigField.ALIAS.json() + "\"";

    /** Those of some subjects. Of a tenant's aliases at most {@value Slice#MAX_ITEMS} are looked through. */
    static Aliases of(Set<Subject> subjects, TenantId tenant, SchemaRegistry registry) {
        if (subjects.isEmpty()) {
            return NONE;
        }
        Map<String, List<String>> byMeant = new HashMap<>();
        subjects.forEach(subject -> byMeant.put(subject.name(), new ArrayList<>()));
        SettingsFilter filter = new SettingsFilter(tenant, null, false, MEMBER);
        Slice.all(page -> registry.listSettings(filter, page))
                .limit(Slice.MAX_ITEMS)
                .filter(set -> !set.subject().isScope())
                .forEach(set -> add(set, byMeant));
        return new Aliases(byMeant);
    }

    private static void add(NamedSettings set, Map<String, List<String>> byMeant) {
        Subject subject = set.subject();
        Config.of(set.settings())
                .alias()
                .map(alias -> SubjectNames.nameIn(subject.context(), alias))
                .filter(meant -> !meant.equals(subject.name()))
                .map(byMeant::get)
                .ifPresent(names -> names.add(subject.name()));
    }

    List<String> of(Subject subject) {
        return byMeant.getOrDefault(subject.name(), List.of());
    }

    /** How many characters those of a subject have together. */
    long length(Subject subject) {
        return of(subject).stream().mapToLong(String::length).sum();
    }
}
