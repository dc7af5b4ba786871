package org.starttlscensus.smtp;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Dialogues as servers of the field hold them, though no standard allows them. Behind each of them is a server that has
 * STARTTLS, and real senders reach its TLS.
 */
public final class LooseReplies {

    private static final String GREETING = "220 mx.example.org ESMTP\r\n";
    private static final String EHLO = "250-mx.example.org\r\n250-SIZE 1000\r\n250-STARTTLS\r\n250 8BITMIME\r\n";
    private static final String GO = "220 2.0.0 go\r\n";

    /** @param blanksLater sent when the ClientHello has arrived */
    public record Replies(String greeting, String ehlo, String starttls, String blanksLater) {

        private Replies(String greeting, String ehlo, String starttls) {
            this(greeting, ehlo, starttls, "");
        }
    }

    private LooseReplies() {}

    /** By name, in the order of the dialogue. */
    public static Map<String, Replies> all() {
        var all = new LinkedHashMap<String, Replies>();
        for (var greeting : new String[] {
            "220\r\n",
            "220 \r\n",
            "220\r\r\n",
            "220 mx\r\r\n",
            "200 mx\r\n",
            "250 mx\r\n",
            "221 mx\r\n",
            "\r\n220 mx\r\n",
            "Welcome to mx\r\n220 mx\r\n",
            "220-mx\r\n\r\n220 ESMTP\r\n",
            "220-mx\r\nno code here\r\n220 ESMTP\r\n",
            "220 mx\r\n\r\n",
            "220 mx\r\nready when you are\r\n",
            "220 mx\r\n\r\n \r\n\n",
            "220 mx\n",
            "554-mx\r\n220 mx\r\n"
        }) all.put("greeting " + shown(greeting), new Replies(greeting, EHLO, GO));
        for (var ehlo : new String[] {
            "251-mx\r\n251 STARTTLS\r\n",
            "250-mx\r\n\r\n250 STARTTLS\r\n",
            "\r\n250-mx\r\n250 STARTTLS\r\n",
            "250-mx\r\nno code here\r\n250-SIZE\r\n250 STARTTLS\r\n",
            "250-mx\r\n250 STARTTLS\r\n\r\n",
            "250-mx\r\n250 STARTTLS\r\nthat is all\r\n",
            "250-mx\r\r\n250 STARTTLS\r\r\n",
            "250-STARTTLS\r\n250 SIZE\r\n",
            "250-STARTTLS\r\n250-PIPELINING\r\n250-8BITMIME\r\n250 SIZE 1000\r\n",
            "250 STARTTLS\r\n",
            "250-mx.example.org STARTTLS\r\n250 SIZE\r\n",
            "250-mx\r\n250 SIZE STARTTLS\r\n",
            "250 mx\r\n",
            "250\r\n",
            "250-mx\r\n250 OK\r\n",
            "250-mx\r\n250 HELP\r\n",
            "250-mx\r\n250-\r\n250 \r\n",
            "250-mx\r\n250-ENHANCEDSTATUSCODES\r\n250 HELP\r\n",
            "250-mx\r\n250-SIZE\r\n250 XXXXXXXA\r\n",
            "250-mx\r\n250-SIZE\r\n250 ********\r\n",
            "250-mx\r\n250-        \r\n250 SIZE\r\n",
            "250-mx\r\n************\r\n250 SIZE\r\n"
        }) all.put("EHLO " + shown(ehlo), new Replies(GREETING, ehlo, GO));
        for (var starttls : new String[] {
            "220\r\n",
            "220\r\r\n",
            "250 ok\r\n",
            "221 go\r\n",
            "220-a\r\n220 b\r\n",
            "\r\n220 go\r\n",
            "please\r\n220 go\r\n",
            "220 go\r\n\r\n",
            "220 go\r\n \r\n\n"
        }) all.put("STARTTLS " + shown(starttls), new Replies(GREETING, EHLO, starttls));
        all.put("STARTTLS with a late CRLF", new Replies(GREETING, EHLO, GO, "\r\n"));
        all.put("STARTTLS with late blanks", new Replies(GREETING, EHLO, GO, " \r\n\n"));
        return all;
    }

    private static String shown(String reply) {
        return reply.replace("\r", "\\r").replace("\n", "\\n");
    }
}
