package org.starttlscensus.cli;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxy;
import ch.qos.logback.core.filter.Filter;
import ch.qos.logback.core.spi.FilterReply;

/** Keeps out of the log what {@link Faults} reports at the end in one sentence: a fault that our operator can mend needs no stack trace. */
public final class ReportedFaults extends Filter<ILoggingEvent> {

    @Override
    public FilterReply decide(ILoggingEvent event) {
        return event.getThrowableProxy() instanceof ThrowableProxy proxy && Faults.isOperators(proxy.getThrowable())
                ? FilterReply.DENY : FilterReply.NEUTRAL;
    }
}
