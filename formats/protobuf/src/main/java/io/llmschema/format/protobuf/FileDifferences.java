package io.llmschema.format.protobuf;

import io.llmschema.format.protobuf.ChangeList.Paths;
import io.llmschema.format.protobuf.Declaration.Body;
import io.llmschema.model.SchemaChange;
import io.llmschema.model.SchemaChange.Kind;
import io.llmschema.model.SchemaChange.Nature;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Compares two files as their authors wrote them, declaration by declaration.
 *
 * <p>What is the same thing on both sides: messages, enums, services, methods and oneofs of the same name in the same surroundings, a oneof
 * also by a field that it still holds; fields and values of enums with the same number, or else of the same name; an extension with the
 * same number of the same message, or else of the same name. What was added or removed is one change, with all that is in it.
 *
 * <p>Where a change is: its full name; what has no name of its own follows after a {@code #}: {@code #comment}, {@code #type}, {@code
 * #label}, {@code #number}, {@code #oneof}, {@code #extendee}, {@code #reserved}, {@code #extensions}, {@code #extend}, {@code #visibility}, {@code #input},
 * {@code #output}, of an enum {@code #default} for its first value, and the name of an option; of the file itself {@code #syntax}, {@code
 * #package} and {@code #import:} with the path. Where the package changes, that is the change, and not all that is in it.
 *
 * <p>What touches data, or may: types, numbers, labels, names of fields and values (JSON writes them), membership in a oneof, the options
 * that {@link OptionNature} says, the edition, the package, imports (they decide what names mean), services and ranges for extensions.
 * What does not: comments, other options, reserved numbers and names (they bind authors, not data), the name of a oneof, the spelling of a
 * type that stays the same, visibility. The order of declarations has no meaning to the wire format, nor to JSON; that of messages decides
 * which is the one that documents are taken for by default, and what number the messages have in Confluent's wire format. It is listed as
 * the order that it is, because a file with its messages in another order has the same unordered form.
 */
final class FileDifferences {
    private final ProtoFile before;
    private final ProtoFile after;
    private final Side beforeTop;
    private final Side afterTop;
    private final ChangeList changes = new ChangeList();
    private final OptionDifferences options = new OptionDifferences(changes);
    private final RangeDifferences ranges = new RangeDifferences(changes);
    private final FieldDifferences fields = new FieldDifferences(changes, options);

    private FileDifferences(LinkedFile before, LinkedFile after) {
        this.before = before.file();
        this.after = after.file();
        this.beforeTop = Side.top(before);
        this.afterTop = Side.top(after);
    }

    static List<SchemaChange> between(LinkedFile before, LinkedFile after) {
        FileDifferences differences = new FileDifferences(before, after);
        differences.compareFiles();
        return differences.changes.changes();
    }

    private void compareFiles() {
        Paths whole = Paths.WHOLE;
        changes.addDifference(
                Nature.MEANING, whole.of("syntax"), CanonicalPrinter.edition(before), CanonicalPrinter.edition(after));
        changes.addDifference(Nature.MEANING, whole.of("package"), packageOf(before), packageOf(after));
        compareImports(whole);
        options.compare(before.options(), after.options(), whole);
        compareMembers(before.declarations(), after.declarations(), beforeTop, afterTop, whole);
    }

    private static @Nullable String packageOf(ProtoFile file) {
        return file.packageName() == null ? null : file.packageText();
    }

    private void compareImports(Paths whole) {
        Map<String, ProtoFile.Import> old = byPath(before);
        Map<String, ProtoFile.Import> now = byPath(after);
        old.forEach((path, imported) -> changes.addDifference(
                Nature.MEANING,
                whole.of("import:" + path),
                kindOf(imported),
                Optional.ofNullable(now.get(path)).map(FileDifferences::kindOf).orElse(null)));
        now.forEach((path, imported) -> {
            if (!old.containsKey(path)) {
                changes.addDifference(Nature.MEANING, whole.of("import:" + path), null, kindOf(imported));
            }
        });
        List<String> oldOrder = old.keySet().stream().filter(now::containsKey).toList();
        List<String> newOrder = now.keySet().stream().filter(old::containsKey).toList();
        if (!oldOrder.equals(newOrder)) {
            changes.reordered(whole.of("import"), oldOrder, newOrder);
        }
    }

    private static Map<String, ProtoFile.Import> byPath(ProtoFile file) {
        Map<String, ProtoFile.Import> byPath = new LinkedHashMap<>();
        file.imports().forEach(imported -> byPath.put(imported.path().text(), imported));
        return byPath;
    }

    private static String kindOf(ProtoFile.Import imported) {
        return imported.kind() == ProtoFile.Import.Kind.PLAIN
                ? "import"
                : "import " + imported.kind().name().toLowerCase(Locale.ROOT);
    }

    private void compareBodies(Body old, Body now, Side beforeSide, Side afterSide) {
        Paths paths = Paths.of(beforeSide, afterSide);
        options.compare(old.options(), now.options(), paths);
        compareMembers(old.members(), now.members(), beforeSide, afterSide, paths);
    }

    private void compareMembers(
            List<Declaration> old, List<Declaration> now, Side beforeSide, Side afterSide, Paths paths) {
        if (changes.isFull()) {
            return;
        }
        Members before = Members.of(old);
        Members after = Members.of(now);
        Pairs<Declaration> pairs = pairs(before, after);
        for (Declaration member : old) {
            compareMember(member, pairs, before, after, beforeSide, afterSide);
        }
        for (Declaration member : now) {
            addNew(member, pairs, beforeSide, afterSide);
        }
        ranges.compare(before, after, pairs, paths);
        compareExtensions(before, after, pairs, beforeSide, afterSide, paths);
        compareDefaults(before, after, pairs, paths);
        compareOrder(old, now, pairs, before, after, paths);
    }

    private static Pairs<Declaration> pairs(Members before, Members after) {
        Pairs<Declaration> pairs = new Pairs<>();
        pairs.pair(before.fields(), after.fields(), field -> field.number().value());
        pairs.pair(before.fields(), after.fields(), FileDifferences::nameOf);
        Function<Declaration.EnumValue, Object> number = value -> value.number().value();
        pairs.pair(before.values(), after.values(), value -> List.of(nameOf(value), number.apply(value)));
        pairs.pair(before.values(), after.values(), number);
        pairs.pair(before.values(), after.values(), FileDifferences::nameOf);
        pairs.pair(before.others(), after.others(), other -> List.of(other.getClass(), nameOf(other)));
        pairs.pair(before.statements(), after.statements(), StatementText::of);
        pairs.pair(
                before.extensions(),
                extension ->
                        List.of(before.extendeeOf(extension), extension.number().value()),
                after.extensions(),
                extension ->
                        List.of(after.extendeeOf(extension), extension.number().value()));
        pairs.pair(before.extensions(), after.extensions(), FileDifferences::nameOf);
        pairRenamedOneofs(before, after, pairs);
        return pairs;
    }

    /** A oneof has no number; what it holds tells that it is another name for the same. */
    private static void pairRenamedOneofs(Members before, Members after, Pairs<Declaration> pairs) {
        for (Declaration.Field field : before.fields()) {
            Declaration partner = pairs.after(field);
            Declaration.Oneof old = before.oneofOf(field);
            Declaration.Oneof now = partner == null ? null : after.oneofOf(partner);
            if (old != null && now != null && pairs.after(old) == null && pairs.before(now) == null) {
                pairs.put(old, now);
            }
        }
    }

    private static String nameOf(Declaration.Named declaration) {
        return declaration.name().text();
    }

    private void compareMember(
            Declaration member,
            Pairs<Declaration> pairs,
            Members before,
            Members after,
            Side beforeSide,
            Side afterSide) {
        if (changes.isFull()) {
            return;
        }
        Declaration partner = pairs.after(member);
        if (partner == null) {
            if (member instanceof Declaration.Named named) {
                changes.removed(
                        Nature.MEANING,
                        paths(named, beforeSide, named, afterSide),
                        () -> CanonicalPrinter.print(named));
            }
        } else if (member instanceof Declaration.Named old && partner instanceof Declaration.Named now) {
            comparePair(old, now, pairs, before, after, beforeSide, afterSide);
        }
        if (member instanceof Declaration.Oneof oneof) {
            for (Declaration field : oneof.body().members()) {
                // Those of a oneof that is gone altogether are part of its text.
                if (partner != null || pairs.after(field) != null) {
                    compareMember(field, pairs, before, after, beforeSide, afterSide);
                }
            }
        }
    }

    private void addNew(Declaration member, Pairs<Declaration> pairs, Side beforeSide, Side afterSide) {
        Declaration partner = pairs.before(member);
        if (member instanceof Declaration.Named named && partner == null) {
            changes.added(
                    Nature.MEANING, paths(named, beforeSide, named, afterSide), () -> CanonicalPrinter.print(named));
        } else if (member instanceof Declaration.Oneof oneof) {
            oneof.body().members().forEach(field -> addNew(field, pairs, beforeSide, afterSide));
        }
    }

    private static Paths paths(Declaration.Named old, Side beforeSide, Declaration.Named now, Side afterSide) {
        return Paths.of(beforeSide, old, afterSide, now);
    }

    private void comparePair(
            Declaration.Named old,
            Declaration.Named now,
            Pairs<Declaration> pairs,
            Members before,
            Members after,
            Side beforeSide,
            Side afterSide) {
        Paths paths = paths(old, beforeSide, now, afterSide);
        compareNames(old, now, paths);
        changes.addDifference(Nature.WORDS, paths.of("comment"), comment(old), comment(now));
        switch (old) {
            case Declaration.Message message
            when now instanceof Declaration.Message other -> {
                compareVisibilities(message.visibility(), other.visibility(), paths);
                compareBodies(message.body(), other.body(), beforeSide.into(old), afterSide.into(now));
            }
            case Declaration.Enumeration enumeration
            when now instanceof Declaration.Enumeration other -> {
                compareVisibilities(enumeration.visibility(), other.visibility(), paths);
                compareBodies(enumeration.body(), other.body(), beforeSide.into(old), afterSide.into(now));
            }
            case Declaration.Service service
            when now instanceof Declaration.Service other ->
                compareBodies(service.body(), other.body(), beforeSide.into(old), afterSide.into(now));
            case Declaration.Method method
            when now instanceof Declaration.Method other -> compareMethods(method, other, beforeSide, afterSide, paths);
            case Declaration.EnumValue value
            when now instanceof Declaration.EnumValue other -> {
                changes.addDifference(
                        Nature.MEANING,
                        paths.of("number"),
                        Long.toString(value.number().value()),
                        Long.toString(other.number().value()));
                options.compare(value.options(), other.options(), paths);
            }
            case Declaration.Oneof oneof
            when now instanceof Declaration.Oneof other -> {
                options.compare(oneof.body().options(), other.body().options(), paths);
                compareOrder(oneof.body().members(), other.body().members(), pairs, before, after, paths);
            }
            case Declaration.Field field
            when now instanceof Declaration.Field other -> {
                compareOneofs(field, other, pairs, before, after, paths);
                fields.compare(field, other, () -> beforeSide.typeOf(field), () -> afterSide.typeOf(other), paths);
                compareGroups(field, other, beforeSide, afterSide);
            }
            case Declaration.Message _,
                    Declaration.Enumeration _,
                    Declaration.Service _,
                    Declaration.Method _,
                    Declaration.EnumValue _,
                    Declaration.Oneof _,
                    Declaration.Field _ -> throw new IllegalStateException("what is paired is of the same kind");
        }
    }

    private void compareExtensions(
            Members before, Members after, Pairs<Declaration> pairs, Side beforeSide, Side afterSide, Paths paths) {
        int known = changes.count();
        for (Declaration.Field old : before.extensions()) {
            if (!(pairs.after(old) instanceof Declaration.Field now)) {
                changes.removed(
                        Nature.MEANING, paths(old, beforeSide, old, afterSide), () -> CanonicalPrinter.print(old));
                continue;
            }
            Paths inside = paths(old, beforeSide, now, afterSide);
            compareNames(old, now, inside);
            compareExtendees(
                    before.extendeeOf(old),
                    after.extendeeOf(now),
                    inside,
                    () -> beforeSide.extendeeOf(old).equals(afterSide.extendeeOf(now)));
            changes.addDifference(Nature.WORDS, inside.of("comment"), comment(old), comment(now));
            fields.compare(
                    old, now, () -> beforeSide.typeOfExtension(old), () -> afterSide.typeOfExtension(now), inside);
            compareGroups(old, now, beforeSide, afterSide);
        }
        for (Declaration.Field now : after.extensions()) {
            if (pairs.before(now) == null) {
                changes.added(
                        Nature.MEANING, paths(now, beforeSide, now, afterSide), () -> CanonicalPrinter.print(now));
            }
        }
        if (changes.count() == known) {
            compareExtends(before, after, pairs, paths.of("extend"));
        }
    }

    private void compareExtendees(String old, String now, Paths paths, BooleanSupplier isSame) {
        if (!old.equals(now) && !changes.isFull()) {
            changes.add(
                    Kind.CHANGED,
                    isSame.getAsBoolean() ? Nature.WORDS : Nature.MEANING,
                    paths.of("extendee"),
                    old,
                    now);
        }
    }

    /** How extensions that are the same are put into statements. */
    private void compareExtends(Members before, Members after, Pairs<Declaration> pairs, Paths paths) {
        List<Declaration> old = extendsOf(before);
        List<Declaration> now = extendsOf(after);
        boolean isSame = old.size() == now.size() && old.stream().allMatch(extend -> pairs.after(extend) != null);
        if (!isSame) {
            changes.add(Kind.CHANGED, Nature.WORDS, paths, texts(old), texts(now));
            return;
        }
        for (Declaration statement : old) {
            if (statement instanceof Declaration.Extend extend
                    && pairs.after(extend) instanceof Declaration.Extend partner) {
                compareOrder(List.copyOf(extend.fields()), List.copyOf(partner.fields()), pairs, before, after, paths);
            }
        }
    }

    private static List<Declaration> extendsOf(Members members) {
        return members.statements().stream()
                .filter(Declaration.Extend.class::isInstance)
                .toList();
    }

    private static String texts(List<Declaration> statements) {
        return statements.stream().map(CanonicalPrinter::print).collect(Collectors.joining("\n"));
    }

    /** The messages that two groups declare on the spot. */
    private void compareGroups(Declaration.Field old, Declaration.Field now, Side beforeSide, Side afterSide) {
        if (old.type() instanceof FieldType.Group group && now.type() instanceof FieldType.Group other) {
            compareBodies(
                    group.body(),
                    other.body(),
                    beforeSide.into(group.name().text()),
                    afterSide.into(other.name().text()));
        }
    }

    /** A name that is written in data has a meaning; that of a oneof is not. */
    private void compareNames(Declaration.Named old, Declaration.Named now, Paths paths) {
        if (!nameOf(old).equals(nameOf(now))) {
            changes.add(
                    Kind.RENAMED,
                    old instanceof Declaration.Oneof ? Nature.WORDS : Nature.MEANING,
                    paths,
                    nameOf(old),
                    nameOf(now));
        }
    }

    private void compareVisibilities(
            Declaration.@Nullable Visibility old, Declaration.@Nullable Visibility now, Paths paths) {
        changes.addDifference(
                Nature.WORDS,
                paths.of("visibility"),
                old == null ? null : old.name().toLowerCase(Locale.ROOT),
                now == null ? null : now.name().toLowerCase(Locale.ROOT));
    }

    private void compareMethods(
            Declaration.Method old, Declaration.Method now, Side beforeSide, Side afterSide, Paths paths) {
        List<String> oldTypes = beforeSide.typesOf(old);
        List<String> newTypes = afterSide.typesOf(now);
        boolean areSame = oldTypes.equals(newTypes)
                && old.input().isStream() == now.input().isStream()
                && old.output().isStream() == now.output().isStream();
        Nature nature = areSame ? Nature.WORDS : Nature.MEANING;
        changes.addDifference(nature, paths.of("input"), payload(old.input()), payload(now.input()));
        changes.addDifference(nature, paths.of("output"), payload(old.output()), payload(now.output()));
        options.compare(old.options(), now.options(), paths);
    }

    private static String payload(Declaration.Payload payload) {
        return (payload.isStream() ? "stream " : "") + payload.type().text();
    }

    private void compareOneofs(
            Declaration.Field old,
            Declaration.Field now,
            Pairs<Declaration> pairs,
            Members before,
            Members after,
            Paths paths) {
        Declaration.Oneof oldOneof = before.oneofOf(old);
        Declaration.Oneof newOneof = after.oneofOf(now);
        if (oldOneof == null && newOneof == null) {
            return;
        }
        if (oldOneof == null || newOneof == null || !pairs.arePartners(oldOneof, newOneof)) {
            changes.add(
                    oldOneof == null ? Kind.ADDED : newOneof == null ? Kind.REMOVED : Kind.CHANGED,
                    Nature.MEANING,
                    paths.of("oneof"),
                    oldOneof == null ? null : nameOf(oldOneof),
                    newOneof == null ? null : nameOf(newOneof));
        }
    }

    /** The first value of an enum stands for what is not set, or is not known; of several with one number JSON writes the first. */
    private void compareDefaults(Members before, Members after, Pairs<Declaration> pairs, Paths paths) {
        Optional<Declaration.EnumValue> old = before.values().stream().findFirst();
        Optional<Declaration.EnumValue> now = after.values().stream().findFirst();
        if (old.isPresent() && now.isPresent() && !pairs.arePartners(old.get(), now.get())) {
            changes.add(Kind.CHANGED, Nature.MEANING, paths.of("default"), nameOf(old.get()), nameOf(now.get()));
        }
    }

    private void compareOrder(
            List<Declaration> old,
            List<Declaration> now,
            Pairs<Declaration> pairs,
            Members before,
            Members after,
            Paths paths) {
        IdentityHashMap<Declaration, Integer> places = new IdentityHashMap<>();
        old.forEach(member -> places.put(member, places.size()));
        Set<Declaration> inBoth = Collections.newSetFromMap(new IdentityHashMap<>());
        List<Declaration> nowMoved = new ArrayList<>();
        boolean isSame = true;
        int last = -1;
        for (Declaration member : now) {
            Declaration partner = pairs.before(member);
            Integer place = partner == null ? null : places.get(partner);
            // Where another value became the first of an enum, that was said already.
            if (partner != null && place != null && before.isFirstValue(partner) == after.isFirstValue(member)) {
                inBoth.add(partner);
                nowMoved.add(member);
                isSame &= place > last;
                last = place;
            }
        }
        if (!isSame) {
            changes.reordered(
                    paths, labels(old.stream().filter(inBoth::contains).toList()), labels(nowMoved));
        }
    }

    private static List<String> labels(List<Declaration> members) {
        return members.stream().map(FileDifferences::label).toList();
    }

    private static String label(Declaration member) {
        return switch (member) {
            case Declaration.Named named -> named.name().text();
            case Declaration.Extend extend -> "extend " + extend.extendee().text();
            case Declaration.Reserved _, Declaration.Extensions _ -> CanonicalPrinter.print(member);
        };
    }

    private static @Nullable String comment(Declaration declaration) {
        return declaration.documentation().isEmpty() ? null : String.join("\n", declaration.documentation());
    }
}
