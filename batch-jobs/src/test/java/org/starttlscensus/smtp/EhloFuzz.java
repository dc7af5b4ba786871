package org.starttlscensus.smtp;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import org.starttlscensus.fact.EhloShape;
import org.starttlscensus.fact.Octets;

/** Any octets as a reply to EHLO: STARTTLS is offered if and only if a line after the first is that keyword. */
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
        var keyword = line.strip().toUpperCase(Locale.ROOT);
        if (!keyword.startsWith("STARTTLS")) return false;
        return keyword.length() == 8 || " \t=".indexOf(keyword.charAt(8)) >= 0;
    }
}
