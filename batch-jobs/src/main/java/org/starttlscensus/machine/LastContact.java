package org.starttlscensus.machine;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The last call from this machine.
 *
 * @param at not earlier than the start of the last call, and at most a minute later
 */
public record LastContact(CallingDatabase database, Instant at) {

    /** Always as long: written in one piece over the record before, so that no rest of that stays. */
    static final int OCTETS = 1_024;

    private static final String HEAD = "# The database that calls mail servers from this machine, and its last call.";
    private static final Pattern FORM = Pattern.compile(
            Pattern.quote(HEAD) + "\ndatabase=([^\n]+)\nlast=([^\n]{1,40})\nuser=([^\n]+)\nwhere=([^\n]+)\n *\n");

    ByteBuffer octets() {
        var text = "%s\ndatabase=%s\nlast=%s\nuser=%s\nwhere=%s\n"
                .formatted(HEAD, database.identity(), at, database.user(), database.where());
        var octets = new byte[OCTETS];
        Arrays.fill(octets, (byte) ' ');
        var given = text.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(given, 0, octets, 0, given.length);
        octets[OCTETS - 1] = '\n';
        return ByteBuffer.wrap(octets);
    }

    /** Empty if it is not exactly a record as {@link #octets} writes it. */
    static Optional<LastContact> of(byte[] octets) {
        if (octets.length != OCTETS) return Optional.empty();
        var fields = FORM.matcher(new String(octets, StandardCharsets.US_ASCII));
        if (!fields.matches()) return Optional.empty();
        try {
            var database = new CallingDatabase(fields.group(1), fields.group(3), fields.group(4));
            return Optional.of(new LastContact(database, Instant.parse(fields.group(2))))
                    .filter(contact -> Arrays.equals(contact.octets().array(), octets));
        } catch (IllegalArgumentException | DateTimeException e) {
            return Optional.empty();
        }
    }
}
