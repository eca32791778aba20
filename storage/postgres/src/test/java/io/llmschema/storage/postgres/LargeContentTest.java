package io.llmschema.storage.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.llmschema.model.RegistryException.ContentDamaged;
import io.llmschema.model.RegistryException.SchemaNotFound;
import io.llmschema.model.RegistryException.StorageUnavailable;
import io.llmschema.model.SchemaKey;
import io.llmschema.model.SchemaSummary;
import io.llmschema.storage.StorageTransaction;
import io.llmschema.testkit.RegistrationRules;
import io.llmschema.testkit.SchemaExamples;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Contents that are too large for a row, and a blob store that is away at times. */
@Timeout(120)
class LargeContentTest {
    private static final ContentRoom.Row IN_STORE = new ContentRoom.Row(Encoding.BLOB, false, false);

    private final ContentRoom room = ContentRoom.open(ContentRoom.INLINE_BYTES);

    @AfterEach
    void close() {
        room.close();
    }

    private void awaitMoved(SchemaSummary schema) {
        room.await(schema + " is in the store", () -> room.row(schema).equals(IN_STORE));
    }

    @Test
    void largeContent_liesInTheStore_andComesBackAsItWas() {
        SchemaSummary large = room.register("large", room.text(50));
        SchemaSummary atTheLimit = room.register("limit", room.noise(ContentRoom.INLINE_BYTES));
        SchemaSummary aboveIt = room.register("above", room.noise(ContentRoom.INLINE_BYTES + 1));
        SchemaSummary next = room.register("large", room.text(60));

        assertThat(List.of(large, aboveIt, next))
                .allSatisfy(schema -> assertThat(room.row(schema)).isEqualTo(IN_STORE));
        assertThat(room.row(atTheLimit).isInRow()).isTrue();
        assertThat(room.objects())
                .containsExactlyInAnyOrder(
                        large.fingerprints().raw(),
                        aboveIt.fingerprints().raw(),
                        next.fingerprints().raw());
        room.assertAllReadable();
    }

    @Test
    void sameContent_ofTwoSubjectsAndTwoTenants_isOneObject() {
        String text = room.text(50);
        SchemaSummary one = room.register("one", text);
        SchemaSummary two = room.register("two", text);
        SchemaSummary foreign = room.register(SchemaExamples.ofFreshTenant().schema("one", text));

        assertThat(two.globalId()).isEqualTo(one.globalId());
        assertThat(foreign.globalId()).isNotEqualTo(one.globalId());
        assertThat(room.objects()).containsExactly(one.fingerprints().raw());
        assertThat(room.count("blob_uploads")).isZero();
        room.assertAllReadable();
    }

    @Test
    void registration_whileTheBlobStoreIsAway_staysInItsRow_andMovesOutByItself() {
        room.blobs.fall();
        SchemaSummary schema = room.register("orders", room.text(50));

        assertThat(room.row(schema).awaitsBlob()).isTrue();
        assertThat(room.row(schema).isInRow()).isTrue();
        room.assertAllReadable();
        assertThat(room.register("other", new String(room.read(schema), StandardCharsets.UTF_8))
                        .globalId())
                .isEqualTo(schema.globalId());

        room.blobs.recover();
        awaitMoved(schema);
        assertThat(room.objects()).containsExactly(schema.fingerprints().raw());
        room.assertAllReadable();
    }

    @Test
    void registrationInATransaction_movesOutByItself() {
        SchemaSummary schema;
        try (StorageTransaction transaction = room.storage.beginTransaction()) {
            schema = transaction
                    .registerSchema(room.examples.schema("orders", room.text(50)), RegistrationRules.nextMinor())
                    .schema();
            assertThat(transaction.getSchema(new SchemaKey.ById(schema.id()))).isPresent();
            transaction.commit();
        }
        byte[] before = room.read(schema);

        awaitMoved(schema);
        assertThat(room.read(schema)).isEqualTo(before);
        room.await("no note is left", () -> room.count("blob_uploads") == 0);
    }

    @Test
    void read_whileTheBlobStoreIsAway_isRefused() {
        SchemaSummary schema = room.register("orders", room.text(50));
        SchemaSummary small = room.register("small", "{}");
        room.blobs.fall();

        assertThatThrownBy(() -> room.read(schema)).isInstanceOf(StorageUnavailable.class);
        assertThat(room.read(small)).isEqualTo(ContentRoom.bytes("{}"));
        room.blobs.recover();
        room.assertAllReadable();
    }

    @Test
    void read_ofAnObjectThatIsGone_saysThatItIsDamaged() {
        SchemaSummary schema = room.register("orders", room.text(50));
        room.memory.delete(schema.fingerprints().raw());

        assertThatThrownBy(() -> room.read(schema))
                .isInstanceOf(ContentDamaged.class)
                .hasMessageContaining(schema.fingerprints().raw().toString());
    }

    @Test
    void noteOfAnUpload_goesWithTheRegistration_andStaysIfThatIsRefused() {
        room.register("orders", room.text(50));
        assertThat(room.count("blob_uploads")).isZero();

        assertThatThrownBy(() -> room.storage.registerSchema(
                        room.examples.schema("orders", room.text(50)),
                        RegistrationRules.refuse(new SchemaNotFound(new SchemaKey.ById(room.examples.newId())))))
                .isInstanceOf(SchemaNotFound.class);
        assertThat(room.count("blob_uploads")).isEqualTo(1);
    }

    /** What the removal of the object does when it reaches the store at last must not harm whoever has registered the content anew. */
    @Test
    void contentPurgedWhileTheStoreWasAway_andRegisteredAnew_isNotLost() {
        String text = room.text(50);
        SchemaSummary old = room.register("old", text);
        room.blobs.fall();
        room.purge(old);
        assertThat(room.count("blob_removals")).isEqualTo(1);
        SchemaSummary schema = room.register("new", text);
        assertThat(room.row(schema).awaitsBlob()).isTrue();

        room.blobs.recover();
        awaitMoved(schema);
        room.maintenance().sweep(Duration.ZERO, false, (_, _) -> {});
        room.assertAllReadable();
        assertThat(room.count("blob_removals")).isZero();
    }

    @Test
    void everythingLarge_isInTheStoreInTheEnd_howeverOftenThatFell() {
        for (int i = 0; i < 150; i++) {
            if (room.random.nextInt(5) == 0) {
                room.blobs.fall();
            } else if (room.random.nextInt(3) == 0) {
                room.blobs.recover();
            }
            String subject = "subject" + room.random.nextInt(5);
            String text = room.text(1 + room.random.nextInt(40));
            if (room.random.nextInt(4) == 0) {
                try (StorageTransaction transaction = room.storage.beginTransaction()) {
                    SchemaSummary schema = transaction
                            .registerSchema(room.examples.schema(subject, text), RegistrationRules.nextMinor())
                            .schema();
                    transaction.commit();
                    room.registered.put(schema, ContentRoom.bytes(text));
                }
            } else {
                room.register(subject, text);
            }
        }
        room.blobs.recover();

        room.await("nothing waits", () -> room.count("contents WHERE awaits_blob") == 0);
        assertThat(room.count("contents WHERE size > 1000 AND encoding <> 4")).isZero();
        assertThat(room.count("contents WHERE size <= 1000 AND encoding = 4")).isZero();
        room.assertAllReadable();
        assertThat(room.maintenance().verify((_, _) -> {}).damaged()).isZero();
    }
}
