package org.starttlscensus.store;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.starttlscensus.fact.ReplyClass;

/** How a permit was closed. A permit without a signal is open. */
public sealed interface PermitSignal {

    /** The call was reported, and its last reply is of this class. */
    record Classified(ReplyClass replyClass) implements PermitSignal {

        @Override
        public String label() {
            return replyClass.label();
        }
    }

    /** No call was reported. */
    enum Unreported implements PermitSignal {
        /** The permit expired before the connection was opened: it counts in no limit. */
        NOT_DIALLED,
        /** Its process died. The connection may have been opened, so it counts in every limit. */
        ABANDONED;

        @Override
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** The value stored in the ledger. */
    String label();

    static PermitSignal of(String label) {
        Optional<PermitSignal> unreported = Arrays.stream(Unreported.values())
                .filter(one -> one.label().equals(label))
                .map(one -> (PermitSignal) one)
                .findFirst();
        return unreported.orElseGet(() -> new Classified(ReplyClass.of(label)));
    }

    static Stream<PermitSignal> all() {
        return Stream.concat(
                Arrays.stream(ReplyClass.values()).map(Classified::new), Arrays.stream(Unreported.values()));
    }
}
