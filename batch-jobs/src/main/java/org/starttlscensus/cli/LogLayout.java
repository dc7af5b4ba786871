package org.starttlscensus.cli;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.LayoutBase;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * A log line: {@code 2026-11-23T22:00:00.000Z WARN  Dispatcher  message}; without the time where every line of stderr
 * has one. One event is one line, even if text of a peer in the message has line feeds. A stack trace follows on lines
 * that begin with a bar, so none of them looks like an event. What the operator can mend has no trace, only the words
 * of what was seen; {@code --trace} adds it.
 */
public final class LogLayout extends LayoutBase<ILoggingEvent> {

    private final boolean withTime;

    public LogLayout() {
        this(!StampedLines.areWanted());
    }

    LogLayout(boolean withTime) {
        this.withTime = withTime;
    }

    @Override
    public String doLayout(ILoggingEvent event) {
        var logger = event.getLoggerName();
        var lines = new StringBuilder("%s%-5s %s  %s"
                .formatted(
                        withTime ? event.getInstant().truncatedTo(ChronoUnit.MILLIS) + " " : "",
                        event.getLevel(),
                        Printable.line(logger.substring(logger.lastIndexOf('.') + 1)),
                        Printable.line(event.getFormattedMessage())));
        var expected = expected(event);
        expected.ifPresent(words -> lines.append(": ").append(Printable.line(words)));
        lines.append('\n');
        if (event.getThrowableProxy() != null && (expected.isEmpty() || GenericOptions.isTraceWanted())) {
            ThrowableProxyUtil.asString(event.getThrowableProxy())
                    .lines()
                    .forEach(line -> lines.append("    | ")
                            .append(Printable.line(line.replace("\t", "    ")))
                            .append('\n'));
        }
        return lines.toString();
    }

    private static Optional<String> expected(ILoggingEvent event) {
        return event.getThrowableProxy() instanceof ThrowableProxy proxy
                ? Faults.surroundings(proxy.getThrowable())
                : Optional.empty();
    }
}
