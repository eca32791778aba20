package io.llmschema.format.protobuf;

import com.google.protobuf.Descriptors.FileDescriptor;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The files that a file imports, and what it sees through them.
 *
 * @param declared one for each import that is not for options only, in the author's order
 * @param forOptions one for each {@code import option}
 */
record Imports(List<LinkedFile> declared, List<LinkedFile> forOptions) {
    static final Imports NONE = new Imports(List.of(), List.of());

    Imports {
        declared = List.copyOf(declared);
        forOptions = List.copyOf(forOptions);
    }

    List<FileDescriptor> descriptors() {
        return declared.stream().map(LinkedFile::descriptor).toList();
    }

    /** The imported files, and those that they import publicly. */
    Set<FileDescriptor> visible() {
        return withPublic(descriptors());
    }

    /** Further files that only the options of the file can use. */
    Set<FileDescriptor> visibleToOptions() {
        Set<FileDescriptor> files =
                withPublic(forOptions.stream().map(LinkedFile::descriptor).toList());
        files.removeAll(visible());
        return files;
    }

    /** Files that are reached, but cannot be used because an import in between is not public. */
    Set<FileDescriptor> hidden() {
        Set<FileDescriptor> files = all();
        files.removeAll(visible());
        return files;
    }

    /** Every file that is reached. */
    Set<FileDescriptor> all() {
        Set<FileDescriptor> reached = new LinkedHashSet<>();
        Deque<FileDescriptor> waiting = new ArrayDeque<>(descriptors());
        forOptions.forEach(file -> waiting.add(file.descriptor()));
        while (!waiting.isEmpty()) {
            FileDescriptor file = waiting.remove();
            if (reached.add(file)) {
                waiting.addAll(file.getDependencies());
            }
        }
        return reached;
    }

    /** These files, and what is seen through them. */
    static Set<FileDescriptor> withPublic(Collection<FileDescriptor> files) {
        Set<FileDescriptor> seen = new LinkedHashSet<>();
        Deque<FileDescriptor> waiting = new ArrayDeque<>(files);
        while (!waiting.isEmpty()) {
            FileDescriptor file = waiting.remove();
            if (seen.add(file)) {
                waiting.addAll(file.getPublicDependencies());
            }
        }
        return seen;
    }

    /** How many imports follow one another from a file with these, the file itself included. */
    int depth() {
        return 1 + declared.stream().mapToInt(LinkedFile::depth).max().orElse(0);
    }

    /** All imported files, those for options last. */
    List<LinkedFile> files() {
        List<LinkedFile> files = new ArrayList<>(declared);
        files.addAll(forOptions);
        return files;
    }
}
