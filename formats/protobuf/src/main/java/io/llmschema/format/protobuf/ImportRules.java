package io.llmschema.format.protobuf;

import com.google.protobuf.DescriptorProtos.Edition;

/** Which kinds of import each edition of the language knows. */
final class ImportRules {
    private ImportRules() {}

    static void check(ProtoFile.Import imported, ProtoFile file, Problems problems) {
        boolean isFrom2024 = file.edition().getNumber() >= Edition.EDITION_2024_VALUE;
        Place place = imported.path().place();
        switch (imported.kind()) {
            case PLAIN, PUBLIC -> {}
            case WEAK -> {
                if (isFrom2024) {
                    problems.add(place, "edition 2024 has no weak imports");
                }
            }
            case OPTION -> {
                if (!isFrom2024) {
                    problems.add(place, "'import option' is known from edition 2024 on");
                }
            }
        }
    }
}
