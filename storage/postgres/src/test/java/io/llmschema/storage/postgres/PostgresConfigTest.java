package io.llmschema.storage.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class PostgresConfigTest {
    @Test
    void of_libpqUrl_takesItApart() {
        PostgresConfig config = PostgresConfig.of("postgresql://me:p%40ss+word@db:5433/registry?sslmode=require", 8);

        assertThat(config.jdbcUrl()).isEqualTo("jdbc:postgresql://db:5433/registry?sslmode=require");
        assertThat(config.user()).isEqualTo("me");
        assertThat(config.password()).isEqualTo("p@ss+word");
        assertThat(config.address()).isEqualTo("db:5433/registry");
    }

    @Test
    void of_severalHosts_keepsThem() {
        PostgresConfig config = PostgresConfig.of("postgres://me@a:1,b:2/registry", 8);

        assertThat(config.jdbcUrl()).isEqualTo("jdbc:postgresql://a:1,b:2/registry");
        assertThat(config.password()).isNull();
    }

    @Test
    void of_jdbcUrl_staysAsItIs() {
        PostgresConfig config = PostgresConfig.of("jdbc:postgresql://db/registry?user=me", 8);

        assertThat(config.jdbcUrl()).isEqualTo("jdbc:postgresql://db/registry?user=me");
        assertThat(config.user()).isNull();
    }

    @Test
    void of_anythingElse_isRefusedWithAnExample() {
        assertThatThrownBy(() -> PostgresConfig.of("mysql://db/registry", 8))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("postgresql://user:password@host");
    }

    @Test
    void toString_hasNoSecrets() {
        assertThat(PostgresConfig.of("postgresql://me:secret@db/registry", 8).toString())
                .doesNotContain("secret");
    }
}
