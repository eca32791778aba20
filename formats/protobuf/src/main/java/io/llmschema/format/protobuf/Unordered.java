package io.llmschema.format.protobuf;

import io.llmschema.format.protobuf.Declaration.Body;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A file with everything sorted whose order has no meaning.
 *
 * <p>The first value of an enum stays the first, because it is the default; the rest follow by number. The values of one repeated
 * option keep their order, because they are a list.
 *
 * <p>Messages may be kept in their order: there are producers who tell a consumer which message follows by its index, among those of the file or of the
 * message around it. Groups and the entries of maps count there as well, so what declares one keeps its place among them.
 */
final class Unordered {
    private static final int MESSAGE_RANK = 4;

    private static final Comparator<OptionSetting> BY_OPTION = Comparator.comparing(OptionSetting::writtenName);
    private static final Comparator<Declaration.Range> BY_START =
            Comparator.comparingLong(range -> range.start().value());

    /** Members by kind, then by number or name. */
    private static final Comparator<Declaration> BY_KIND_AND_KEY = Comparator.comparingInt(Unordered::rank)
            .thenComparingLong(Unordered::number)
            .thenComparing(Unordered::key);

    /** The same, with all that takes an index among messages in the place of the messages, in the author's order. */
    private static final Comparator<Declaration> MESSAGES_IN_ORDER = Comparator.<Declaration>comparingInt(
                    declaration -> takesIndex(declaration) ? MESSAGE_RANK : rank(declaration))
            .thenComparing((one, other) -> takesIndex(one) ? 0 : BY_KIND_AND_KEY.compare(one, other));

    private final boolean keepsMessages;

    private Unordered(boolean keepsMessages) {
        this.keepsMessages = keepsMessages;
    }

    static ProtoFile of(ProtoFile file) {
        return new Unordered(false).file(file);
    }

    /** The same, but that each message keeps its index. */
    static ProtoFile withMessagesInOrder(ProtoFile file) {
        return new Unordered(true).file(file);
    }

    private ProtoFile file(ProtoFile file) {
        return new ProtoFile(
                file.edition(),
                file.packageName(),
                sorted(
                        file.imports(),
                        Comparator.comparing(
                                (ProtoFile.Import imported) -> imported.path().text())),
                sorted(file.options(), BY_OPTION),
                declarations(file.declarations()));
    }

    private List<Declaration> declarations(List<Declaration> declarations) {
        List<Declaration> inside = new ArrayList<>();
        for (Declaration declaration : declarations) {
            inside.add(inside(declaration));
        }
        // Where there are only entries of maps, nobody asks for their index.
        return keepsMessages && inside.stream().anyMatch(Unordered::declaresMessage)
                ? sorted(inside, MESSAGES_IN_ORDER)
                : sorted(inside, BY_KIND_AND_KEY);
    }

    /** Whether one of the messages of the scope is declared by it: a message, or a group. */
    private static boolean declaresMessage(Declaration declaration) {
        return switch (declaration) {
            case Declaration.Message _ -> true;
            case Declaration.Field field -> field.type() instanceof FieldType.Group;
            case Declaration.Oneof oneof -> oneof.body().members().stream().anyMatch(Unordered::declaresMessage);
            case Declaration.Extend extend -> extend.fields().stream().anyMatch(Unordered::declaresMessage);
            case Declaration.Enumeration _,
                    Declaration.EnumValue _,
                    Declaration.Service _,
                    Declaration.Method _,
                    Declaration.Reserved _,
                    Declaration.Extensions _ -> false;
        };
    }

    /** Whether it takes an index among the messages of the scope. */
    private static boolean takesIndex(Declaration declaration) {
        return declaresMessage(declaration)
                || (declaration instanceof Declaration.Field field && field.type() instanceof FieldType.MapOf);
    }

    private Body body(Body body) {
        return new Body(sorted(body.options(), BY_OPTION), declarations(body.members()));
    }

