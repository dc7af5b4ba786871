package org.starttlscensus.ondemand;

import org.starttlscensus.fact.MailDomain;

/** A check of somebody who asked to be left out. The message says so, and what to do. */
public final class OptedOutException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private OptedOutException(String message) {
        super(message);
    }

    static OptedOutException of(MailDomain domain) {
        return new OptedOutException("""
                %s, or a name above it, asked to be left out of the census. None of its servers was called. \
                Who is left out, and how we know: census opt-out list""".formatted(domain));
    }
}
