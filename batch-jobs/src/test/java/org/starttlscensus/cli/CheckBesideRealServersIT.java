package org.starttlscensus.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.starttlscensus.store.EmptyDatabase;

/**
 * What a check says of Debian's Postfix, Exim and OpenSMTPD in many set-ups, beside what {@code posttls-finger} and
 * {@code openssl s_client} do with them: the second table of docs/check.md, section 4.
 *
 * <p>Runs where {@code .ci/real-parts} has started them and {@code -Dcensus.real-parts=FILE} says where its facts are.
 */
@EnabledIfSystemProperty(
        named = "census.real-parts",
        matches = ".+",
        disabledReason = "no real mail servers: start them with .ci/real-parts, then pass -Dcensus.real-parts=FILE")
class CheckBesideRealServersIT {

    /** By the words of .ci/neighbours-postfix, .ci/neighbours-exim and .ci/neighbours-opensmtpd. */
    private static final List<String> SERVERS = List.of(
            "certificate ec256",
            "certificate rsa2048",
            "TLS 1.0 only",
            "TLS 1.1 only",
            "TLS 1.2 with RSA key exchange only",
            "certificate expired",
            "certificate wrong",
            "certificate self",
            "certificate alone",
            "certificate strange",
            "certificate rsa1024",
            "asks for a client certificate",
            "wants a client certificate",
            "wants a client certificate, TLS 1.2",
            "anonymous suites only",
            "no certificate",
            "does not know the STARTTLS it offers",
            "hides STARTTLS",
            "masked greeting",
            "postscreen",
            "no TLS",
            "muted",
            "at the connection: 554 5.7.1 Access denied",
            "at the connection: 450 4.7.1 You are greylisted, try again later",
            "Exim, certificate ec256",
            "Exim, TLS 1.0 only",
            "Exim, TLS 1.1 only",
            "Exim, certificate expired",
            "Exim, certificate wrong",
            "Exim, certificate self",
            "Exim, certificate alone",
            "Exim, certificate strange",
            "Exim, certificate rsa1024",
            "Exim, wants a client certificate",
            "Exim, certificate missing",
            "Exim, no TLS",
            "OpenSMTPD, certificate rsa2048",
            "OpenSMTPD, certificate expired",
            "OpenSMTPD, certificate wrong",
            "OpenSMTPD, certificate self",
            "OpenSMTPD, certificate alone",
            "OpenSMTPD, certificate strange",
            "OpenSMTPD, wants a client certificate",
            "OpenSMTPD, TLS is mandatory",
            "OpenSMTPD, no TLS");

    @TempDir
    private static Path directory;

    private static final Properties FACTS = new Properties();

    private static final List<SenderRow> ROWS = new ArrayList<>();

    @BeforeAll
    static void askAllOfThem() throws IOException {
        var file = Path.of(System.getProperty("census.real-parts")).resolveSibling("neighbours.properties");
        try (var reader = Files.newBufferedReader(file)) {
            FACTS.load(reader);
        }
        int port = Integer.parseInt(FACTS.getProperty("setting.census.smtp.port"));
        var roots = Path.of(FACTS.getProperty("setting.census.tls.trust-store"));
        try (var _ = EmptyDatabase.in(directory.resolve("pg"))) {
            for (var server : SERVERS) {
                int number = number(server);
                var address = "127.41.%d.1".formatted(number);
                var name = "mx.apart%d.test".formatted(number);
                var checked = check("apart%d.test".formatted(number));
                var openssl = CompletableFuture.supplyAsync(() -> OtherSender.openssl(address, port, name, roots));
                ROWS.add(new SenderRow(
                        words(server),
                        SenderRow.server(Json.MAPPER.readTree(checked.out()), address),
                        OtherSender.fingerMay(address, port),
                        OtherSender.fingerSecure(address, port, name, roots),
                        openssl.join()));
            }
        }
    }

    private static int number(String server) {
        return FACTS.stringPropertyNames().stream()
                .filter(key ->
                        key.startsWith("server.") && FACTS.getProperty(key).equals(server))
                .mapToInt(key -> Integer.parseInt(key.substring("server.".length())))
                .min()
                .orElseThrow(() -> new AssertionError(".ci/real-parts starts no server \"" + server + "\""));
    }

    /** Those without another name are Postfix. */
    private static String words(String server) {
        return server.startsWith("Exim, ") || server.startsWith("OpenSMTPD, ") ? server : "Postfix, " + server;
    }

    private static Terminal check(String domain) {
        var arguments = new ArrayList<>(List.of("check", domain, "--json"));
        arguments.addAll(List.of("--set", "census.database.directory=" + directory.resolve("pg")));
        FACTS.stringPropertyNames().stream()
                .filter(key -> key.startsWith("setting."))
                .forEach(key -> arguments.addAll(
                        List.of("--set", key.substring("setting.".length()) + "=" + FACTS.getProperty(key))));
        var ran = Terminal.run(arguments.toArray(String[]::new));
        assertEquals(0, ran.exit(), ran::all);
        return ran;
    }

    @Test
    void theTableOfThePageIsWhatTheySay() {
        assertEquals(SenderRow.table(ROWS), SenderRow.tableOfThePage("| real server | `census check`"));
    }

    @Test
    void noAnswerContradictsASender() {
        ROWS.forEach(SenderRow::assertNoContradiction);
    }
}
