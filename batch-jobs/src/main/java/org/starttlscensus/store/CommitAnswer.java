package org.starttlscensus.store;

import org.starttlscensus.fact.Hostname;

/** What asking for one permit came to. */
public sealed interface CommitAnswer {

    /** It is committed, and allows to call that server. */
    record Granted(long permitId, Hostname mxHost) implements CommitAnswer {}

    /** The server's operator has asked us to stay away, perhaps a moment ago. */
    record OptedOut() implements CommitAnswer {}

    /** Another process has the night: this one may call nobody more. */
    record Fenced() implements CommitAnswer {}
}
