package io.llmschema.format.json;

import com.networknt.schema.ExecutionContext;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaContext;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.keyword.BaseKeywordValidator;
import com.networknt.schema.keyword.Keyword;
import com.networknt.schema.keyword.KeywordType;
import com.networknt.schema.keyword.KeywordValidator;
import com.networknt.schema.path.NodePath;
import com.networknt.schema.regex.RegularExpression;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** {@code patternProperties}: the library's fails on schemas in it that have identifiers, and goes through them in no certain order. */
record PatternMembersKeyword() implements Keyword {
    @Override
    public String getValue() {
        return "patternProperties";
    }

    @Override
    public KeywordValidator newValidator(SchemaLocation place, JsonNode value, Schema schema, SchemaContext context) {
        return new PatternMembers(place, value, schema, context);
    }

    /** A schema for the members whose names an expression is found in. */
    private record Members(String pattern, RegularExpression expression, Schema schema) {}

    private static final class PatternMembers extends BaseKeywordValidator {
        private final List<Members> members = new ArrayList<>();

        PatternMembers(SchemaLocation place, JsonNode value, Schema schema, SchemaContext context) {
            super(KeywordType.PATTERN_PROPERTIES, value, place, schema, context);
            for (Map.Entry<String, JsonNode> entry : value.properties()) {
                String pattern = entry.getKey();
                members.add(new Members(
                        pattern,
                        RegularExpression.compile(pattern, context),
                        context.newSchema(place.append(pattern), entry.getValue(), schema)));
            }
        }

        @Override
        public void validate(ExecutionContext context, JsonNode instance, JsonNode root, NodePath place) {
            if (!instance.isObject()) {
                return;
            }
            Set<String> evaluated = new LinkedHashSet<>();
            for (Map.Entry<String, JsonNode> member : instance.properties()) {
                for (Members some : members) {
                    if (some.expression.matches(member.getKey())
                            && accepts(some, context, member.getValue(), root, place.append(member.getKey()))) {
                        evaluated.add(member.getKey());
                    }
                }
            }
            if (hasUnevaluatedPropertiesInEvaluationPath(context)) {
                putAnnotation(context, note -> note.instanceLocation(place).value(evaluated));
            }
        }

        private static boolean accepts(
                Members some, ExecutionContext context, JsonNode value, JsonNode root, NodePath place) {
            int errors = context.getErrors().size();
            context.evaluationPathAddLast(some.pattern);
            try {
                some.schema.validate(context, value, root, place);
            } finally {
                context.evaluationPathRemoveLast();
            }
            return context.getErrors().size() == errors;
        }
    }
}
