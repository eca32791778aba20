package io.llmschema.storage.postgres;

/**
 * How a version's texts differ from those of the version before, sentence by sentence.
 *
 * @param before the hash of the texts of the version before
 * @param lost the sentences that only that one had
 * @param gained the sentences that it had not
 * @param isSmall whether it is much less than the texts themselves
 */
record SearchDifference(long before, SearchText lost, SearchText gained, boolean isSmall) {
    static SearchDifference between(SearchText before, SearchText after) {
        SearchText lost = before.without(after);
        SearchText gained = after.without(before);
        return new SearchDifference(
                before.hash(), lost, gained, 2 * (lost.length() + gained.length()) <= after.length());
    }
}
