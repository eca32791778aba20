package io.llmschema.format.protobuf;

import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The types that the language brings along. */
final class Scalars {
    private static final Map<String, FieldDescriptorProto.Type> TYPES = new HashMap<>();
    private static final Set<FieldDescriptorProto.Type> NO_KEYS = EnumSet.of(
            FieldDescriptorProto.Type.TYPE_FLOAT,
            FieldDescriptorProto.Type.TYPE_DOUBLE,
            FieldDescriptorProto.Type.TYPE_BYTES);

    static {
        for (FieldDescriptorProto.Type type : EnumSet.complementOf(EnumSet.of(
                FieldDescriptorProto.Type.TYPE_GROUP,
                FieldDescriptorProto.Type.TYPE_MESSAGE,
                FieldDescriptorProto.Type.TYPE_ENUM))) {
            TYPES.put(type.name().substring("TYPE_".length()).toLowerCase(Locale.ROOT), type);
        }
    }

    private Scalars() {}

    static Optional<FieldDescriptorProto.Type> type(String name) {
        return Optional.ofNullable(TYPES.get(name));
    }

    /** Whether a map can have keys of that type. */
    static boolean isKey(FieldDescriptorProto.Type type) {
        return !NO_KEYS.contains(type);
    }
}
