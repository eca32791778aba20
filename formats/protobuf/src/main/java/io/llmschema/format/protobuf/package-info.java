/**
 * This room understands Protocol Buffers: proto2, proto3 and the editions 2023 and 2024.
 *
 * <p>A text passes through it in this order: {@code Tokenizer} and {@code Parser} make a syntax tree ({@code ProtoFile}); {@code
 * Linker} finds what the file imports, turns the tree into a descriptor ({@code DescriptorWriter}), checks it ({@code
 * MessageRules}, {@code EnumRules}, {@code LinkedRules}) and interprets its options ({@code OptionInterpreter}). The canonical
 * form and the outline are read from the tree ({@code CanonicalPrinter}, {@code Unordered}, {@code OutlineReader}).
 */
@NullMarked
package io.llmschema.format.protobuf;

import org.jspecify.annotations.NullMarked;
