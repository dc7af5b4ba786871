package org.starttlscensus.store;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.postgresql.copy.CopyOut;
import org.starttlscensus.fact.Address;
import org.starttlscensus.fact.Octets;

/**
 * One row of a COPY in PostgreSQL's binary format. Its fields must be read in the order of the statement's columns.
 *
 * @see <a href="https://www.postgresql.org/docs/18/sql-copy.html#SQL-COPY-BINARY-FORMAT">COPY, binary format</a>
 */
final class CopiedRow {

    private static final long EPOCH_SECOND =
            Instant.parse("2000-01-01T00:00:00Z").getEpochSecond();
    private static final int MICROS_PER_SECOND = 1_000_000;
    private static final int SIGNATURE_AND_FLAGS = 11 + Integer.BYTES;
    private static final int NULL = -1;

    private final ByteBuffer fields;

    private CopiedRow(ByteBuffer fields) {
        this.fields = fields;
    }

    /**
     * Passes every row to the reader. If the reader fails, the remaining rows are read and discarded: a cancellation
     * could reach the server during the connection's next statement.
     */
    static void each(CopyOut copy, Consumer<CopiedRow> reader) throws SQLException {
        try {
            read(copy, reader);
        } catch (RuntimeException | Error e) {
            drain(copy, e);
            throw e;
        }
    }

    /** If a COPY is left open, the connection's next statement waits for ever. */
    private static void drain(CopyOut copy, Throwable failure) {
        try {
            while (copy.isActive()) copy.readFromCopy();
        } catch (SQLException | RuntimeException | Error e) {
            failure.addSuppressed(e);
        }
    }

    private static void read(CopyOut copy, Consumer<CopiedRow> reader) throws SQLException {
        var isFirst = true;
        for (var message = copy.readFromCopy(); message != null; message = copy.readFromCopy()) {
            var octets = ByteBuffer.wrap(message);
            if (isFirst) {
                octets.position(SIGNATURE_AND_FLAGS);
                int extension = octets.getInt();
                octets.position(octets.position() + extension);
                isFirst = false;
            }
            int count = octets.getShort();
            if (count >= 0) reader.accept(new CopiedRow(octets)); // otherwise it is the trailer
        }
    }

    long number() {
        return numberIfAny().orElseThrow();
    }

    /** Reads an integer of two, four or eight octets. */
    OptionalLong numberIfAny() {
        int length = fields.getInt();
        return switch (length) {
            case NULL -> OptionalLong.empty();
            case Short.BYTES -> OptionalLong.of(fields.getShort());
            case Integer.BYTES -> OptionalLong.of(fields.getInt());
            case Long.BYTES -> OptionalLong.of(fields.getLong());
            default -> throw new IllegalStateException("a number of " + length + " octets");
        };
    }

    /** False for NULL. */
    boolean flag() {
        return fields.getInt() != NULL && fields.get() != 0;
    }

    Optional<String> text() {
        int length = fields.getInt();
        if (length == NULL) return Optional.empty();
        var text = new String(fields.array(), fields.arrayOffset() + fields.position(), length, StandardCharsets.UTF_8);
        fields.position(fields.position() + length);
        return Optional.of(text);
    }

    /** Reads numbers in a text, parted by blanks; none for NULL. */
    List<Long> numbers() {
        return text().map(numbers ->
                        Arrays.stream(numbers.split(" ")).map(Long::valueOf).toList())
                .orElse(List.of());
    }

    Address address() {
        return addressIfAny().orElseThrow();
    }

    /** Reads an {@code inet}: family, prefix length, whether it is a cidr, the number of octets, the octets. */
    Optional<Address> addressIfAny() {
        if (fields.getInt() == NULL) return Optional.empty();
        fields.position(fields.position() + 3);
        var octets = new byte[fields.get()];
        fields.get(octets);
        return Optional.of(new Address(Octets.of(octets)));
    }

    Optional<Instant> time() {
        if (fields.getInt() == NULL) return Optional.empty();
        long micros = fields.getLong();
        return Optional.of(Instant.ofEpochSecond(
                EPOCH_SECOND + Math.floorDiv(micros, MICROS_PER_SECOND),
                Math.floorMod(micros, MICROS_PER_SECOND) * 1_000L));
    }
}
