/**
 * This room understands Protocol Buffers: proto2, proto3 and the editions 2023 and 2024.
 *
 * <p>A text passes through it in this order: {@code Tokenizer} and {@code Parser} make a syntax tree ({@code ProtoFile}); {@code
 * Linker} finds what the file imports, turns the tree into a descriptor ({@code DescriptorWriter}), checks it ({@code
 * MessageRules}, {@code EnumRules}, {@code LinkedRules}) and interprets its options ({@code OptionInterpreter}). The canonical
 * form and the outline are read from the tree ({@code CanonicalPrinter}, {@code Unordered}, {@code OutlineReader}).
 *
 * <p>Whether one file can read what another one writes is found out from their descriptors ({@code Comparison}): {@code
 * FieldChanges}, {@code TypeChanges} and {@code MessageChanges} say what is suspicious about two messages in an {@code Encoding},
 * and {@code Trial} proves it by writing and reading. {@code Sameness} defines what it means to be read.
 *
 * <p>Documents are checked by {@code ProtobufValidator}, in walks of our own that find all errors: {@code JsonDocument} and {@code
 * BinaryDocument}. What was changed from one file to another is read from their trees: {@code FileDifferences}.
 */
@NullMarked
package io.llmschema.format.protobuf;

import org.jspecify.annotations.NullMarked;
