package org.starttlscensus.fact;

/**
 * The meaning of the reply that ended a call: its class, and whether the peer says that we violated the protocol. This
 * is the only definition of our own fault; both the pace and the outcome depend on it.
 *
 * @param ownFault only with {@link ReplyClass#OTHER}, because every other class already explains the refusal
 */
public record ReplyMeaning(ReplyClass replyClass, boolean ownFault) {

    public static final ReplyMeaning OWN_FAULT = new ReplyMeaning(ReplyClass.OTHER, true);

    public ReplyMeaning {
        if (ownFault && replyClass != ReplyClass.OTHER) {
            throw new IllegalArgumentException("our own fault needs the reply class OTHER, not " + replyClass);
        }
    }

    public static ReplyMeaning of(ReplyClass replyClass) {
        return new ReplyMeaning(replyClass, false);
    }
}
