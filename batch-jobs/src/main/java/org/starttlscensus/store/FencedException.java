package org.starttlscensus.store;

/** Another process has taken this night over; this one may call nobody any more. */
public final class FencedException extends RuntimeException {

    FencedException(String message) {
        super(message);
    }
}
