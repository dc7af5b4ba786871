package org.starttlscensus.lists;

import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * A gzip file of one or several members, read to its very end: Java's own stream takes whatever follows the first members
 * and is no member for the end of the file, so a damaged one would shorten the list in silence.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc1952#section-2.2">RFC 1952, section 2.2: file format</a>
 */
final class Gzip extends GZIPInputStream {

    private static final int TRAILER = 8;

    Gzip(InputStream packed) throws IOException {
        super(packed, 64 * 1024);
    }

    @Override
    public int read(byte[] target, int from, int most) throws IOException {
        int read;
        try {
            read = super.read(target, from, most);
        } catch (StackOverflowError tooDeep) {
            // It calls itself once for each empty member.
            throw new ZipException("thousands of empty gzip members in a row");
        }
        if (read < 0 && (inf.getRemaining() > TRAILER || in.read() >= 0)) {
            throw new ZipException("octets after the last gzip member that are no further member");
        }
        return read;
    }
}
