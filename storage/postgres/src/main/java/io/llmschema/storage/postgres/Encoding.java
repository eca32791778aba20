package io.llmschema.storage.postgres;

/** How a content lies in its row of {@code contents}. The numbers are in databases: they never change their meaning. */
enum Encoding {
    /** The bytes as they are: what is so short or dense that it does not get smaller, and rows of earlier releases. */
    RAW(0),
    /** A zstd frame. */
    ZSTD(1),
    /** A zstd frame for which a dictionary of ours is needed; the frame names it. */
    DICTIONARY(2),
    /** A zstd frame for which another content is needed, its base. */
    DELTA(3),
    /** Not in the row but in the blob store, as it is, under its SHA-256. */
    BLOB(4),
    /** Not in the row but in an {@link Archive} in the blob store. */
    ARCHIVE(5);

    private final int number;

    Encoding(int number) {
        this.number = number;
    }

    int number() {
        return number;
    }

    static Encoding of(int number) {
        for (Encoding encoding : values()) {
            if (encoding.number == number) {
                return encoding;
            }
        }
        throw new IllegalStateException("content in an encoding of a later release: " + number);
    }
}
