package io.llmschema.format.avro;

import io.llmschema.format.avro.Difference.Rule;
import io.llmschema.model.Judgement;
import io.llmschema.model.Undecided;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.apache.avro.Schema;

/** Collects what a walk over two schemas finds, in our words. */
final class Differences {
    private final List<Difference> found = new ArrayList<>();
    private final List<Undecided> undecided = new ArrayList<>();

    /** The first ones only, as many as a judgement lists. */
    List<Difference> found() {
        return Collections.unmodifiableList(found);
    }

    /** What the specification forbids and the library does. */
    List<Undecided> undecided() {
        return Collections.unmodifiableList(undecided);
    }

    void type(PlacePair pair) {
        add(
                Rule.TYPE_DIFFERS,
                pair,
                "the reader expects " + pair.reader().description() + " where the writer writes "
                        + pair.writer().description(),
                pair.reader().declared());
    }

    void branch(PlacePair pair) {
        add(
                Rule.UNION_BRANCH_MISSING,
                pair,
                "the reader's union has no branch for " + pair.writer().description() + " of the writer",
                pair.reader().declared());
    }

    void missingField(PlacePair pair, Schema.Field field) {
        add(
                Rule.FIELD_WITHOUT_DEFAULT,
                pair.reader().attribute("fields", field.pos()),
                pair.writer().attribute("fields"),
                "the reader's field '" + field.name() + "' has no default, and "
                        + pair.writer().description() + " of the writer has no such field",
                pair,
                Optional.empty(),
                Culprit.field(pair.reader().declared(), field));
    }

    void unreadableDefault(PlacePair pair, Schema.Field field) {
        add(
                Rule.DEFAULT_UNREADABLE,
                pair.reader().attribute("fields", field.pos()),
                pair.writer().attribute("fields"),
                "the default of the reader's field '" + field.name() + "' is no datum of its type, and "
                        + pair.writer().description() + " of the writer has no such field",
                pair,
                Optional.empty(),
                Culprit.field(pair.reader().declared(), field));
    }

    void symbol(PlacePair pair, int index, String symbol) {
        add(
                Rule.ENUM_SYMBOL_MISSING,
                pair.reader().attribute("symbols"),
                pair.writer().attribute("symbols", index),
                "the symbol '" + symbol + "' of the writer is none of the reader's "
                        + pair.reader().description() + ", which has no default",
                pair,
                Optional.of(symbol),
                Culprit.symbols(pair.reader().declared(), pair.writer().declared()));
    }

    void size(PlacePair pair) {
        Schema reader = pair.reader().declared();
        Schema writer = pair.writer().declared();
        add(
                Rule.FIXED_SIZE_DIFFERS,
                pair.reader().attribute("size"),
                pair.writer().attribute("size"),
                "the reader expects " + reader.getFixedSize() + " bytes of "
                        + pair.reader().description() + " and the writer writes " + writer.getFixedSize(),
                pair,
                Optional.empty(),
                Culprit.size(reader, writer));
    }

    /** Of an enum or a fixed. */
    void name(PlacePair pair) {
        add(
                Rule.NAME_DIFFERS,
                pair.reader().attribute("name"),
                pair.writer().attribute("name"),
                namesDiffer(pair),
                pair,
                Optional.empty(),
                Culprit.name(pair.reader().declared(), pair.writer().declared()));
    }

    /** The specification matches records by their names; the library does not look at them. */
    void recordName(PlacePair pair) {
        undecided(
                pair.reader().attribute("name"),
                pair.writer().attribute("name"),
                namesDiffer(pair)
                        + ": the specification matches no records of different names, but the Avro library for"
                        + " Java reads them");
    }

    void decimals(PlacePair pair) {
        undecided(
                pair.reader().pointer().toString(),
                pair.writer().pointer().toString(),
                "the precision or scale of the decimals differs: the specification does not match them, but the Avro"
                        + " library for Java reads the bytes as they are, with another scale as another number");
    }

    private static String namesDiffer(PlacePair pair) {
        return "the reader expects " + pair.reader().description() + " where the writer writes "
                + pair.writer().description() + ", and no alias of the reader's says that they are the same";
    }

    void add(Rule rule, PlacePair pair, String message, Schema culprit) {
        add(
                rule,
                pair.reader().pointer().toString(),
                pair.writer().pointer().toString(),
                message,
                pair,
                Optional.empty(),
                culprit);
    }

    private void add(
            Rule rule,
            String readerPath,
            String writerPath,
            String message,
            PlacePair pair,
            Optional<String> symbol,
            Schema culprit) {
        if (found.size() < Judgement.MAX_LISTED) {
            String sentence = message
                    + pair.reader().whereabouts("reader")
                    + pair.writer().whereabouts("writer");
            found.add(new Difference(
                    rule, readerPath, writerPath, sentence, pair.writer(), pair.path(), symbol, culprit));
        }
    }

    private void undecided(String readerPath, String writerPath, String reason) {
        if (undecided.size() < Judgement.MAX_LISTED) {
            undecided.add(new Undecided(readerPath, writerPath, reason));
        }
    }
}
