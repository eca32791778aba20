package io.llmschema.systemtests;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** How a server says that it cannot start. */
@ExtendWith(SharedServer.class)
class ServerStartTest {
    @Test
    void start_onAPortThatIsTaken_saysSoAndEnds(RegistryClient running, @TempDir Path folder) {
        String port = Integer.toString(running.server().getPort());

        assertThatThrownBy(() -> ServerProcess.start("--data-dir", folder.toString(), "--port", port)
                        .close())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("port " + port + " on 127.0.0.1 is not free");
    }
}
