package io.llmschema.format.json;

import com.networknt.schema.Error;
import com.networknt.schema.ExecutionContext;
import com.networknt.schema.FailFastAssertionException;
import com.networknt.schema.MessageSourceError;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaContext;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.keyword.AnyOfValidator;
import com.networknt.schema.keyword.Keyword;
import com.networknt.schema.keyword.KeywordValidator;
import com.networknt.schema.keyword.OneOfValidator;
import com.networknt.schema.path.NodePath;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * {@code anyOf} and {@code oneOf} as the library has them, but with the errors of one alternative instead of those of all.
 *
 * <p>This is done where an instance meets the keyword, so that of alternatives within alternatives only what is told is kept.
 */
enum AlternativesKeyword implements Keyword {
    ANY_OF("anyOf") {
        @Override
        public KeywordValidator newValidator(
                SchemaLocation place, JsonNode value, Schema schema, SchemaContext context) {
            return new AnyOf(place, value, schema, context);
        }
    },
    ONE_OF("oneOf") {
        @Override
        public KeywordValidator newValidator(
                SchemaLocation place, JsonNode value, Schema schema, SchemaContext context) {
            return new OneOf(place, value, schema, context);
        }
    };

    private final String word;

    AlternativesKeyword(String word) {
        this.word = word;
    }

    @Override
    public String getValue() {
        return word;
    }

    private static final class AnyOf extends AnyOfValidator {
        AnyOf(SchemaLocation place, JsonNode value, Schema schema, SchemaContext context) {
            super(place, value, schema, context);
        }

        @Override
        public void validate(ExecutionContext context, JsonNode instance, JsonNode root, NodePath place) {
            int before = context.getErrors().size();
            super.validate(context, instance, root, place);
            if (context instanceof Execution execution && context.getErrors().size() > before) {
                List<Error> errors = context.getErrors();
                List<Error> added = errors.subList(before, errors.size());
                if (saysMore(execution, added)) {
                    NearestAlternative nearest = NearestAlternative.of(
                            added, execution, getSchemaNode().size(), place);
                    replace(execution, added, error(), instance, nearest);
                }
            }
        }
    }

    private static final class OneOf extends OneOfValidator {
        OneOf(SchemaLocation place, JsonNode value, Schema schema, SchemaContext context) {
            super(place, value, schema, context);
        }

        @Override
        public void validate(ExecutionContext context, JsonNode instance, JsonNode root, NodePath place) {
            int before = context.getErrors().size();
            super.validate(context, instance, root, place);
            if (context instanceof Execution execution && context.getErrors().size() > before) {
                List<Error> errors = context.getErrors();
                List<Error> added = errors.subList(before, errors.size());
                if (saysMore(execution, added)) {
                    NearestAlternative nearest = nearest(execution, added, place);
                    replace(execution, added, error(), instance, nearest);
                }
            }
        }

        private NearestAlternative nearest(Execution execution, List<Error> errors, NodePath place) {
            int alternatives = getSchemaNode().size();
            // The first error is of the keyword itself, and says whether it met too few or too many.
            Error own = errors.getFirst();
            return "oneOf.indexes".equals(own.getMessageKey())
                    ? NearestAlternative.tooMany(String.valueOf(own.getArguments()[1]), alternatives, place)
                    : NearestAlternative.of(errors.subList(1, errors.size()), execution, alternatives, place);
        }
    }

    /** Within what only decides, one error tells that the instance is not accepted as well as many. */
    private static boolean saysMore(Execution execution, List<Error> errors) {
        if (execution.isExplaining() || execution.isFailFast()) {
            return true;
        }
        errors.subList(1, errors.size()).clear();
        return false;
    }

    private static void replace(
            Execution execution,
            List<Error> errors,
            MessageSourceError.Builder builder,
            JsonNode instance,
            NearestAlternative nearest) {
        Error error = builder.instanceNode(instance)
                .instanceLocation(nearest.place())
                .evaluationPath(execution.getEvaluationPath())
                .arguments(nearest)
                .build();
        errors.clear();
        errors.add(error);
        if (execution.isExplaining()) {
            errors.addAll(nearest.told());
        } else {
            throw new FailFastAssertionException(error);
        }
    }
}
