package io.llmschema.format.protobuf;

import com.google.protobuf.DescriptorProtos.FieldOptions.OptionTargetType;
import com.google.protobuf.Message;
import java.util.List;

/**
 * The options of one declaration, which wait until everything that they can refer to is known.
 *
 * @param holder the part of the descriptor whose field {@code options} they fill
 * @param scope where the names of extensions are looked up from
 */
record PendingOptions(Message.Builder holder, Symbol scope, OptionTargetType target, List<OptionSetting> settings) {}
