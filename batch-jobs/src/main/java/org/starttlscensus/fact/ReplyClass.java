package org.starttlscensus.fact;

/** What a single reply or event means for us as the client (docs/outcomes.md, section 2). */
public enum ReplyClass {
    OK,
    NO_STARTTLS,
    MUTED,
    STRIPPED,
    BLOCKED_REPUTATION,
    BLOCKED_SUSPECTED,
    RATE_LIMITED,
    GREYLISTED,
    TEMPORARY_UNAVAILABLE,
    TLS_UNAVAILABLE,
    POLICY_REQUIRES_TLS,
    NOT_SMTP,
    OTHER;

    public String label() {
        return Labels.of(this);
    }

    public static ReplyClass of(String label) {
        return Labels.read(ReplyClass.class, label);
    }
}
