package io.llmschema.format.protobuf;

import com.google.protobuf.Descriptors.FileDescriptor;

/**
 * A file that was read, found valid and joined to the files it imports.
 *
 * <p>Equal only to itself, and therefore no record: the types of two files with the same text are different types.
 */
final class LinkedFile {
    private final ProtoFile file;
    private final FileDescriptor descriptor;
    private final int depth;

    /** @param depth how many imports follow one another from here, this file included */
    LinkedFile(ProtoFile file, FileDescriptor descriptor, int depth) {
        this.file = file;
        this.descriptor = descriptor;
        this.depth = depth;
    }

    ProtoFile file() {
        return file;
    }

    FileDescriptor descriptor() {
        return descriptor;
    }

    int depth() {
        return depth;
    }
}
