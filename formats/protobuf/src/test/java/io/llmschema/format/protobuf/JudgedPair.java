package io.llmschema.format.protobuf;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import io.llmschema.format.ParseOutcome;
import io.llmschema.format.SchemaSource;
import io.llmschema.model.CompatibilityPolicy;
import io.llmschema.model.DataEncoding;
import io.llmschema.model.Incompatibility;
import io.llmschema.model.Judgement;
import io.llmschema.model.SchemaContent;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** Two texts, what the format says about them, and a second look at what it says. */
record JudgedPair(FileDescriptor reader, FileDescriptor writer, Judgement judgement) {
    private static final ProtobufFormat FORMAT = new ProtobufFormat();

    static JudgedPair of(String reader, String writer) {
        Judgement judgement = FORMAT.judge(source(reader), source(writer), CompatibilityPolicy.STRICT);
        return new JudgedPair(parse(reader).orElseThrow(), parse(writer).orElseThrow(), judgement);
    }

    static Optional<FileDescriptor> parse(String text) {
        return FORMAT.parse(SchemaContent.of(text), List.of()) instanceof ParseOutcome.Parsed(ParsedProtobuf schema)
                ? Optional.of(schema.descriptor())
                : Optional.empty();
    }

    static SchemaSource source(String text) {
        return new SchemaSource(SchemaContent.of(text), List.of());
    }

    /** Checks that the writer can write each witness, and that the reader does not read what was written. */
    void assertWitnessesHold(String description) {
        for (Incompatibility found : judgement.incompatibilities()) {
            assertThat(found.message() + found.witness().refusal())
                    .as(description)
                    .doesNotContainPattern("java\\.(lang|util|math)\\.|com\\.google\\.protobuf\\.|\\wException\\b");
            Descriptor type = typeOf(found.writerPath());
            Message written = read(found, type).orElseThrow(() -> new AssertionError(description + "\n" + found));
            Optional<Descriptor> readerType = counterpart(found, type);
            assertThat(readerType
                            .flatMap(reader -> read(found, reader))
                            .filter(read -> isSame(found.aspect(), written, read)))
                    .as(() -> description + "\n" + found)
                    .isEmpty();
        }
    }

    static boolean isSame(DataEncoding aspect, Message written, Message read) {
        Encoding encoding = aspect == DataEncoding.BINARY ? new BinaryEncoding() : new JsonEncoding();
        return new Sameness(encoding).difference(written, read).isEmpty();
    }

    /** The message, unless the validator refuses it. */
    static Optional<Message> read(DataEncoding aspect, String document, Descriptor type) {
        DynamicMessage.Builder builder = DynamicMessage.newBuilder(type);
        try {
            if (aspect == DataEncoding.BINARY) {
                builder.mergeFrom(Base64.getDecoder().decode(document));
            } else {
                JsonFormat.parser().merge(document, builder);
            }
            return builder.isInitialized() ? Optional.of(builder.build()) : Optional.empty();
        } catch (InvalidProtocolBufferException e) {
            return Optional.empty();
        }
    }

    private static Optional<Message> read(Incompatibility found, Descriptor type) {
        return read(found.aspect(), found.witness().document(), type);
    }

    private Descriptor typeOf(String path) {
        FileMessages messages = new FileMessages(writer);
        return messages.find(path)
                .or(() -> messages.find(parent(path)))
                .or(() -> messages.find(parent(parent(path))).map(around -> entry(around, parent(path))))
                .orElseThrow(() -> new AssertionError(path));
    }

    private static Descriptor entry(Descriptor around, String fullName) {
        return around.getNestedTypes().stream()
                .filter(nested -> nested.getFullName().equals(fullName))
                .findFirst()
                .orElseThrow();
    }

    private Optional<Descriptor> counterpart(Incompatibility found, Descriptor type) {
        FileMessages messages = new FileMessages(reader);
        if (found.rule().equals("message-removed")) {
            return messages.find(type.getFullName());
        }
        return messages.find(found.readerPath())
                .or(() -> messages.find(parent(found.readerPath())))
                .or(() -> messages.find(parent(parent(found.readerPath())))
                        .map(around -> entry(around, parent(found.readerPath()))));
    }

    private static String parent(String path) {
        return path.substring(0, Math.max(0, path.lastIndexOf('.')));
    }
}
