package io.llmschema.systemtests.cluster;

/**
 * A question, and what was answered.
 *
 * @param client who asked; its observations are made one after the other
 * @param sends whether the client sends the token of its last answer
 * @param told the change of the subject of which the client was told before it asked, with the token that goes with it; 0: of none
 * @param shown what the answer showed
 */
record Observation(
        int client,
        int node,
        Question question,
        boolean sends,
        int told,
        String sentToken,
        String token,
        String shown,
        long begin,
        long end) {}
