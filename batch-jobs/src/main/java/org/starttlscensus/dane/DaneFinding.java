package org.starttlscensus.dane;

import java.util.Optional;

/**
 * A reason, and what it is about.
 *
 * @param about a kind of record, such as {@code 3 1 1}; empty if it is about no record
 * @param more  what is known beyond the reason, in words; empty if nothing
 */
public record DaneFinding(DaneReason reason, Optional<String> about, Optional<String> more) {

    static DaneFinding of(DaneReason reason) {
        return new DaneFinding(reason, Optional.empty(), Optional.empty());
    }

    static DaneFinding of(DaneReason reason, TlsaRecord record) {
        return new DaneFinding(reason, Optional.of(record.kind()), Optional.empty());
    }

    static DaneFinding of(DaneReason reason, String more) {
        return new DaneFinding(reason, Optional.empty(), Optional.of(more));
    }

    /** One sentence for people. */
    public String words() {
        return about.map(kind -> kind + ": ").orElse("")
                + reason.words()
                + more.map(words -> ": " + words).orElse("");
    }
}
