package io.llmschema.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmschema.model.RegistryException.InvalidValue;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class TenantIdTest {
    private static final Pattern FORM = Pattern.compile("[a-z0-9][a-z0-9_-]{0,62}");
    private static final String CHARACTERS = "abz059-_AZ.`{/:^ \n\u0000\u0660\u00e9\ud835";

    @Test
    void new_ofRandomText_isAsTheDocumentedFormSays() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            String value = random.ints(
                            random.nextInt(4) == 0 ? 66 : 4, 0, random.nextBoolean() ? 8 : CHARACTERS.length())
                    .limit(random.nextInt(67))
                    .mapToObj(c -> CHARACTERS.substring(c, c + 1))
                    .reduce("", String::concat);

            boolean isTaken;
            try {
                isTaken = new TenantId(value).value().equals(value);
            } catch (InvalidValue e) {
                isTaken = false;
            }

            assertThat(isTaken)
                    .as("seed %d: '%s'", seed, value)
                    .isEqualTo(FORM.matcher(value).matches());
        }
    }
}
