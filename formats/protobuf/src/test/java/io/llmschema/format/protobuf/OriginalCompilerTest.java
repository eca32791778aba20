package io.llmschema.format.protobuf;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.ExtensionRangeOptions;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.MethodDescriptorProto;
import com.google.protobuf.DescriptorProtos.MethodOptions;
import com.google.protobuf.DescriptorProtos.ServiceDescriptorProto;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.ExtensionRegistry;
import com.google.protobuf.Message;
import com.google.protobuf.TextFormat;
import io.llmschema.format.ParseOutcome;
import io.llmschema.model.SchemaContent;
import java.lang.reflect.InvocationTargetException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Compares descriptors of bundled files with those that the original compiler made of the same files: they lie in the generated
 * classes beside the texts.
 */
class OriginalCompilerTest {
    /** One generated class for each file whose class is not named after it by rule. */
    private static final Map<String, String> CLASSES = Map.ofEntries(
            Map.entry("google/protobuf/descriptor.proto", "com.google.protobuf.DescriptorProtos"),
            Map.entry("google/type/timeofday.proto", "com.google.type.TimeOfDayProto"),
            Map.entry("google/type/dayofweek.proto", "com.google.type.DayOfWeekProto"),
            Map.entry("google/type/datetime.proto", "com.google.type.DateTimeProto"),
            Map.entry("google/type/latlng.proto", "com.google.type.LatLngProto"),
            Map.entry("google/api/httpbody.proto", "com.google.api.HttpBodyProto"));

    static Stream<String> bundledFiles() {
        return BundledFiles.all().stream();
    }

    @ParameterizedTest
    @MethodSource("bundledFiles")
    void descriptor_ofBundledFile_equalsTheOriginalCompilers(String path) throws Exception {
        FileDescriptor original = original(path);
        ExtensionRegistry registry = ExtensionRegistry.newInstance();
        registerExtensions(original, registry);

        FileDescriptorProto ours = parsed(path);

        // Both are read with the same extensions, so that the options are compared by meaning and not as bytes.
        FileDescriptorProto expected =
                uniform(FileDescriptorProto.parseFrom(original.toProto().toByteString(), registry));
        FileDescriptorProto actual = uniform(FileDescriptorProto.parseFrom(ours.toByteString(), registry));
        assertThat(text(actual)).isEqualTo(text(expected));
        assertThat(actual).isEqualTo(expected);
    }

    private static FileDescriptorProto parsed(String path) {
        SchemaContent content = new BundledFiles().content(path).orElseThrow();
        return switch (new ProtobufFormat().parse(content, List.of())) {
            case ParseOutcome.Parsed(ParsedProtobuf schema) ->
                schema.descriptor().toProto().toBuilder().setName(path).build();
            case ParseOutcome.Parsed parsed -> throw new AssertionError("not of this format: " + parsed);
            case ParseOutcome.Rejected rejected -> throw new AssertionError(rejected.violations());
        };
    }

    private static FileDescriptor original(String path) throws ReflectiveOperationException {
        return (FileDescriptor) Class.forName(outerClass(parsed(path)))
                .getMethod("getDescriptor")
                .invoke(null);
    }

    private static void registerExtensions(FileDescriptor file, ExtensionRegistry registry)
            throws ReflectiveOperationException {
        Map<String, FileDescriptor> reached = new LinkedHashMap<>();
        reach(file, reached);
        for (FileDescriptor one : reached.values()) {
            try {
                Class.forName(outerClass(one.toProto()))
                        .getMethod("registerAllExtensions", ExtensionRegistry.class)
                        .invoke(null, registry);
            } catch (InvocationTargetException e) {
                throw new AssertionError(one.getFullName(), e);
            }
        }
    }

    private static String outerClass(FileDescriptorProto file) {
        return CLASSES.getOrDefault(
                file.getName(),
                file.getOptions().getJavaPackage() + "." + file.getOptions().getJavaOuterClassname());
    }

    private static void reach(FileDescriptor file, Map<String, FileDescriptor> reached) {
        if (reached.put(file.getFullName(), file) == null) {
            file.getDependencies().forEach(imported -> reach(imported, reached));
        }
    }

    /**
     * The descriptor without what generated classes may or may not carry: source places; JSON names that follow from the field's
     * name; options that are kept in the source only ({@code retention = RETENTION_SOURCE}); and empty options of methods.
     */
    private static FileDescriptorProto uniform(FileDescriptorProto file) {
        FileDescriptorProto.Builder uniform = file.toBuilder().clearSourceCodeInfo();
        uniform.getMessageTypeBuilderList().forEach(OriginalCompilerTest::makeUniform);
        uniform.getExtensionBuilderList().forEach(OriginalCompilerTest::makeUniform);
        uniform.getServiceBuilderList().forEach(OriginalCompilerTest::makeUniform);
        return uniform.build();
    }

    private static void makeUniform(DescriptorProto.Builder message) {
        message.getFieldBuilderList().forEach(OriginalCompilerTest::makeUniform);
        message.getExtensionBuilderList().forEach(OriginalCompilerTest::makeUniform);
        message.getNestedTypeBuilderList().forEach(OriginalCompilerTest::makeUniform);
        message.getExtensionRangeBuilderList().forEach(OriginalCompilerTest::makeUniform);
    }

    private static void makeUniform(DescriptorProto.ExtensionRange.Builder range) {
        range.getOptionsBuilder().clearDeclaration().clearVerification();
        if (range.getOptions().equals(ExtensionRangeOptions.getDefaultInstance())) {
            range.clearOptions();
        }
    }

    private static void makeUniform(ServiceDescriptorProto.Builder service) {
        for (MethodDescriptorProto.Builder method : service.getMethodBuilderList()) {
            if (method.getOptions().equals(MethodOptions.getDefaultInstance())) {
                method.clearOptions();
            }
        }
    }

    private static void makeUniform(FieldDescriptorProto.Builder field) {
        if (field.getJsonName().equals(Names.json(field.getName()))) {
            field.clearJsonName();
        }
    }

    private static String text(Message message) {
        return TextFormat.printer().printToString(message);
    }
}
