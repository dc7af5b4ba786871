package org.starttlscensus.store;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.OptionalInt;
import org.postgresql.copy.CopyIn;
import org.starttlscensus.fact.MailDomain;
import org.starttlscensus.fact.Octets;
import org.starttlscensus.postgres.DatabaseException;

/**
 * Writes the lines of a list into COPY, in PostgreSQL's text format. Domains are LDH and excerpts are written as
 * hexadecimal, so a hostile list cannot end a field or a row.
 */
public final class CopyWriter {

    private static final int BUFFERED = 64 * 1024;

    private final CopyIn copy;
    private final ByteArrayOutputStream buffer = new ByteArrayOutputStream(BUFFERED + 1024);

    CopyWriter(CopyIn copy) {
        this.copy = copy;
    }

    public void listed(MailDomain domain, OptionalInt rank) {
        write(domain.ascii() + "\t" + (rank.isPresent() ? Integer.toString(rank.getAsInt()) : "\\N")
                + "\t\\N\t\\N\t\\N\n");
    }

    /** @param reason text of the census, not of the list */
    public void rejected(long number, String reason, Octets excerpt) {
        write("\\N\t\\N\t" + number + "\t" + escaped(reason) + "\t\\\\x" + excerpt.hex() + "\n");
    }

    void flush() throws SQLException {
        copy.writeToCopy(buffer.toByteArray(), 0, buffer.size());
        buffer.reset();
    }

    private void write(String row) {
        buffer.writeBytes(row.getBytes(StandardCharsets.UTF_8));
        if (buffer.size() < BUFFERED) return;
        try {
            flush();
        } catch (SQLException e) {
            throw new DatabaseException(
                    DatabaseException.DatabaseProblem.UNREACHABLE,
                    "the list could not be written to the database (%s). None of it was stored. Run again."
                            .formatted(e.getMessage()),
                    e);
        }
    }

    private static String escaped(String text) {
        return text.replace("\\", "\\\\")
                .replace("\t", "\\t")
                .replace("\n", "\\n")
                .replace("\r", "\\r");
    }
}
