package io.llmschema.format.avro;

/** What the Avro library says of a schema that it refuses. */
final class AvroRefusal {
    private static final int LONGEST_MESSAGE = 300;

    private AvroRefusal() {}

    static String sentenceOf(RuntimeException e) {
        String message = String.valueOf(e.getMessage());
        return "Avro refuses it: "
                + (message.length() <= LONGEST_MESSAGE ? message : message.substring(0, LONGEST_MESSAGE) + "…");
    }
}
