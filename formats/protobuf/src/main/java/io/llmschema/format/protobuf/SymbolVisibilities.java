package io.llmschema.format.protobuf;

import com.google.protobuf.DescriptorProtos.Edition;
import com.google.protobuf.DescriptorProtos.FeatureSet;
import com.google.protobuf.DescriptorProtos.FeatureSet.VisibilityFeature.DefaultSymbolVisibility;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.SymbolVisibility;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.GenericDescriptor;

/** Which types of a file other files may use: from edition 2024 on, its author can say. */
final class SymbolVisibilities {
    private SymbolVisibilities() {}

    static boolean isExported(GenericDescriptor type) {
        SymbolVisibility said = switch (type) {
            case Descriptor message -> message.toProto().getVisibility();
            case EnumDescriptor enumeration -> enumeration.toProto().getVisibility();
            default -> SymbolVisibility.VISIBILITY_EXPORT;
        };
        return switch (said) {
            case VISIBILITY_EXPORT -> true;
            case VISIBILITY_LOCAL -> false;
            case VISIBILITY_UNSET -> isExportedByDefault(type);
        };
    }

    private static boolean isExportedByDefault(GenericDescriptor type) {
        FileDescriptorProto file = type.getFile().toProto();
        if (file.getEdition().getNumber() < Edition.EDITION_2024_VALUE) {
            return true;
        }
        FeatureSet features = file.getOptions().getFeatures();
        DefaultSymbolVisibility byDefault = features.hasDefaultSymbolVisibility()
                ? features.getDefaultSymbolVisibility()
                : DefaultSymbolVisibility.EXPORT_TOP_LEVEL;
        return switch (byDefault) {
            case EXPORT_ALL -> true;
            case LOCAL_ALL, STRICT -> false;
            case EXPORT_TOP_LEVEL, DEFAULT_SYMBOL_VISIBILITY_UNKNOWN -> isTopLevel(type);
        };
    }

    private static boolean isTopLevel(GenericDescriptor type) {
        return switch (type) {
            case Descriptor message -> message.getContainingType() == null;
            case EnumDescriptor enumeration -> enumeration.getContainingType() == null;
            default -> true;
        };
    }
}
