package io.llmschema.format.protobuf;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.ExtensionRegistry;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.TypeRegistry;
import com.google.protobuf.UninitializedMessageException;
import com.google.protobuf.util.JsonFormat;
import java.lang.reflect.Method;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** What the library's own parsers and printers make of documents of a file. */
final class DocumentOracle {
    private final TypeRegistry types;
    private final ExtensionRegistry extensions = ExtensionRegistry.newInstance();

    DocumentOracle(FileDescriptor file) {
        TypeRegistry.Builder types = TypeRegistry.newBuilder();
        Set<FileDescriptor> reached = new HashSet<>();
        add(file, reached);
        for (FileDescriptor each : reached) {
            each.getMessageTypes().forEach(types::add);
            new FileMessages(each).extensions().forEach(this::add);
        }
        this.types = types.build();
    }

    Optional<String> print(Message message) {
        try {
            return Optional.of(JsonFormat.printer().usingTypeRegistry(types).print(message));
        } catch (InvalidProtocolBufferException | IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    boolean acceptsJson(String document, Descriptor type) {
        DynamicMessage.Builder builder = DynamicMessage.newBuilder(type);
        try {
            knowingExtensions(JsonFormat.parser().usingTypeRegistry(types)).merge(document, builder);
            return builder.isInitialized();
        } catch (InvalidProtocolBufferException _) {
            return false;
        }
    }

    boolean acceptsBinary(byte[] document, Descriptor type) {
        try {
            return DynamicMessage.parseFrom(type, document, extensions).isInitialized();
        } catch (InvalidProtocolBufferException | UninitializedMessageException _) {
            return false;
        }
    }

    /** The parser reads extensions as the mapping says, but how it is told of them is not public yet. */
    private JsonFormat.Parser knowingExtensions(JsonFormat.Parser parser) {
        try {
            Method using = JsonFormat.Parser.class.getDeclaredMethod("usingExtensionRegistry", ExtensionRegistry.class);
            using.setAccessible(true);
            return (JsonFormat.Parser) using.invoke(parser, extensions);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("the library has changed", e);
        }
    }

    private void add(FieldDescriptor extension) {
        if (extension.getJavaType() == FieldDescriptor.JavaType.MESSAGE) {
            extensions.add(extension, DynamicMessage.getDefaultInstance(extension.getMessageType()));
        } else {
            extensions.add(extension);
        }
    }

    private static void add(FileDescriptor file, Set<FileDescriptor> reached) {
        if (reached.add(file)) {
            file.getDependencies().forEach(imported -> add(imported, reached));
        }
    }
}
