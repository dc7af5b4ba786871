package org.starttlscensus.lists;

import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * Reads a gzip file of one or several members to its end. Java's own stream silently stops at the first octets that are
 * not a member, so a damaged file would give a shorter list.
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
            // The JDK's read calls itself once for each empty member.
            throw new ZipException("thousands of empty gzip members in a row");
        }
        if (read < 0 && (inf.getRemaining() > TRAILER || in.read() >= 0)) {
            throw new ZipException("octets after the last gzip member that are not another member");
        }
        return read;
    }
}
