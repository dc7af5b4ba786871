package org.starttlscensus.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** Debian's {@code posttls-finger} and {@code openssl s_client}, and what they say of one server in a few words. */
final class OtherSender {

    private static final int MOST_SECONDS = 8;
    private static final String IN_VAIN = "waits in vain";
    private static final List<Path> PLACES = List.of(Path.of("/usr/sbin"), Path.of("/usr/bin"));

    private static final Pattern ESTABLISHED =
            Pattern.compile("(Verified|Trusted|Untrusted|Anonymous) TLS connection established");
    private static final Pattern TURNED_AWAY = Pattern.compile("SMTP service not available: (\\d+)");
    private static final Pattern EHLO_REFUSED = Pattern.compile("EHLO rejected: (\\d+)");
    private static final Pattern STARTTLS_REFUSED = Pattern.compile("STARTTLS rejected: (\\d+)");
    private static final Pattern VERIFIED = Pattern.compile("Verify return code: (\\d+) \\(([^)]*)\\)");

    private OtherSender() {}

    static boolean areInstalled() {
        return List.of("posttls-finger", "openssl").stream()
                .allMatch(tool -> PLACES.stream().anyMatch(place -> Files.isExecutable(place.resolve(tool))));
    }

    /** With opportunistic TLS, as a server sends mail that nothing obliges to more. */
    static String fingerMay(String address, int port) {
        return finger(said(tool("posttls-finger"), "-c", "-l", "may", "-t", "5", "-T", "5", at(address, port)));
    }

    /** As a sender that has to authenticate the server by its name and these roots. */
    static String fingerSecure(String address, int port, String name, Path roots) {
        return finger(said(
                tool("posttls-finger"),
                "-c",
                "-l",
                "secure",
                "-t",
                "5",
                "-T",
                "5",
                "-F",
                roots.toString(),
                at(address, port),
                name));
    }

    static String openssl(String address, int port, String name, Path roots) {
        return client(said(
                tool("openssl"),
                "s_client",
                "-starttls",
                "smtp",
                "-connect",
                address + ":" + port,
                "-servername",
                name,
                "-verify_hostname",
                name,
                "-CAfile",
                roots.toString()));
    }

    private static String tool(String name) {
        return PLACES.stream()
                .map(place -> place.resolve(name))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow()
                .toString();
    }

    private static String at(String address, int port) {
        return "[%s]:%d".formatted(address, port);
    }

    private static String finger(String said) {
        if (said.isBlank()) return "no STARTTLS";
        var tls = ESTABLISHED.matcher(said);
        if (tls.find())
            return "TLS, " + tls.group(1).toLowerCase(Locale.ROOT)
                    + (said.contains("lost connection") ? ", then lost" : "");
        for (var refused : List.of(TURNED_AWAY, EHLO_REFUSED, STARTTLS_REFUSED)) {
            var code = refused.matcher(said);
            if (code.find()) {
                if (code.group(1).equals("0")) return "no SMTP";
                return (refused == TURNED_AWAY
                                ? "turned away"
                                : refused == EHLO_REFUSED ? "EHLO refused" : "STARTTLS refused")
                        + " (" + code.group(1) + ")";
            }
        }
        if (said.contains("SSL_connect error")) return "TLS fails";
        if (said.contains("Connection refused")) return "connection refused";
        if (said.contains("lost connection") || said.contains("Connection reset")) return "connection lost";
        return said.replace('\n', ' ').strip();
    }

    private static String client(String said) {
        if (said.equals(IN_VAIN)) return said;
        if (said.contains("Connection refused")) return "connection refused";
        if (said.contains("Connection reset")) return "connection lost";
        if (said.contains("Didn't find STARTTLS")) return "no STARTTLS"; // it tries all the same, now and then in vain
        if (said.contains("Cipher is (NONE)")) return "TLS fails";
        var verified = VERIFIED.matcher(said);
        if (!verified.find()) return said.replace('\n', ' ').strip();
        return "TLS, " + (verified.group(1).equals("0") ? "verified" : verified.group(2));
    }

    private static String said(String... command) {
        try {
            var output = Files.createTempFile("sender", ".txt");
            try {
                var process = new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectInput(Path.of("/dev/null").toFile())
                        .redirectOutput(output.toFile())
                        .start();
                if (!process.waitFor(MOST_SECONDS, TimeUnit.SECONDS)) {
                    process.destroyForcibly().waitFor();
                    return IN_VAIN;
                }
                return Files.readString(output, StandardCharsets.ISO_8859_1);
            } finally {
                Files.delete(output);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a sender was at work", e);
        }
    }
}
