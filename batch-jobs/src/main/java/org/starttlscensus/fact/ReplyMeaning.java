package org.starttlscensus.fact;

/**
 * What the reply that ended a call means: its class, and whether the peer says that we broke the protocol.
 * This is the one definition of our own fault: the pace and the outcome are both told.
 *
 * @param ownFault only with {@link ReplyClass#OTHER}: a class that explains the refusal explains it better
 */
public record ReplyMeaning(ReplyClass replyClass, boolean ownFault) {

    public static final ReplyMeaning OWN_FAULT = new ReplyMeaning(ReplyClass.OTHER, true);

    public ReplyMeaning {
        if (ownFault && replyClass != ReplyClass.OTHER) {
            throw new IllegalArgumentException(replyClass + " is no fault of ours");
        }
    }

    public static ReplyMeaning of(ReplyClass replyClass) {
        return new ReplyMeaning(replyClass, false);
    }
}
