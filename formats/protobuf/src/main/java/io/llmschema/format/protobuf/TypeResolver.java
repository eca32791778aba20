package io.llmschema.format.protobuf;

import com.google.protobuf.Descriptors.GenericDescriptor;
import io.llmschema.format.SchemaFormat;
import java.util.Optional;

/** Finds what the type names of a file mean, and reports those that mean nothing, or nothing that may be used. */
final class TypeResolver {
    private final Scopes scopes;
    private final Problems problems;
    private int undefinedNames;

    TypeResolver(Scopes scopes, Problems problems) {
        this.scopes = scopes;
        this.problems = problems;
    }

    /** The message or enum of that name; empty, and a problem reported, if there is none. */
    Optional<Symbol> type(Written name, Symbol scope) {
        Optional<Symbol> found = scopes.type(scope, name.text());
        if (found.isEmpty() || found.get().kind() == Symbol.Kind.PACKAGE) {
            // Looking for advice takes time, and further violations are not reported anyway.
            problems.add(
                    name.place(),
                    ++undefinedNames <= SchemaFormat.MAX_VIOLATIONS
                            ? scopes.notDefined(scope, name.text())
                            : shown(name) + " is not defined");
            return Optional.empty();
        }
        Symbol symbol = found.get();
        if (!symbol.isType()) {
            problems.add(name.place(), shown(name) + " is " + symbol.shownKind() + ", not a type");
            return Optional.empty();
        }
        return mayUse(symbol, name) ? found : Optional.empty();
    }

    /** The message of that name; empty, and a problem reported, if there is none. */
    Optional<Symbol> message(Written name, Symbol scope) {
        Optional<Symbol> type = Scalars.type(name.text()).isPresent() ? Optional.empty() : type(name, scope);
        if (Scalars.type(name.text()).isPresent()
                || (type.isPresent() && type.get().kind() != Symbol.Kind.MESSAGE)) {
            problems.add(name.place(), shown(name) + " is not a message, but one is needed here");
            return Optional.empty();
        }
        return type;
    }

    private boolean mayUse(Symbol symbol, Written name) {
        GenericDescriptor imported = symbol.imported();
        if (imported == null) {
            return true;
        }
        String file = "\"" + imported.getFile().getFullName() + "\"";
        if (symbol.isForOptionsOnly()) {
            problems.add(
                    name.place(),
                    shown(name) + " comes from " + file
                            + ", which is imported for options only; import it without 'option' to use its types");
            return false;
        }
        if (!SymbolVisibilities.isExported(imported)) {
            problems.add(
                    name.place(),
                    shown(name) + " is local to " + file + "; it has to be declared with 'export' to be used here");
            return false;
        }
        return true;
    }

    private static String shown(Written name) {
        return "\"" + Names.shortened(name.text()) + "\"";
    }
}
