package org.starttlscensus.store;

import org.starttlscensus.fact.Hostname;

/** The result of requesting one permit. */
public sealed interface CommitAnswer {

    /** The permit is committed; that server may be called. */
    record Granted(long permitId, Hostname mxHost) implements CommitAnswer {}

    /** The server's operator has opted out, perhaps a moment ago. */
    record OptedOut() implements CommitAnswer {}

    /** It was refused, and who asks why finds no reason any more: a wish was taken back in between. Ask again later. */
    record NotNow() implements CommitAnswer {}

    /** Another process has taken the night over: this one may make no more calls. */
    record Fenced() implements CommitAnswer {}
}
