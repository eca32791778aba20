package io.llmschema.systemtests.house;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** That the arrows of ARCHITECTURE.md point down, and that no room takes what is another's. */
class ArchitectureTest {
    private static final String HOUSE = "io.llmschema.";

    /** What each room may import of the others, by package below {@code io.llmschema}. */
    private static final Map<String, List<String>> ARROWS = Map.ofEntries(
            Map.entry("model", List.of()),
            Map.entry("json", List.of("model")),
            Map.entry("format", List.of("model")),
            Map.entry("format.json", List.of("format", "json", "model")),
            Map.entry("format.avro", List.of("format", "json", "model")),
            Map.entry("format.protobuf", List.of("format", "json", "model")),
            Map.entry("storage", List.of("model")),
            Map.entry("storage.postgres", List.of("storage", "model")),
            Map.entry("storage.redis", List.of("storage", "model")),
            Map.entry("storage.directory", List.of("storage", "model")),
            Map.entry("storage.s3", List.of("storage", "model")),
            Map.entry("storage.tiered", List.of("storage", "model")),
            Map.entry("registry", List.of("format", "storage", "json", "model")),
            Map.entry("http", List.of("registry", "storage", "model")),
            Map.entry("http.registryapi", List.of("http", "registry", "storage", "json", "model")),
            Map.entry("http.confluentapi", List.of("http", "registry", "storage", "json", "model")),
            Map.entry(
                    "server",
                    List.of(
                            "http",
                            "http.registryapi",
                            "http.confluentapi",
                            "registry",
                            "storage.postgres",
                            "storage.redis",
                            "storage.directory",
                            "storage.s3",
                            "storage.tiered",
                            "storage",
                            "format",
                            "format.json",
                            "format.avro",
                            "format.protobuf",
                            "model")),
            Map.entry("cli", List.of("cli.migrate", "json", "model")),
            Map.entry("cli.migrate", List.of()),
            Map.entry("testkit", List.of("format", "storage", "model")));

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.llmschema");

    @Test
    void everyRoom_isInTheTable() {
        List<String> rooms = CLASSES.stream()
                .map(JavaClass::getPackageName)
                .filter(name -> !name.startsWith(HOUSE + "systemtests"))
                .map(name -> name.substring(HOUSE.length()))
                .distinct()
                .toList();

        assertThat(ARROWS.keySet()).containsExactlyInAnyOrderElementsOf(rooms);
    }

    @Test
    void rooms_importOnlyWhatLiesBelow() {
        ARROWS.forEach((room, below) -> {
            String[] allowed = Stream.concat(Stream.of(room), below.stream())
                    .map(name -> HOUSE + name)
                    .toArray(String[]::new);
            classes()
                    .that()
                    .resideInAPackage(HOUSE + room)
                    .should()
                    .onlyDependOnClassesThat(resideInAnyPackage(allowed).or(resideOutsideOfPackages("io.llmschema..")))
                    .check(CLASSES);
        });
    }

    @Test
    void packages_haveNoCycles() {
        slices().matching("io.llmschema.(**)").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void groundFloor_knowsNoLibrary() {
        classes()
                .that(resideInAnyPackage(HOUSE + "model", HOUSE + "format", HOUSE + "storage"))
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(
                        "java..", "org.jspecify..", HOUSE + "model", HOUSE + "format", HOUSE + "storage"))
                .check(CLASSES);
    }

    @Test
    void libraries_areSeenInTheirRoomOnly() {
        onlyIn("io.helidon..", HOUSE + "http..");
        onlyIn("org.jdbi..", HOUSE + "storage.postgres");
        onlyIn("com.zaxxer..", HOUSE + "storage.postgres");
        onlyIn("org.flywaydb..", HOUSE + "storage.postgres");
        onlyIn("io.lettuce..", HOUSE + "storage.redis");
        onlyIn("software.amazon..", HOUSE + "storage.s3");
        onlyIn("io.zonky..", HOUSE + "server");
        onlyIn("org.apache.avro..", HOUSE + "format.avro");
        onlyIn("com.google.protobuf..", HOUSE + "format.protobuf");
    }

    private static void onlyIn(String library, String room) {
        noClasses()
                .that(resideInAPackage("io.llmschema..").and(resideOutsideOfPackages(room)))
                .should()
                .dependOnClassesThat(resideInAPackage(library))
                .check(CLASSES);
    }

    @Test
    void helidon_isSeenInTwoClassesOnly() {
        List<String> seeing = CLASSES.stream()
                .filter(type -> type.getDirectDependenciesFromSelf().stream()
                        .anyMatch(dependency ->
                                dependency.getTargetClass().getPackageName().startsWith("io.helidon")))
                .map(JavaClass::getSimpleName)
                .filter(name -> !name.isEmpty())
                .toList();

        assertThat(seeing).containsExactlyInAnyOrder("RegistryHttpServer", "Request");
    }

    @Test
    void packages_areNullMarked() {
        List<String> unmarked = CLASSES.stream()
                .map(type -> type.getPackage())
                .distinct()
                .filter(room -> !room.isAnnotatedWith(NullMarked.class))
                .map(room -> room.getName())
                .toList();

        assertThat(unmarked).isEmpty();
    }

    @Test
    void names_saySomething() {
        noClasses().should().haveSimpleNameEndingWith("Impl").check(CLASSES);
        List<String> rooms = CLASSES.stream()
                .flatMap(type -> Arrays.stream(type.getPackageName().split("\\.")))
                .distinct()
                .toList();

        assertThat(rooms).doesNotContain("core", "common", "util", "utils", "misc");
    }
}
