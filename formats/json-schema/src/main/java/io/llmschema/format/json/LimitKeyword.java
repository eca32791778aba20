package io.llmschema.format.json;

import com.networknt.schema.ExecutionContext;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaContext;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.keyword.BaseKeywordValidator;
import com.networknt.schema.keyword.Keyword;
import com.networknt.schema.keyword.KeywordValidator;
import com.networknt.schema.path.NodePath;
import java.math.BigDecimal;
import tools.jackson.databind.JsonNode;

/**
 * {@code minimum}, {@code maximum} and their exclusive kin, for numbers of any size: the library fails on what is beyond a {@code long}, and where
 * integers are allowed beside other numbers it compares 1.5 as 1.
 */
enum LimitKeyword implements Keyword {
    MINIMUM("minimum", false),
    MAXIMUM("maximum", false),
    EXCLUSIVE_MINIMUM("exclusiveMinimum", true),
    EXCLUSIVE_MAXIMUM("exclusiveMaximum", true);

    private final String word;
    private final boolean isExclusive;

    LimitKeyword(String word, boolean isExclusive) {
        this.word = word;
        this.isExclusive = isExclusive;
    }

    @Override
    public String getValue() {
        return word;
    }

    @Override
    public KeywordValidator newValidator(SchemaLocation place, JsonNode value, Schema schema, SchemaContext context) {
        return new Limit(this, place, value, schema, context);
    }

    private boolean isLower() {
        return this == MINIMUM || this == EXCLUSIVE_MINIMUM;
    }

    private static final class Limit extends BaseKeywordValidator {
        private final BigDecimal limit;
        private final boolean isLower;
        private final boolean isExclusive;

        Limit(LimitKeyword keyword, SchemaLocation place, JsonNode value, Schema schema, SchemaContext context) {
            super(keyword, value, place, schema, context);
            this.limit = value.decimalValue();
            this.isLower = keyword.isLower();
            // In draft 04 a boolean beside the limit says whether it is itself allowed.
            this.isExclusive = keyword.isExclusive
                    || schema.getSchemaNode()
                            .path(keyword.isLower() ? "exclusiveMinimum" : "exclusiveMaximum")
                            .booleanValue(false);
        }

        @Override
        public void validate(ExecutionContext context, JsonNode instance, JsonNode root, NodePath place) {
            if (!instance.isNumber()) {
                return;
            }
            int compared = instance.decimalValue().compareTo(limit);
            int inside = isLower ? compared : -compared;
            if (inside < 0 || (inside == 0 && isExclusive)) {
                context.addError(error().instanceNode(instance)
                        .instanceLocation(place)
                        .evaluationPath(context.getEvaluationPath())
                        .locale(context.getExecutionConfig().getLocale())
                        .arguments(getSchemaNode().asString())
                        .build());
            }
        }
    }
}
