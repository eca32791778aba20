package io.llmschema.http;

import java.io.ByteArrayOutputStream;
import java.util.Collection;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** JSON written token by token, as UTF-8. Dialects extend it by their own records. */
public class JsonWriter {
    /** What is expected to be enough for a small answer. */
    protected static final int INITIAL_BYTES = 1024;

    private static final JsonFactory FACTORY = new JsonFactory();

    protected final JsonGenerator json;

    protected JsonWriter(JsonGenerator json) {
        this.json = json;
    }

    /** The value that is written meanwhile. */
    public static byte[] bytes(Consumer<JsonWriter> value) {
        return bytes(INITIAL_BYTES, value);
    }

    /**
     * The value that is written meanwhile.
     *
     * @param expectedBytes about how long it will be
     */
    public static byte[] bytes(int expectedBytes, Consumer<JsonWriter> value) {
        return bytes(expectedBytes, JsonWriter::new, value);
    }

    /**
     * The value that is written meanwhile, by a writer that knows more.
     *
     * @param expectedBytes about how long it will be
     */
    public static <W extends JsonWriter> byte[] bytes(
            int expectedBytes, Function<JsonGenerator, W> writer, Consumer<? super W> value) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(expectedBytes);
        try (JsonGenerator generator = FACTORY.createGenerator(ObjectWriteContext.empty(), bytes)) {
            value.accept(writer.apply(generator));
        }
        return bytes.toByteArray();
    }

    /** About how long the JSON of a schema is, whose content has so many bytes. */
    public static int expectedBytes(int contentSize) {
        return INITIAL_BYTES + contentSize * 5 / 4;
    }

    /** An object with what is written meanwhile. */
    public final void object(Runnable fields) {
        json.writeStartObject();
        fields.run();
        json.writeEndObject();
    }

    public final void object(String name, Runnable fields) {
        json.writeName(name);
        object(fields);
    }

    /** An array with what is written for each item. */
    public final <T> void array(Collection<T> items, Consumer<? super T> item) {
        json.writeStartArray();
        items.forEach(item);
        json.writeEndArray();
    }

    public final <T> void array(String name, Collection<T> items, Consumer<? super T> item) {
        json.writeName(name);
        array(items, item);
    }

    public final void texts(String name, Collection<String> texts) {
        array(name, texts, json::writeString);
    }

    /** A text, or nothing at all where there is none. */
    public final void text(String name, @Nullable String value) {
        if (value != null) {
            json.writeName(name);
            json.writeString(value);
        }
    }

    public final void flag(String name, boolean value) {
        json.writeName(name);
        json.writeBoolean(value);
    }

    public final void number(String name, long value) {
        json.writeName(name);
        json.writeNumber(value);
    }

    public final void decimal(String name, double value) {
        json.writeName(name);
        json.writeNumber(value);
    }

    /** A value that is JSON already, and is written as it is. */
    public final void raw(String name, String value) {
        json.writeName(name);
        json.writeRawValue(value);
    }

    /** A text as an item of an array, or as a whole. */
    public final void item(String value) {
        json.writeString(value);
    }

    /** A number as an item of an array, or as a whole. */
    public final void item(long value) {
        json.writeNumber(value);
    }
}
