package io.llmschema.format.protobuf;

import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.InvalidProtocolBufferException;
import io.llmschema.model.SchemaContent;
import java.util.Base64;
import java.util.Optional;

/** A file in the form of its descriptor, serialized and in base64: the form in which programs without a compiler at hand carry it. */
final class SerializedFile {
    /** The largest descriptor that is read. It is several times denser than the text that it stands for. */
    static final int MAX_BYTES = 4 * 1024 * 1024;

    private static final int MAX_CHARACTERS = (MAX_BYTES + 2) / 3 * 4;

    private SerializedFile() {}

    /** Whether a content has only letters that stand in base64, and no more than are read. No file can be written with them. */
    static boolean isLikely(SchemaContent content) {
        if (content.size() == 0 || content.size() > MAX_CHARACTERS) {
            return false;
        }
        for (byte letter : content.bytes()) {
            boolean isOfBase64 = (letter >= 'a' && letter <= 'z')
                    || (letter >= 'A' && letter <= 'Z')
                    || (letter >= '0' && letter <= '9')
                    || letter == '+'
                    || letter == '/'
                    || letter == '=';
            if (!isOfBase64) {
                return false;
            }
        }
        return true;
    }

    /** The descriptor, if the content is one, padded or not; nothing about it is checked but that all of it is known. */
    static Optional<FileDescriptorProto> read(SchemaContent content) {
        if (!isLikely(content)) {
            return Optional.empty();
        }
        try {
            byte[] bytes = Base64.getDecoder().decode(content.bytes());
            FileDescriptorProto file = FileDescriptorProto.parseFrom(bytes);
            boolean isKnown = !file.getAllFields().isEmpty()
                    && file.getUnknownFields().asMap().isEmpty();
            return isKnown ? Optional.of(file) : Optional.empty();
        } catch (IllegalArgumentException | InvalidProtocolBufferException _) {
            return Optional.empty();
        }
    }
}