    private Declaration inside(Declaration declaration) {
        return switch (declaration) {
            case Declaration.Message message ->
                new Declaration.Message(
                        message.documentation(), message.visibility(), message.name(), body(message.body()));
            case Declaration.Enumeration enumeration -> enumeration(enumeration);
            case Declaration.EnumValue value ->
                new Declaration.EnumValue(
                        value.documentation(), value.name(), value.number(), sorted(value.options(), BY_OPTION));
            case Declaration.Service service ->
                new Declaration.Service(service.documentation(), service.name(), body(service.body()));
            case Declaration.Method method ->
                new Declaration.Method(
                        method.documentation(),
                        method.name(),
                        method.input(),
                        method.output(),
                        sorted(method.options(), BY_OPTION));
            case Declaration.Field field -> field(field);
            case Declaration.Oneof oneof ->
                new Declaration.Oneof(oneof.documentation(), oneof.name(), body(oneof.body()));
            case Declaration.Extend extend ->
                new Declaration.Extend(
                        extend.documentation(),
                        extend.extendee(),
                        declarations(List.copyOf(extend.fields())).stream()
                                .map(Declaration.Field.class::cast)
                                .toList());
            case Declaration.Reserved reserved ->
                new Declaration.Reserved(
                        reserved.documentation(),
                        sorted(reserved.ranges(), BY_START),
                        sorted(
                                reserved.names(),
                                Comparator.comparing((Declaration.ReservedName name) ->
                                        name.name().text())));
            case Declaration.Extensions extensions ->
                new Declaration.Extensions(
                        extensions.documentation(),
                        sorted(extensions.ranges(), BY_START),
                        sorted(extensions.options(), BY_OPTION),
                        extensions.place());
        };
    }

    private Declaration.Field field(Declaration.Field field) {
        FieldType type = switch (field.type()) {
            case FieldType.Group group -> new FieldType.Group(group.place(), group.name(), body(group.body()));
            case FieldType.Plain plain -> plain;
            case FieldType.MapOf map -> map;
        };
        return new Declaration.Field(
                field.documentation(),
                field.label(),
                type,
                field.name(),
                field.number(),
                sorted(field.options(), BY_OPTION));
    }

    private Declaration enumeration(Declaration.Enumeration enumeration) {
        Body sorted = body(enumeration.body());
        List<Declaration.EnumValue> written = enumeration.body().all(Declaration.EnumValue.class);
        List<Declaration> members = new ArrayList<>(sorted.members());
        if (!written.isEmpty()) {
            Written first = written.getFirst().name();
            int at = 0;
            while (!(members.get(at) instanceof Declaration.EnumValue value
                    && value.name().equals(first))) {
                at++;
            }
            members.addFirst(members.remove(at));
        }
        return new Declaration.Enumeration(
                enumeration.documentation(),
                enumeration.visibility(),
                enumeration.name(),
                new Body(sorted.options(), List.copyOf(members)));
    }

    private static <T> List<T> sorted(List<T> list, Comparator<? super T> order) {
        return list.stream().sorted(order).toList();
    }

    private static int rank(Declaration declaration) {
        return switch (declaration) {
            case Declaration.Reserved _ -> 0;
            case Declaration.Extensions _ -> 1;
            case Declaration.Field _, Declaration.EnumValue _ -> 2;
            case Declaration.Oneof _ -> 3;
            case Declaration.Message _ -> MESSAGE_RANK;
            case Declaration.Enumeration _ -> 5;
            case Declaration.Service _ -> 6;
            case Declaration.Method _ -> 7;
            case Declaration.Extend _ -> 8;
        };
    }

    private static long number(Declaration declaration) {
        return switch (declaration) {
            case Declaration.Field field -> field.number().value();
            case Declaration.EnumValue value -> value.number().value();
            case Declaration.Reserved reserved -> firstStart(reserved.ranges());
            case Declaration.Extensions extensions -> firstStart(extensions.ranges());
            case Declaration.Message _,
                    Declaration.Enumeration _,
                    Declaration.Service _,
                    Declaration.Method _,
                    Declaration.Oneof _,
                    Declaration.Extend _ -> 0;
        };
    }

    private static long firstStart(List<Declaration.Range> ranges) {
        return ranges.isEmpty() ? Long.MAX_VALUE : ranges.getFirst().start().value();
    }

    private static String key(Declaration declaration) {
        return switch (declaration) {
            case Declaration.Named named -> named.name().text();
            case Declaration.Extend extend ->
                extend.extendee().text() + " "
                        + (extend.fields().isEmpty()
                                ? ""
                                : extend.fields().getFirst().name().text());
            case Declaration.Reserved reserved ->
                reserved.names().isEmpty()
                        ? ""
                        : reserved.names().getFirst().name().text();
            case Declaration.Extensions _ -> "";
        };
    }
}
