package io.llmschema.format.json;

import com.networknt.schema.Error;
import com.networknt.schema.ExecutionContext;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaContext;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.keyword.Keyword;
import com.networknt.schema.keyword.KeywordValidator;
import com.networknt.schema.keyword.PropertyNamesValidator;
import com.networknt.schema.path.NodePath;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.StringNode;

/** {@code propertyNames}, with errors that keep what is wrong with a name, where the library keeps only a text about it. */
record NamesKeyword() implements Keyword {
    @Override
    public String getValue() {
        return "propertyNames";
    }

    @Override
    public KeywordValidator newValidator(SchemaLocation place, JsonNode value, Schema schema, SchemaContext context) {
        return new Names(place, value, schema, context);
    }

    private static final class Names extends PropertyNamesValidator {
        private final Schema ofNames;

        Names(SchemaLocation place, JsonNode value, Schema schema, SchemaContext context) {
            super(place, value, schema, context);
            this.ofNames = context.newSchema(place, value, schema);
        }

        @Override
        public void validate(ExecutionContext context, JsonNode instance, JsonNode root, NodePath place) {
            if (!(context instanceof Execution execution) || !execution.isExplaining()) {
                super.validate(context, instance, root, place);
                return;
            }
            List<Error> errors = context.getErrors();
            for (String name : instance.propertyNames()) {
                List<Error> ofName = new ArrayList<>();
                context.setErrors(ofName);
                try {
                    ofNames.validate(context, StringNode.valueOf(name), instance, place.append(name));
                } finally {
                    context.setErrors(errors);
                }
                for (Error error : ofName) {
                    context.addError(error().property(name)
                            .instanceNode(instance)
                            .instanceLocation(place)
                            .evaluationPath(context.getEvaluationPath())
                            .arguments(error)
                            .build());
                }
            }
        }
    }
}
