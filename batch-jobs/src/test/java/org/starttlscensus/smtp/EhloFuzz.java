package org.starttlscensus.smtp;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import org.starttlscensus.fact.EhloShape;
import org.starttlscensus.fact.Octets;

/** Any octets as the lines of an answer to EHLO: STARTTLS is offered where a line behind the first is that keyword, and nowhere else. */
public final class EhloFuzz {

    private static final int MOST_LINES = 100;

    private EhloFuzz() {}

    public static void fuzzerTestOneInput(byte[] sent) {
        var lines =
                new String(sent, StandardCharsets.ISO_8859_1).replace('\r', ' ').split("\n");
        var few = Arrays.copyOf(lines, Math.min(lines.length, MOST_LINES));
        var framed = new StringBuilder("250-mx.example.org\r\n");
        for (var line : few) framed.append("250-").append(line).append("\r\n");
        framed.append("250 HELP\r\n");
        var reply = ReplyParser.parse(Octets.of(framed.toString().getBytes(StandardCharsets.ISO_8859_1)));
        reply.ifPresent(ehlo -> {
            boolean offered = Arrays.stream(few).anyMatch(EhloFuzz::isStarttls);
            if (offered != (EhloShape.of(ehlo) == EhloShape.OFFERED))
                throw new AssertionError(EhloShape.of(ehlo) + " of " + framed);
        });
    }

    private static boolean isStarttls(String line) {
        var shown = line.strip().toUpperCase(Locale.ROOT);
        if (!shown.startsWith("STARTTLS")) return false;
        return shown.length() == 8 || " \t=".indexOf(shown.charAt(8)) >= 0;
    }
}
