package org.starttlscensus.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;

/** Converts instants to {@code timestamptz} and back. PostgreSQL stores microseconds. */
final class Times {

    private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");
    /** Later than anything that happened. */
    static final Instant LAST = Instant.parse("9999-12-31T23:59:59Z");

    private Times() {}

    static OffsetDateTime of(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    /** For arrays. A certificate may contain any year; one outside of 1 to 9999 is stored as infinity. */
    static String text(Instant instant) {
        if (instant.isAfter(LAST)) return "infinity";
        return instant.isBefore(EARLIEST) ? "-infinity" : instant.toString();
    }

    static Optional<Instant> read(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, OffsetDateTime.class)).map(OffsetDateTime::toInstant);
    }
}
