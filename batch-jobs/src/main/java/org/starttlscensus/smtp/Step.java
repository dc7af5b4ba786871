package org.starttlscensus.smtp;

import org.starttlscensus.fact.Ending;

/** What the dialogue does next. */
sealed interface Step {

    /** Sends the command of this exchange and waits for its reply. */
    record Ask(Exchange exchange) implements Step {}

    /** Starts TLS, unless more than blanks follows the reply. */
    record StartTls() implements Step {}

    /** Ends the call, with QUIT where the peer waits for a command. */
    record End(Ending ending, boolean sendsQuit) implements Step {

        static End withQuit(Ending ending) {
            return new End(ending, true);
        }

        static End withoutQuit(Ending ending) {
            return new End(ending, false);
        }
    }
}
