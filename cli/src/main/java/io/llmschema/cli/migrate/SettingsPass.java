package io.llmschema.cli.migrate;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * What one pass does to the settings of the target: it opens subjects for import, and at last gives everything the settings of the source.
 *
 * <p>A config comes before the mode, for a mode may forbid everything else; but after it where the target's own mode does.
 */
final class SettingsPass {
    static final String IMPORT = "IMPORT";
    private static final String READ_ONLY = "READONLY";

    private final DialectRegistry target;
    private final Ledger ledger;
    private final boolean withModes;
    private final AtomicInteger changes;
    private final Set<String> opened = ConcurrentHashMap.newKeySet();

    /** @param changes counts what is changed for the first time */
    SettingsPass(DialectRegistry target, Ledger ledger, boolean withModes, AtomicInteger changes) {
        this.target = target;
        this.ledger = ledger;
        this.withModes = withModes;
        this.changes = changes;
    }

    /** @param here what is set for the subject at the target */
    void open(String subject, Settings here) {
        if (IMPORT.equals(here.mode())) {
            opened.add(subject);
            return;
        }
        try {
            target.setMode(subject, IMPORT);
            opened.add(subject);
        } catch (Refusal refusal) {
            ledger.refuse(Item.mode(subject), refusal);
        }
    }

    void settleSubject(String subject, Settings there, Settings here) {
        // Without modes, an IMPORT can only be what an earlier run left behind when it was ended.
        @Nullable String kept = IMPORT.equals(here.mode()) && !IMPORT.equals(there.mode()) ? null : here.mode();
        settle(subject, there, here, withModes ? there.mode() : kept);
    }

    void settleScope(String scope, Settings there, Settings here) {
        settle(scope, there, here, withModes ? there.mode() : here.mode());
    }

    private void settle(String scope, Settings there, Settings here, @Nullable String mode) {
        boolean isClosed =
                !opened.contains(scope) && here.mode() != null && here.mode().startsWith(READ_ONLY);
        if (isClosed) {
            settleMode(scope, here, mode);
        }
        if (!there.hasSameConfig(here)) {
            count(ledger.record(List.of("config", scope), Item.config(scope), () -> setConfig(scope, there, here)));
        }
        if (!isClosed) {
            settleMode(scope, here, mode);
        }
    }

    private void setConfig(String scope, Settings there, Settings here) {
        if (there.config() == null) {
            target.removeConfig(scope);
        } else {
            target.setConfig(scope, there.configOver(here));
        }
    }

    private void settleMode(String scope, Settings here, @Nullable String mode) {
        if (!Objects.equals(mode, here.mode())) {
            count(ledger.record(List.of("mode", scope), Item.mode(scope), () -> setMode(scope, mode)));
        } else if (opened.contains(scope) && !IMPORT.equals(mode)) {
            close(scope, mode);
        }
    }

    /** Gives back the mode that there was before; that is no change. */
    private void close(String subject, @Nullable String mode) {
        try {
            setMode(subject, mode);
        } catch (Refusal refusal) {
            ledger.refuse(Item.mode(subject), refusal);
        }
    }

    private void setMode(String scope, @Nullable String mode) {
        if (mode == null) {
            target.removeMode(scope);
        } else {
            target.setMode(scope, mode);
        }
    }

    private void count(boolean isNew) {
        if (isNew) {
            changes.incrementAndGet();
        }
    }
}
