package io.llmschema.format.protobuf;

import io.llmschema.model.SchemaChange.Nature;
import java.util.Set;

/** What an option of a file touches. */
final class OptionNature {
    /** Options of the language that steer generated code or speak to people, and leave the data as it is. */
    private static final Set<String> WITHOUT_EFFECT = Set.of(
            "deprecated",
            "java_package",
            "java_outer_classname",
            "java_multiple_files",
            "java_generate_equals_and_hash",
            "java_generic_services",
            "optimize_for",
            "go_package",
            "cc_generic_services",
            "cc_enable_arenas",
            "py_generic_services",
            "php_generic_services",
            "php_class_prefix",
            "php_namespace",
            "php_metadata_namespace",
            "objc_class_prefix",
            "csharp_namespace",
            "swift_prefix",
            "ruby_package",
            "no_standard_descriptor_accessor",
            "allow_alias",
            "ctype",
            "jstype",
            "lazy",
            "debug_redact",
            "retention",
            "targets");

    private OptionNature() {}

    /**
     * The nature of a change of an option.
     *
     * <p>What is not known to leave the data as it is may touch it: {@code features}, {@code packed}, {@code json_name}, and every
     * custom option. Of those many say which values are accepted ({@code (buf.validate.field)}) or where they come from ({@code
     * (google.api.http)}), and nothing tells them from others.
     *
     * @param writtenName as {@link OptionSetting#writtenName} says it
     */
    static Nature of(String writtenName) {
        return WITHOUT_EFFECT.contains(writtenName) ? Nature.WORDS : Nature.MEANING;
    }
}
