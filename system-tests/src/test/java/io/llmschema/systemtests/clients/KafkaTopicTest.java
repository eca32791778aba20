package io.llmschema.systemtests.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.cloud.stream.schema.registry.client.ConfluentSchemaRegistryClient;
import tools.jackson.databind.JsonNode;

/** Messages go through a topic of a real broker from one language to another, and carry nothing of their schema but its number. */
@ExtendWith(RealClients.class)
class KafkaTopicTest {
    private static final Duration RECEIVE_TIMEOUT = Duration.ofSeconds(30);

    private static KafkaBroker broker;

    @BeforeAll
    static void startBroker() {
        broker = KafkaBroker.start();
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @Test
    void messageFromJava_isReadInJavaScript(Clients clients) throws Exception {
        ConfluentSchemaRegistryClient spring = clients.spring();
        int id =
                spring.register("payments-value", "avro", Language.AVRO.money()).getId();
        Schema schema = new Schema.Parser().parse(spring.fetch(id));
        GenericRecord money = new GenericRecordBuilder(schema)
                .set("cents", 250)
                .set("currency", "EUR")
                .build();

        send("payments", new WireFormat(id, encoded(money)).bytes());

        byte[] received = clients.topics(broker).callForBytes("receive", "payments");
        assertIsMoney(clients.kafkajs().call("decode", NodeClient.bytes(received)));
        assertIsMoney(
                clients.confluentinc().call("deserialize", "AVRO", "payments", NodeClient.bytes(received), Map.of()));
    }

    private static void assertIsMoney(JsonNode message) {
        assertThat(message.path("cents").asInt()).isEqualTo(250);
        assertThat(message.path("currency").asString()).isEqualTo("EUR");
    }

    @Test
    void messageFromJavaScript_isReadInJava(Clients clients) throws Exception {
        NodeClient confluentinc = clients.confluentinc();
        confluentinc.call("register", "refunds-value", Language.AVRO.schema(Language.AVRO.money()));
        byte[] message = confluentinc.callForBytes(
                "serialize",
                "AVRO",
                "refunds",
                Map.of("cents", 250, "currency", "EUR"),
                Map.of("useLatestVersion", true, "autoRegisterSchemas", false));

        clients.topics(broker).call("send", "refunds", NodeClient.bytes(message));

        WireFormat received = WireFormat.read(receive("refunds"));
        Schema schema = new Schema.Parser().parse(clients.spring().fetch(received.schema()));
        GenericRecord money = decoded(received.payload(), schema);
        assertThat(money.get("cents")).isEqualTo(250);
        assertThat(money.get("currency")).hasToString("EUR");
    }

    private static byte[] encoded(GenericRecord value) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
        new GenericDatumWriter<GenericRecord>(value.getSchema()).write(value, encoder);
        encoder.flush();
        return bytes.toByteArray();
    }

    private static GenericRecord decoded(byte[] payload, Schema schema) throws IOException {
        return new GenericDatumReader<GenericRecord>(schema)
                .read(null, DecoderFactory.get().binaryDecoder(payload, null));
    }

    private static void send(String topic, byte[] message) throws ExecutionException, InterruptedException {
        Map<String, Object> settings = Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, broker.address());
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(topic, message)).get();
        }
    }

    /** The topic's first message. */
    private static byte[] receive(String topic) {
        Map<String, Object> settings = Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                broker.address(),
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                "earliest");
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(List.of(new TopicPartition(topic, 0)));
            ConsumerRecords<byte[], byte[]> received = consumer.poll(RECEIVE_TIMEOUT);
            assertThat(received.count()).isEqualTo(1);
            return received.iterator().next().value();
        }
    }
}
