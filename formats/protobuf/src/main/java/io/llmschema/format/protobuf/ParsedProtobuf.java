package io.llmschema.format.protobuf;

import com.google.protobuf.Descriptors.FileDescriptor;
import io.llmschema.format.ParsedSchema;
import io.llmschema.model.SchemaOutline;

/** A Protocol Buffers file that was read, found valid and joined to the files it imports. */
public final class ParsedProtobuf implements ParsedSchema {
    private final LinkedFile linked;

    ParsedProtobuf(LinkedFile linked) {
        this.linked = linked;
    }

    @Override
    public String canonicalForm() {
        return CanonicalPrinter.print(linked.file());
    }

    @Override
    public String unorderedForm() {
        return CanonicalPrinter.print(Unordered.of(linked.file()));
    }

    /** The unordered form with messages in the author's order, by which some data name them. */
    @Override
    public String normalizedForm() {
        return CanonicalPrinter.print(Unordered.withMessagesInOrder(linked.file()));
    }

    @Override
    public SchemaOutline outline() {
        return OutlineReader.read(linked.file());
    }

    /** The file as its author wrote it, and as the library describes it. */
    LinkedFile linked() {
        return linked;
    }

    /** The file as the library describes it, options included; custom options are unknown fields there. */
    public FileDescriptor descriptor() {
        return linked.descriptor();
    }
}
