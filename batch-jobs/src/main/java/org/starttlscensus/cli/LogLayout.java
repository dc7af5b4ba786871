package org.starttlscensus.cli;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.LayoutBase;
import java.time.temporal.ChronoUnit;

/**
 * A log line: {@code 2026-11-23T22:00:00.000Z WARN  Dispatcher  message}. One event is one line, even if text of a
 * peer in the message has line feeds. A stack trace follows on lines that begin with a bar, so none of them looks
 * like an event.
 */
public final class LogLayout extends LayoutBase<ILoggingEvent> {

    @Override
    public String doLayout(ILoggingEvent event) {
        var logger = event.getLoggerName();
        var lines = new StringBuilder("%s %-5s %s  %s%n"
                .formatted(
                        event.getInstant().truncatedTo(ChronoUnit.MILLIS),
                        event.getLevel(),
                        Printable.line(logger.substring(logger.lastIndexOf('.') + 1)),
                        Printable.line(event.getFormattedMessage())));
        if (event.getThrowableProxy() != null) {
            ThrowableProxyUtil.asString(event.getThrowableProxy())
                    .lines()
                    .forEach(line -> lines.append("    | ")
                            .append(Printable.line(line.replace("\t", "    ")))
                            .append('\n'));
        }
        return lines.toString();
    }
}
