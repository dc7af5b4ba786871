package org.starttlscensus.lists;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import java.util.zip.ZipException;

/**
 * Reads a gzip file of one or several members to its end. Java's own stream silently stops at the first octets that are
 * not a member, so a damaged file would give a shorter list.
 *
 * <p>Zeros after the last member are padding, as from tapes and block devices, and GNU gzip ignores them too. Anything
 * else there is damage.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc1952#section-2.2">RFC 1952, section 2.2: file format</a>
 * @see <a href="https://www.rfc-editor.org/rfc/rfc1952#section-2.3.1">RFC 1952, section 2.3.1: member header and
 *     trailer</a>
 */
final class Gzip extends InputStream {

    static final int FIRST_OCTET = 0x1f;
    static final int SECOND_OCTET = 0x8b;
    private static final int DEFLATE = 8;
    private static final int HEADER_CHECKSUM = 0x02;
    private static final int EXTRA = 0x04;
    private static final int NAME = 0x08;
    private static final int COMMENT = 0x10;
    private static final int RESERVED = 0xe0;

    private final InputStream packed;
    private final Inflater inflater = new Inflater(true);
    private final CRC32 checksum = new CRC32();
    private final byte[] buffer = new byte[64 * 1024];
    private int at;
    private int end;
    private boolean ended;

    /** Reads the header of the first member. */
    Gzip(InputStream packed) throws IOException {
        this.packed = packed;
        if (octet() != FIRST_OCTET || octet() != SECOND_OCTET) throw new ZipException("no gzip member");
        header();
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int from, int most) throws IOException {
        if (most == 0) return 0;
        while (!ended) {
            int read = inflate(target, from, most);
            if (read > 0) {
                checksum.update(target, from, read);
                return read;
            }
            if (inflater.finished()) {
                at = end - inflater.getRemaining();
                trailer();
                ended = !nextMember();
            } else if (inflater.needsDictionary()) {
                throw new ZipException("a preset dictionary, which gzip does not have");
            } else {
                if (at == end && !fill()) throw tooEarly();
                inflater.setInput(buffer, at, end - at);
                at = end;
            }
        }
        return -1;
    }

    @Override
    public void close() throws IOException {
        inflater.end();
        packed.close();
    }

    private int inflate(byte[] target, int from, int most) throws ZipException {
        try {
            return inflater.inflate(target, from, most);
        } catch (DataFormatException damaged) {
            throw new ZipException(damaged.getMessage());
        }
    }

    /** The header behind the two octets by which a member begins. */
    private void header() throws IOException {
        var header = new CRC32();
        header.update(FIRST_OCTET);
        header.update(SECOND_OCTET);
        if (octet(header) != DEFLATE) throw new ZipException("an unknown method of compression");
        int flags = octet(header);
        if ((flags & RESERVED) != 0) throw new ZipException("unknown flags");
        for (int i = 0; i < 6; i++) octet(header);
        if ((flags & EXTRA) != 0) {
            for (int left = octet(header) | octet(header) << 8; left > 0; left--) octet(header);
        }
        if ((flags & NAME) != 0) skipText(header);
        if ((flags & COMMENT) != 0) skipText(header);
        if ((flags & HEADER_CHECKSUM) != 0) {
            var expected = header.getValue() & 0xffff;
            if ((octet(header) | octet(header) << 8) != expected) throw new ZipException("a corrupt header");
        }
        inflater.reset();
        checksum.reset();
    }

    private void skipText(CRC32 header) throws IOException {
        while (octet(header) != 0) {
            // Name and comment are of no use to us, however long they are.
        }
    }

    private void trailer() throws IOException {
        if (number() != checksum.getValue() || number() != (inflater.getBytesWritten() & 0xffffffffL))
            throw new ZipException("a wrong checksum");
    }

    private long number() throws IOException {
        long number = 0;
        for (int shift = 0; shift < 32; shift += 8) number |= (long) required() << shift;
        return number;
    }

    private boolean nextMember() throws IOException {
        int first = octet();
        if (first == FIRST_OCTET) {
            if (required() != SECOND_OCTET) throw noMember();
            header();
            return true;
        }
        for (int padding = first; padding >= 0; padding = octet()) {
            if (padding != 0) throw noMember();
        }
        return false;
    }

    private static ZipException noMember() {
        return new ZipException("octets after the last gzip member that are not another member");
    }

    private static EOFException tooEarly() {
        return new EOFException("a gzip member without its end");
    }

    private int octet(CRC32 header) throws IOException {
        int octet = required();
        header.update(octet);
        return octet;
    }

    private int required() throws IOException {
        int octet = octet();
        if (octet < 0) throw tooEarly();
        return octet;
    }

    /** The next octet of the file; -1 at its end. */
    private int octet() throws IOException {
        return at < end || fill() ? buffer[at++] & 0xff : -1;
    }

    private boolean fill() throws IOException {
        at = 0;
        end = Math.max(packed.read(buffer), 0);
        return end > 0;
    }
}
