package io.llmschema.systemtests.clients;

import java.nio.ByteBuffer;

/** A message as Kafka's serializers write it: a zero, the number of its schema in four bytes, and the payload. */
record WireFormat(int schema, byte[] payload) {
    private static final byte MAGIC = 0;

    static WireFormat read(byte[] message) {
        ByteBuffer buffer = ByteBuffer.wrap(message);
        if (buffer.get() != MAGIC) {
            throw new IllegalArgumentException("the message does not begin with a zero");
        }
        int schema = buffer.getInt();
        byte[] payload = new byte[buffer.remaining()];
        buffer.get(payload);
        return new WireFormat(schema, payload);
    }

    byte[] bytes() {
        return ByteBuffer.allocate(Byte.BYTES + Integer.BYTES + payload.length)
                .put(MAGIC)
                .putInt(schema)
                .put(payload)
                .array();
    }
}
