package io.llmschema.cli.migrate;

/** Who is told how far a migration has come; any thread may tell. */
public interface Watcher {
    void say(String sentence);

    /** Work of so many pieces begins. */
    void begin(String work, long pieces);

    /** One more piece is done. */
    void advance();
}
