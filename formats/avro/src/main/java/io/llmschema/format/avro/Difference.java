package io.llmschema.format.avro;

import java.util.Optional;
import org.apache.avro.Schema;

/**
 * What two schemas differ in, to the knowledge of the rules; yet to be proven.
 *
 * @param readerPath the pointer into the reader's text
 * @param writerPath the pointer into the writer's text
 * @param place where the data is that cannot be read
 * @param path how data get there
 * @param symbol the one that the enum there is to have
 * @param culprit a reader's schema for that place alone, with this difference and no other
 */
record Difference(
        Rule rule,
        String readerPath,
        String writerPath,
        String message,
        Place place,
        DataPath path,
        Optional<String> symbol,
        Schema culprit) {

    /** The kinds of difference. */
    enum Rule {
        TYPE_DIFFERS("type-differs"),
        UNION_BRANCH_MISSING("union-branch-missing"),
        FIELD_WITHOUT_DEFAULT("field-without-default"),
        DEFAULT_UNREADABLE("default-unreadable"),
        ENUM_SYMBOL_MISSING("enum-symbol-missing"),
        FIXED_SIZE_DIFFERS("fixed-size-differs"),
        NAME_DIFFERS("name-differs"),
        ALIAS_AMBIGUOUS("alias-ambiguous"),
        READER_REFUSES_ALL("reader-refuses-all");

        private final String published;

        Rule(String published) {
            this.published = published;
        }

        /** The name for programs. */
        String published() {
            return published;
        }
    }
}
