package io.llmschema.systemtests.content;

import io.llmschema.storage.postgres.ContentMaintenance;
import io.llmschema.storage.postgres.ContentMaintenance.TieringPolicy;
import io.llmschema.storage.postgres.PostgresStorage;
import java.nio.file.Path;
import java.time.Duration;

/** A process that does what is done to all contents at once, for a test to kill: {@code databaseUrl blobUrl tier|sweep}. */
final class Maintenance {
    private Maintenance() {}

    public static void main(String[] arguments) {
        Site site = new Site(arguments[0], arguments[1], Path.of(""));
        try (PostgresStorage storage = site.storage()) {
            System.out.println(work(storage.maintenance(), arguments[2]));
        }
    }

    private static Object work(ContentMaintenance maintenance, String command) {
        return switch (command) {
            case "tier" -> maintenance.tier(new TieringPolicy(Duration.ZERO, 1), false, (_, _) -> {});
            case "sweep" -> maintenance.sweep(Duration.ZERO, false, (_, _) -> {});
            default -> throw new IllegalArgumentException(command);
        };
    }
}
