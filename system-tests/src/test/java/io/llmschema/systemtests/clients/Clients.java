package io.llmschema.systemtests.clients;

import java.net.URI;
import java.util.Map;
import org.springframework.cloud.stream.schema.registry.client.ConfluentSchemaRegistryClient;
import org.springframework.web.client.RestTemplate;

/** The clients of one test: all of one tenant, which is its own, at a registry that starts without a subject. */
final class Clients {
    private static final String TENANT = "Registry-Tenant";

    private final URI registry;
    private final NodeProgram node;
    private final String tenant;
    private final Map<String, String> headers;

    Clients(URI registry, NodeProgram node, String tenant) {
        this.registry = registry;
        this.node = node;
        this.tenant = tenant;
        this.headers = Map.of(TENANT, tenant);
    }

    /** The same, at another registry. */
    Clients at(TestRegistry other) {
        return new Clients(other.url(), node, tenant);
    }

    /** A new client of {@code @kafkajs/confluent-schema-registry}. */
    NodeClient kafkajs() {
        return node.client("kafkajs", Map.of("url", registry.toString(), "headers", headers));
    }

    /** A new client of {@code @confluentinc/schemaregistry}, with its serializers. */
    NodeClient confluentinc() {
        return node.client("confluentinc", Map.of("url", registry.toString(), "headers", headers));
    }

    /** A new client of {@code kafkajs}, for what is in topics. */
    NodeClient topics(KafkaBroker broker) {
        return node.client("topics", Map.of("broker", broker.address()));
    }

    /** A new client of Spring Cloud Stream. */
    ConfluentSchemaRegistryClient spring() {
        RestTemplate template = new RestTemplate();
        template.getInterceptors().add((request, body, execution) -> {
            headers.forEach(request.getHeaders()::set);
            return execution.execute(request, body);
        });
        ConfluentSchemaRegistryClient client = new ConfluentSchemaRegistryClient(template);
        client.setEndpoint(registry.toString());
        return client;
    }
}
