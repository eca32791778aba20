package io.llmschema.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.llmschema.model.RegistryException.InvalidValue;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SubjectTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "a",
                "orders-value",
                "google/api/http.proto",
                "a/.hidden/...",
                "com.example.Order$Line",
                "!\"#$%&'()*+,-.:;<=>?@[\\]^_`{|}~",
                "größe",
                "注文",
                "заказ",
                "𐐀𠮷",
                "٣",
                "हिन्दी",
                "é"
            })
    void new_ofLettersDigitsAndAsciiPunctuation_isFine(String name) {
        assertThat(new Subject(TenantId.DEFAULT, name)).hasToString(name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "a b",
                "e\u0301",
                " a",
                "a\t",
                "a\n",
                "a\u0000",
                "a\u007F",
                "a\u00A0b",
                "a\u200Bb",
                "a\u2028",
                "\uFEFFa",
                "👍",
                "a👍",
                "—",
                "…",
                "\uD801",
                "\uDC00a",
                "/",
                "/a",
                "a/",
                "a//b",
                ".",
                "..",
                "a/.",
                "./a",
                "a/../b"
            })
    void new_ofAnythingElse_isRefused(String name) {
        assertThatThrownBy(() -> new Subject(TenantId.DEFAULT, name))
                .isInstanceOfSatisfying(
                        InvalidValue.class,
                        refusal -> assertThat(refusal.field()).isEqualTo("subject"));
    }

    @Test
    void new_isBoundedInCharactersNotInChars() {
        for (String letter : List.of("a", "ä", "𐐀")) {
            String longest = letter.repeat(Subject.MAX_NAME_LENGTH);

            assertThat(new Subject(TenantId.DEFAULT, longest).name()).isEqualTo(longest);
            assertThatThrownBy(() -> new Subject(TenantId.DEFAULT, longest + letter))
                    .isInstanceOf(InvalidValue.class)
                    .hasMessageContaining("256");
        }
    }

    @Test
    void compareTo_isByTenantThenByUtf8Bytes() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        List<String> letters = List.of("a", "z", "ä", "\uD7A3", "Ａ", "𐐀", "𠮷", "-");
        for (int round = 0; round < 2_000; round++) {
            String a = word(random, letters);
            String b = word(random, letters);

            int order = new Subject(TenantId.DEFAULT, a).compareTo(new Subject(TenantId.DEFAULT, b));

            int reference =
                    Arrays.compareUnsigned(a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));
            assertThat(Integer.signum(order)).as("seed %d: %s, %s", seed, a, b).isEqualTo(Integer.signum(reference));
        }
        assertThat(new Subject(new TenantId("a"), "z")).isLessThan(new Subject(new TenantId("b"), "a"));
    }

    private static String word(Random random, List<String> letters) {
        return IntStream.range(0, random.nextInt(1, 4))
                .mapToObj(_ -> letters.get(random.nextInt(letters.size())))
                .collect(Collectors.joining());
    }

    @Test
    void new_ofRandomText_isAsTheDocumentedRuleSays() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        List<String> parts = List.of(
                "a", "Z", "9", "/", "/", ".", "..", "~", "!", " ", "\u007F", "\t", "é", "e\u0301", "ü", "注", "𐐀", "👍",
                "\uD801");
        for (int round = 0; round < 20_000; round++) {
            String name = word(random, parts).repeat(random.nextInt(40) == 0 ? 255 : 1);

            assertThat(isTaken(name)).as("seed %d: %s", seed, name).isEqualTo(isAllowed(name));
        }
    }

    private static boolean isTaken(String name) {
        try {
            return new Subject(TenantId.DEFAULT, name).name().equals(name);
        } catch (InvalidValue e) {
            return false;
        }
    }

    /** Each rule by itself, without a thought for its cost. */
    private static boolean isAllowed(String name) {
        return name.codePoints().count() >= 1
                && name.codePoints().count() <= Subject.MAX_NAME_LENGTH
                && name.codePoints().allMatch(SubjectTest::isAllowed)
                && Normalizer.normalize(name, Normalizer.Form.NFC).equals(name)
                && Arrays.stream(name.split("/", -1)).noneMatch(List.of("", ".", "..")::contains);
    }

    private static boolean isAllowed(int codePoint) {
        int type = Character.getType(codePoint);
        return (codePoint >= '!' && codePoint <= '~')
                || (codePoint > '~' && Character.isLetterOrDigit(codePoint))
                || type == Character.NON_SPACING_MARK
                || type == Character.COMBINING_SPACING_MARK;
    }

    @Test
    void tenant_isLowerCaseAndBounded() {
        assertThat(List.of("a", "0", "a-b_c", "x".repeat(63)))
                .allSatisfy(value -> assertThat(new TenantId(value)).hasToString(value));
        assertThat(List.of("", "A", "-a", "_a", "a b", "ä", "a\n", "x".repeat(64)))
                .allSatisfy(
                        value -> assertThatThrownBy(() -> new TenantId(value)).isInstanceOf(InvalidValue.class));
    }
}
