package io.llmschema.format.protobuf;

import com.google.protobuf.DescriptorProtos.Edition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One file as its author wrote it: the syntax tree that everything else in this room is made from.
 *
 * @param edition proto2 if the file does not say
 */
record ProtoFile(
        Edition edition,
        @Nullable Written packageName,
        List<Import> imports,
        List<OptionSetting> options,
        List<Declaration> declarations) {
    record Import(Kind kind, Written path) {
        enum Kind {
            PLAIN,
            PUBLIC,
            WEAK,
            /** For the options of this file only. */
            OPTION
        }
    }

    String packageText() {
        return packageName == null ? "" : packageName.text();
    }

    boolean isProto2() {
        return edition == Edition.EDITION_PROTO2;
    }

    boolean isProto3() {
        return edition == Edition.EDITION_PROTO3;
    }

    boolean isEdition() {
        return edition.getNumber() >= Edition.EDITION_2023_VALUE;
    }
}
