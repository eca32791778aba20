package io.llmschema.format;

import io.llmschema.model.DataEncoding;
import org.jspecify.annotations.Nullable;

/**
 * How a document is to be read.
 *
 * @param message of a schema that describes several kinds of documents, the full name of the one that is meant: a message of Protobuf, a
 *     named type of Avro; absent: the first message, or the schema itself
 */
public record DocumentForm(DataEncoding encoding, @Nullable String message) {
    public static final DocumentForm JSON = new DocumentForm(DataEncoding.JSON, null);
}
