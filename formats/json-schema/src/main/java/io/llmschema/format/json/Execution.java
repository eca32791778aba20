package io.llmschema.format.json;

import com.networknt.schema.Error;
import com.networknt.schema.ExecutionConfig;
import com.networknt.schema.ExecutionContext;
import com.networknt.schema.Schema;
import com.networknt.schema.annotation.Annotation;
import com.networknt.schema.annotation.Annotations;
import com.networknt.schema.path.NodePath;
import io.llmschema.format.DocumentValidator;
import io.llmschema.model.DocumentReport;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One run of the validator library over an instance, with bounds on time and memory; used by one thread.
 *
 * <p>Everything is paid for by one {@link Effort}: schemas and their keywords when they are applied, which is counted where the library looks how many
 * errors there are before it applies one; and what takes long within a keyword: searches for expressions, keywords that go through large
 * values ({@link PaidKeyword}), the errors that it makes, and what it has noted for {@code unevaluatedProperties}, which it goes through again and
 * again. The library can count too, but takes a tenth longer for it.
 */
final class Execution extends ExecutionContext {
    /** The effort of the validation that a thread is at, for what the library does not tell which it is of. */
    static final ScopedValue<Effort> CURRENT = ScopedValue.newInstance();

    /** What a run may cost, in steps of about ten nanoseconds. */
    private static final long MAX_EFFORT = 150_000_000;

    /** The most schemas that are applied within one another; about three go with a level of a document, and each takes some frames of the stack. */
    private static final int MAX_DEPTH = 3 * DocumentValidator.MAX_DEPTH + 100;

    private static final int STEPS_PER_KEYWORD = 10;

    private static final int STEPS_PER_ERROR = 300;

    private static final ExecutionConfig DECIDING = configuration(true);
    private static final ExecutionConfig EXPLAINING = configuration(false);

    private final Effort effort = new Effort(MAX_EFFORT, "the validation");
    private final boolean isExplaining;
    private boolean isCut;
    private @Nullable Notes notes;

    private Execution(ExecutionConfig config, boolean isExplaining) {
        super(config);
        this.isExplaining = isExplaining;
    }

    /** A run that ends with the first error. */
    static Execution deciding() {
        return new Execution(DECIDING, false);
    }

    /** A run that collects errors. */
    static Execution explaining() {
        return new Execution(EXPLAINING, true);
    }

    private static ExecutionConfig configuration(boolean failsFast) {
        return ExecutionConfig.builder()
                .failFast(failsFast)
                .formatAssertionsEnabled(true)
                .build();
    }

    Effort effort() {
        return effort;
    }

    boolean isExplaining() {
        return isExplaining;
    }

    /** Whether more was wrong than was kept. */
    boolean isCut() {
        return isCut;
    }

    /** Asked by each schema that is applied, once it is the last of those within one another. */
    @Override
    public List<Error> getErrors() {
        ArrayDeque<Schema> applied = getEvaluationSchema();
        Schema last = applied.peekLast();
        if (last != null) {
            if (applied.size() > MAX_DEPTH) {
                throw new TooHard("the schema leads more than " + MAX_DEPTH + " steps deep into it");
            }
            effort.step((1L + last.getSchemaNode().size()) * STEPS_PER_KEYWORD);
        }
        return super.getErrors();
    }

    /** Keeps an error, or of a run that only decides one of each list: it tells as much as many. */
    @Override
    public void addError(Error error) {
        effort.step(STEPS_PER_ERROR + lengthOfArguments(error) / PaidKeyword.CHARACTERS_PER_STEP);
        if (super.getErrors().size() < (isExplaining ? DocumentReport.MAX_ERRORS : 1) || isFailFast()) {
            super.addError(error);
        } else {
            isCut = true;
        }
    }

    /** Some keywords write what they are about into every error: the schema, or the instance. */
    private static long lengthOfArguments(Error error) {
        Object[] arguments = error.getArguments();
        if (arguments == null || "enum".equals(error.getKeyword())) {
            return 0;
        }
        long length = 0;
        for (Object argument : arguments) {
            length += argument instanceof String text ? text.length() : 0;
        }
        return length;
    }

    /** Asked before the library goes up through all schemas that it is within. */
    @Override
    public boolean isUnevaluatedPropertiesPresent() {
        return paidWithDepth(super.isUnevaluatedPropertiesPresent());
    }

    @Override
    public boolean isUnevaluatedItemsPresent() {
        return paidWithDepth(super.isUnevaluatedItemsPresent());
    }

    private boolean paidWithDepth(boolean isPresent) {
        if (isPresent) {
            effort.step(getEvaluationSchema().size());
        }
        return isPresent;
    }

    @Override
    public Annotations getAnnotations() {
        Notes known = notes;
        if (known == null) {
            known = new Notes(effort);
            notes = known;
        }
        return known;
    }

    /** What the library notes of each place, paid for whenever it goes through the notes of one. */
    private static final class Notes extends Annotations {
        private final Map<NodePath, List<Annotation>> byPlace;

        Notes(Effort effort) {
            this.byPlace = new PaidMap(effort);
        }

        @Override
        public Map<NodePath, List<Annotation>> asMap() {
            return byPlace;
        }

        @Override
        public void put(Annotation annotation) {
            byPlace.computeIfAbsent(annotation.getInstanceLocation(), _ -> new ArrayList<>())
                    .add(annotation);
        }
    }

    private static final class PaidMap extends HashMap<NodePath, List<Annotation>> {
        private static final long serialVersionUID = 1;
        private static final int STEPS_PER_NOTE = 5;

        private final transient Effort effort;

        PaidMap(Effort effort) {
            this.effort = effort;
        }

        @Override
        public @Nullable List<Annotation> get(Object place) {
            List<Annotation> notes = super.get(place);
            if (notes != null) {
                effort.step((long) STEPS_PER_NOTE * notes.size());
            }
            return notes;
        }

        @Override
        public List<Annotation> getOrDefault(Object place, List<Annotation> otherwise) {
            List<Annotation> notes = get(place);
            return notes == null ? otherwise : notes;
        }
    }
}
