package io.llmschema.format.json;

import io.llmschema.json.CanonicalJson;
import io.llmschema.model.SchemaChange;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A schema with the words in it blanked out that can be told from their form to be nothing else.
 *
 * <p>These are texts: no reference can lead to one, and no draft is told from another by what one says. Their names stay, as the order of names is told
 * apart from words. {@code examples} and {@code deprecated} stay: both may hold what a reference leads to.
 */
final class WordlessForm {
    private static final Set<String> WORDS = Set.of("title", "description", "$comment");

    private final SchemaDocument document;
    private int words;

    private WordlessForm(SchemaDocument document) {
        this.document = document;
    }

    /**
     * Empty if there are more words than changes are listed, or if what is a word to one schema may be data to another.
     *
     * @param document with the schemas that only references make ones
     */
    static Optional<String> of(JsonNode root, SchemaDocument document) {
        if (document.hasSitesByReference()) {
            return Optional.empty();
        }
        WordlessForm form = new WordlessForm(document);
        String text = CanonicalJson.ordered(root, form::isWord);
        return form.words < SchemaChange.MAX_LISTED ? Optional.of(text) : Optional.empty();
    }

    private boolean isWord(ObjectNode object, String name) {
        boolean isWord = WORDS.contains(name)
                && object.path(name).isString()
                && document.siteOf(object).isPresent();
        words += isWord ? 1 : 0;
        return isWord;
    }
}
