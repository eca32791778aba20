package io.llmschema.format.protobuf;

import io.llmschema.format.protobuf.ChangeList.Paths;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Compares the options of one thing, each under its name as it is written.
 *
 * <p>The values of one repeated option are a list, and its order is part of it.
 */
final class OptionDifferences {
    private final ChangeList changes;

    OptionDifferences(ChangeList changes) {
        this.changes = changes;
    }

    void compare(List<OptionSetting> before, List<OptionSetting> after, Paths paths) {
        Map<String, List<String>> old = byName(before);
        Map<String, List<String>> now = byName(after);
        Set<String> names = new LinkedHashSet<>(old.keySet());
        names.addAll(now.keySet());
        Set<String> same = new LinkedHashSet<>();
        for (String name : names) {
            String oldText = text(old.get(name));
            String newText = text(now.get(name));
            if (oldText != null && oldText.equals(newText)) {
                same.add(name);
            }
            changes.addDifference(OptionNature.of(name), paths.of(name), oldText, newText);
        }
        List<String> oldOrder = order(before, same);
        List<String> newOrder = order(after, same);
        if (!oldOrder.equals(newOrder)) {
            changes.reordered(paths.of("options"), oldOrder, newOrder);
        }
    }

    private static Map<String, List<String>> byName(List<OptionSetting> options) {
        Map<String, List<String>> byName = new LinkedHashMap<>();
        options.forEach(option -> byName.computeIfAbsent(option.writtenName(), _ -> new ArrayList<>())
                .add(OptionPrinter.value(option.value())));
        return byName;
    }

    private static @Nullable String text(@Nullable List<String> values) {
        return values == null ? null : String.join(", ", values);
    }

    private static List<String> order(List<OptionSetting> options, Set<String> of) {
        return options.stream()
                .map(OptionSetting::writtenName)
                .filter(of::contains)
                .toList();
    }
}
