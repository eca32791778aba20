package io.llmschema.storage.redis;

import io.llmschema.storage.SchemaCache;
import io.llmschema.testkit.RedisServer;
import io.llmschema.testkit.SchemaCacheContract;
import io.llmschema.testkit.TestCertificate;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** By a password and TLS. */
class RedisSecuredSchemaCacheTest extends SchemaCacheContract {
    private static RedisServer server = TestRedis.shared();

    @BeforeAll
    static void start(@TempDir Path folder) {
        server = RedisServer.builder()
                .password("p4ss word@:/")
                .tls(TestCertificate.in(folder))
                .start();
    }

    @Override
    protected SchemaCache createCache() {
        return TestRedis.trusted(TestRedis.patient(server.url()), TestRedis.quiet());
    }

    @AfterAll
    static void stop() {
        server.close();
    }
}
