package io.llmschema.format.avro;

import java.util.List;
import org.apache.avro.Schema;

/** Which branch of a reader's union takes what a writer writes. */
final class UnionBranches {
    private UnionBranches() {}

    /**
     * The number of the branch, -1 where there is none.
     *
     * <p>The specification takes the first that matches, and named types match by their unqualified names. The library
     * looks for the full name first, and then takes the last record of the unqualified name that has the right fields;
     * it finds no enum and no fixed otherwise. What else it takes (a record of another name with the right fields) is
     * against the specification.
     */
    static int indexFor(Schema writer, List<Schema> branches) {
        return Children.isNamed(writer) ? byName(writer, branches) : byType(writer, branches);
    }

    private static int byName(Schema writer, List<Schema> branches) {
        int ofUnqualifiedName = -1;
        for (int i = 0; i < branches.size(); i++) {
            Schema branch = branches.get(i);
            if (branch.getType() == writer.getType()) {
                if (branch.getFullName().equals(writer.getFullName())) {
                    return i;
                }
                if (writer.getType() == Schema.Type.RECORD && branch.getName().equals(writer.getName())) {
                    ofUnqualifiedName = i;
                }
            }
        }
        return ofUnqualifiedName;
    }

    private static int byType(Schema writer, List<Schema> branches) {
        int promoted = -1;
        for (int i = 0; i < branches.size(); i++) {
            Schema.Type type = branches.get(i).getType();
            if (type == writer.getType()) {
                return i;
            }
            if (promoted < 0 && Promotions.allow(writer.getType(), type)) {
                promoted = i;
            }
        }
        return promoted;
    }
}
