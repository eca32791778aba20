package io.llmschema.format.protobuf;

import com.google.protobuf.DescriptorProtos.Edition;
import com.google.protobuf.DescriptorProtos.FieldOptions.FeatureSupport;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;

/** From which edition to which an option can be used: options come and go with the editions of the language. */
final class OptionLifetimes {
    private final ProtoFile file;
    private final Problems problems;

    OptionLifetimes(ProtoFile file, Problems problems) {
        this.file = file;
        this.problems = problems;
    }

    void check(FieldDescriptor option, Place place) {
        boolean isFeatures = option.getJavaType() == FieldDescriptor.JavaType.MESSAGE
                && option.getMessageType().getFullName().equals("google.protobuf.FeatureSet");
        if (isFeatures && !file.isEdition()) {
            problems.add(place, "features are known in editions only, from edition = \"2023\" on");
        } else {
            check(option.getName(), option.getOptions().getFeatureSupport(), place);
        }
    }

    void check(EnumValueDescriptor value, Place place) {
        check(value.getName(), value.getOptions().getFeatureSupport(), place);
    }

    private void check(String name, FeatureSupport support, Place place) {
        int edition = file.edition().getNumber();
        if (support.hasEditionIntroduced()
                && edition < support.getEditionIntroduced().getNumber()) {
            problems.add(place, "\"" + name + "\" is known from " + shown(support.getEditionIntroduced()) + " on");
        }
        if (support.hasEditionRemoved()
                && edition >= support.getEditionRemoved().getNumber()) {
            String advice = support.getRemovalError();
            problems.add(
                    place,
                    "\"" + name + "\" was removed in " + shown(support.getEditionRemoved())
                            + (advice.isEmpty() ? "" : ": " + advice));
        }
    }

    private static String shown(Edition edition) {
        return switch (edition) {
            case EDITION_PROTO2 -> "proto2";
            case EDITION_PROTO3 -> "proto3";
            default -> "edition " + edition.name().substring("EDITION_".length());
        };
    }
}
