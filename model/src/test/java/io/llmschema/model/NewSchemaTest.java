package io.llmschema.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class NewSchemaTest {
    private static final TenantId OURS = new TenantId("ours");
    private static final TenantId THEIRS = new TenantId("theirs");

    @Test
    void new_ofSeveralTenants_isAMistake() {
        assertThat(schema(OURS, OURS, OURS).subject().tenant()).isEqualTo(OURS);

        assertThatThrownBy(() -> schema(OURS, OURS, THEIRS)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> schema(THEIRS, OURS, OURS)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void new_createdAt_isCutToTheMicrosecond() {
        assertThat(schema(OURS, OURS, OURS).createdAt()).isEqualTo(Instant.parse("2026-01-01T00:00:00.123456Z"));
    }

    private static NewSchema schema(TenantId idTenant, TenantId tenant, TenantId referenceTenant) {
        Fingerprint fingerprint = Fingerprint.sha256(new byte[0]);
        return new NewSchema(
                new SchemaId(idTenant, new UUID(1, 2)),
                new Subject(tenant, "orders"),
                SchemaType.JSON,
                SchemaContent.of("{}"),
                new Fingerprints(fingerprint, fingerprint, fingerprint),
                List.of(new SchemaReference("a", new Subject(referenceTenant, "address"), Version.of(1, 0, 0))),
                new SchemaOutline(List.of(), List.of(), List.of()),
                Metadata.NONE,
                new SchemaState.Active(),
                Instant.parse("2026-01-01T00:00:00.123456789Z"),
                "tester");
    }
}
