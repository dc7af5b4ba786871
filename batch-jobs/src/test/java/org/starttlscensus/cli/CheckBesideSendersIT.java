package org.starttlscensus.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.starttlscensus.lab.ServerBehavior.*;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.starttlscensus.fact.Endpoint;
import org.starttlscensus.fact.MailExchange;
import org.starttlscensus.lab.LabDomain;
import org.starttlscensus.lab.ServerBehavior;
import tools.jackson.databind.JsonNode;

/**
 * What a check says of servers of many kinds, beside what Debian's {@code posttls-finger} and {@code openssl s_client}
 * do with them: the table of docs/check.md, section 4. Skipped where these tools are not installed.
 */
class CheckBesideSendersIT {

    private static final List<ServerBehavior> KINDS = List.of(
            TLS_1_3,
            TLS_1_3_HYBRID,
            TLS_1_2,
            TLS_1_0,
            ASKS_CLIENT_CERTIFICATE,
            LOOSE_REPLIES,
            FIRST_LINE,
            EXPIRED,
            WRONG_NAME,
            SELF_SIGNED,
            INCOMPLETE_CHAIN,
            CN_ONLY,
            STRANGE_ROOT,
            CLIENT_CERTIFICATE,
            CLOSES_AFTER_STARTTLS,
            ALERT,
            ONE_PACKET,
            TLS_454,
            STARTTLS_502,
            MUST_ISSUE_STARTTLS,
            NO_STARTTLS,
            HELO_ONLY,
            ONE_LINE,
            MUTED,
            MASKED,
            INJECTED,
            NO_MAIL, // before the refusals of its company, which would suspend it
            NOT_SMTP,
            BLOCKED_554,
            TOO_MANY_TLS_SESSIONS,
            TEMPORARY_421,
            RESETS,
            REFUSES,
            CLOSES_AT_EHLO);

    @TempDir
    private static Path directory;

    private static CheckedLab world;

    /** The rows, in the order of the kinds. */
    private static final List<SenderRow> ROWS = new ArrayList<>();

    @BeforeAll
    static void askAllOfThem() throws Exception {
        assumeTrue(OtherSender.areInstalled(), "posttls-finger (package postfix) or openssl is not installed");
        world = CheckedLab.open(directory);
        int port = Integer.parseInt(world.lab().settings().get("census.smtp.port"));
        var roots = Path.of(world.lab().settings().get("census.tls.trust-store"));
        Map<String, JsonNode> checks = new HashMap<>();
        for (var kind : KINDS) {
            var endpoint = endpoint(kind);
            var name = endpoint.mxHost().ascii();
            var address = endpoint.address().toString();
            var checked = checks.computeIfAbsent(domain(endpoint), CheckBesideSendersIT::check);
            var openssl = CompletableFuture.supplyAsync(() -> OtherSender.openssl(address, port, name, roots));
            ROWS.add(new SenderRow(
                    kind.imitates(),
                    SenderRow.server(checked, address),
                    OtherSender.fingerMay(address, port),
                    OtherSender.fingerSecure(address, port, name, roots),
                    openssl.join()));
        }
    }

    @AfterAll
    static void close() throws Exception {
        if (world != null) world.close();
    }

    private static Endpoint endpoint(ServerBehavior kind) {
        return world.lab().universe().endpoints().entrySet().stream()
                .filter(entry -> entry.getValue() == kind)
                .findFirst()
                .orElseThrow()
                .getKey();
    }

    /** One whose first server it is, if there is one. */
    private static String domain(Endpoint endpoint) {
        return world.lab().universe().domains().stream()
                .filter(domain -> place(domain, endpoint) >= 0)
                .min(Comparator.comparingInt(domain -> place(domain, endpoint)))
                .orElseThrow()
                .domain()
                .ascii();
    }

    private static int place(LabDomain domain, Endpoint endpoint) {
        return domain.exchanges().stream().map(MailExchange::host).toList().indexOf(endpoint.mxHost());
    }

    private static JsonNode check(String domain) {
        var ran = world.census("check", domain, "--json");
        assertEquals(0, ran.exit(), ran::all);
        return Json.MAPPER.readTree(ran.out());
    }

    @Test
    void theTableOfThePageIsWhatTheySay() {
        assertEquals(SenderRow.table(ROWS), SenderRow.tableOfThePage("| server | `census check`"));
    }

    @Test
    void noAnswerContradictsASender() {
        ROWS.forEach(SenderRow::assertNoContradiction);
    }
}
