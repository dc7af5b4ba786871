package org.starttlscensus.smtp;

import org.starttlscensus.fact.CallPhase;

/** What the dialogue waits for a reply to. QUIT is not here: it is sent at the end of every dialogue that allows it. */
enum Exchange {
    GREETING(CallPhase.BANNER, ""),
    EHLO(CallPhase.EHLO, "EHLO %s"),
    HELO(CallPhase.EHLO, "HELO %s"),
    STARTTLS(CallPhase.STARTTLS, "STARTTLS"),
    EHLO_UNDER_TLS(CallPhase.AFTER_TLS, "EHLO %s");

    private final CallPhase phase;
    private final String command;

    Exchange(CallPhase phase, String command) {
        this.phase = phase;
        this.command = command;
    }

    CallPhase phase() {
        return phase;
    }

    String command(String ehloName) {
        return command.formatted(ehloName);
    }
}
