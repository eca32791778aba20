package io.llmschema.cli;

import io.llmschema.cli.ImportRow.Place;
import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;

/** Something that rows are read from, as often as wanted: a file of rows, or a folder of schema files. */
interface ImportSource {
    /** What it is called in the summary. */
    String name();

    /** Its size on disk; progress is measured against it. */
    long bytes() throws IOException;

    /** Tells the outline of every row, without building any: a first, quick pass that stops when {@code isEnough} says so. */
    void addTo(RunOutline outline, BooleanSupplier isEnough) throws IOException;

    /** The rows from the beginning; {@code bytesRead} hears of every byte taken from the disk. */
    Rows open(LongConsumer bytesRead) throws IOException;

    /** A reading of a source, one row at a time. */
    interface Rows extends Closeable {
        /** The next row; empty at the end. An {@link IOException} ends the reading. */
        Optional<ImportRow> next() throws IOException;

        /** Where the reading stands, for a message about what stopped it. */
        Place place();
    }
}
