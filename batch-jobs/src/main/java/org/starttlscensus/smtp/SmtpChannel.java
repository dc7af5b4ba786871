package org.starttlscensus.smtp;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.starttlscensus.fact.Octets;
import org.starttlscensus.fact.ReplyLine;

/**
 * Sends commands and reads replies over a pair of streams: those of the TCP connection, or those of TLS on it. At most
 * one command is outstanding. Not thread-safe.
 */
final class SmtpChannel {

    /** The most octets read in one call before TLS, and again under TLS. */
    static final int MOST_OCTETS = 96 * 1024;

    private static final int SERVICE_CLOSING = 421;

    private final InputStream in;
    private final OutputStream out;
    private final byte[] buffer = new byte[2048];
    private int next;
    private int end;
    private int received;

    SmtpChannel(InputStream in, OutputStream out) {
        this.in = in;
        this.out = out;
    }

    /**
     * Sends one command and reads its reply. A line with a code that arrived before the command is no reply to it, and
     * then the command is not sent. Lines without a code are passed over, as within a reply. One early reply is valid:
     * a server that must close may send 421 at any moment.
     *
     * @see <a href="https://www.rfc-editor.org/rfc/rfc5321#section-3.8">RFC 5321, section 3.8: 421 to any command</a>
     */
    ReplyRead ask(String command) {
        try {
            if (!passOverLinesWithoutCode()) return unsolicited();
            send(command);
        } catch (IOException lost) {
            return new ReplyRead.ConnectionLost(Octets.NONE);
        }
        return read();
    }

    /** Sends one command even if octets arrived before it, and reads the next reply. */
    ReplyRead askRegardless(String command) {
        try {
            send(command);
        } catch (IOException lost) {
            return new ReplyRead.ConnectionLost(Octets.NONE);
        }
        return read();
    }

    ReplyRead read() {
        var parser = new ReplyParser();
        try {
            while (true) {
                if (next == end && received == MOST_OCTETS) return new ReplyRead.TooMuch(parser.seen());
                if (next == end && !fill()) return new ReplyRead.ConnectionLost(parser.seen());
                switch (parser.take(buffer[next++])) {
                    case MORE -> {}
                    case WHOLE -> {
                        return new ReplyRead.Replied(parser.reply());
                    }
                    case NOT_A_REPLY -> {
                        return new ReplyRead.NoReply(parser.seen());
                    }
                    case TOO_MUCH -> {
                        return new ReplyRead.TooMuch(parser.seen());
                    }
                }
            }
        } catch (IOException lost) {
            return new ReplyRead.ConnectionLost(parser.seen());
        }
    }

    /** What has arrived after the last reply, without the CRs, LFs and blanks before it. Does not wait for more. */
    Octets early() throws IOException {
        while (hasEarlyOctets()) {
            if (next == end && !fill()) break;
            while (next < end && BlanksBeforeTls.isBlank(buffer[next])) next++;
            if (next < end) return Octets.of(Arrays.copyOfRange(buffer, next, end));
        }
        return Octets.NONE;
    }

    int received() {
        return received;
    }

    private ReplyRead unsolicited() {
        var replyRead = read();
        return switch (replyRead) {
            case ReplyRead.Replied(var reply)
            when reply.code() != SERVICE_CLOSING -> new ReplyRead.NoReply(reply.raw());
            case ReplyRead.Replied _, ReplyRead.NoReply _, ReplyRead.TooMuch _, ReplyRead.ConnectionLost _ -> replyRead;
        };
    }

    /**
     * Passes over what has arrived, and does not wait for more. The beginning of a line without a code stays; it will
     * be passed over as the first line of the next reply.
     *
     * @return false at a line that has a code, or may get one
     */
    private boolean passOverLinesWithoutCode() throws IOException {
        while (hasEarlyOctets()) {
            if (next == end && !fill()) return true;
            var lineEnd = next;
            while (lineEnd < end && buffer[lineEnd] != '\n') lineEnd++;
            var line = new String(buffer, next, lineEnd - next, StandardCharsets.ISO_8859_1);
            if (lineEnd == end) return !Character.isDigit(line.charAt(0));
            if (ReplyLine.of(line).isPresent()) return false;
            next = lineEnd + 1;
        }
        return true;
    }

    private boolean hasEarlyOctets() throws IOException {
        return next < end || (received < MOST_OCTETS && in.available() > 0);
    }

    /** Writes the whole line at once, so that no packet carries half a command. */
    private void send(String command) throws IOException {
        out.write(Octets.of(command + "\r\n").toArray());
        out.flush();
    }

    private boolean fill() throws IOException {
        var count = in.read(buffer, 0, Math.min(buffer.length, MOST_OCTETS - received));
        if (count < 0) return false;
        next = 0;
        end = count;
        received += count;
        return true;
    }
}
