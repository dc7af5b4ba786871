package org.starttlscensus.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** Debian's {@code posttls-finger} and {@code openssl s_client}, and what they say of one server in a few words. */
final class OtherSender {

    private static final int MOST_SECONDS = 30;
    private static final Pattern FINGER = Pattern.compile("(Verified|Trusted|Untrusted|Anonymous) TLS connection established");

    private OtherSender() {}

    static boolean areInstalled() {
        return List.of("posttls-finger", "openssl").stream()
                .allMatch(tool -> List.of("/usr/bin", "/usr/sbin", "/usr/local/bin").stream()
                        .anyMatch(directory -> Files.isExecutable(Path.of(directory, tool))));
    }

    /** With opportunistic TLS, as a server that sends mail has it. */
    static String fingerMay(String address, int port) throws IOException, InterruptedException {
        return finger(said("/usr/sbin/posttls-finger", "-c", "-l", "may", "-t", "5", "-T", "5", at(address, port)));
    }

    /** As a sender that has to authenticate the server by its name and these roots. */
    static String fingerSecure(String address, int port, String name, Path roots)
            throws IOException, InterruptedException {
        return finger(said(
                "/usr/sbin/posttls-finger", "-c", "-l", "secure", "-t", "5", "-T", "5", "-F", roots.toString(),
                at(address, port), name));
    }

    static String openssl(String address, int port, String name, Path roots) throws IOException, InterruptedException {
        return s_client(said(
                "openssl", "s_client", "-starttls", "smtp", "-connect", address + ":" + port, "-servername", name,
                "-verify_hostname", name, "-CAfile", roots.toString()));
    }

    private static String at(String address, int port) {
        return "[%s]:%d".formatted(address, port);
    }

    static String finger(String said) {
        var found = FINGER.matcher(said);
        return found.find() ? "TLS, " + found.group(1).toLowerCase(java.util.Locale.ROOT) : "RAW " + said;
    }

    static String s_client(String said) {
        return "RAW " + said;
    }

    static String said(String... command) throws IOException, InterruptedException {
        var output = Files.createTempFile("sender", ".txt");
        try {
            var process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectInput(Path.of("/dev/null").toFile())
                    .redirectOutput(output.toFile())
                    .start();
            if (!process.waitFor(MOST_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return "timed out";
            }
            return Files.readString(output, StandardCharsets.ISO_8859_1);
        } finally {
            Files.delete(output);
        }
    }
}
