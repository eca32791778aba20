package io.llmschema.format.protobuf;

import io.llmschema.model.SchemaOutline;
import java.util.ArrayList;
import java.util.List;

/** Collects the words of a file that people search for. */
final class OutlineReader {
    private final List<String> titles = new ArrayList<>();
    private final List<String> descriptions = new ArrayList<>();
    private final List<String> fieldNames = new ArrayList<>();

    private OutlineReader() {}

    static SchemaOutline read(ProtoFile file) {
        OutlineReader reader = new OutlineReader();
        for (Declaration declaration : file.declarations()) {
            switch (declaration) {
                case Declaration.Message message ->
                    reader.titles.add(message.name().text());
                case Declaration.Enumeration enumeration ->
                    reader.titles.add(enumeration.name().text());
                case Declaration.Service service ->
                    reader.titles.add(service.name().text());
                case Declaration.Extend _,
                        Declaration.Field _,
                        Declaration.Oneof _,
                        Declaration.EnumValue _,
                        Declaration.Method _,
                        Declaration.Reserved _,
                        Declaration.Extensions _ -> {}
            }
            reader.read(declaration);
        }
        return new SchemaOutline(reader.titles, reader.descriptions, reader.fieldNames);
    }

    private void read(Declaration declaration) {
        if (!declaration.documentation().isEmpty()) {
            descriptions.add(String.join("\n", declaration.documentation()));
        }
        switch (declaration) {
            case Declaration.Message message -> message.body().members().forEach(this::read);
            case Declaration.Enumeration enumeration ->
                enumeration.body().members().forEach(this::read);
            case Declaration.Service service -> service.body().members().forEach(this::read);
            case Declaration.Extend extend -> extend.fields().forEach(this::read);
            case Declaration.Oneof oneof -> {
                fieldNames.add(oneof.name().text());
                oneof.body().members().forEach(this::read);
            }
            case Declaration.Field field -> {
                fieldNames.add(field.name().text());
                if (field.type() instanceof FieldType.Group group) {
                    group.body().members().forEach(this::read);
                }
            }
            case Declaration.EnumValue value -> fieldNames.add(value.name().text());
            case Declaration.Method method -> fieldNames.add(method.name().text());
            case Declaration.Reserved _, Declaration.Extensions _ -> {}
        }
    }
}
