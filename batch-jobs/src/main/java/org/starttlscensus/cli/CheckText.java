package org.starttlscensus.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.starttlscensus.fact.Ending;
import org.starttlscensus.fact.HostAddresses;
import org.starttlscensus.fact.TlsSession;
import org.starttlscensus.ondemand.CheckedDomain;
import org.starttlscensus.verdict.ChainJudge;

/** The result of a check as text: what was tried, what was seen, what it means, what to do. */
final class CheckText {

    private static final int MOST_OF_A_REPLY = 200;

    private final PrintWriter out;
    private final Optional<ChainJudge> chains;
    private final boolean evidence;

    /** @param evidence whether every call is also shown phase by phase */
    CheckText(PrintWriter out, Optional<ChainJudge> chains, boolean evidence) {
        this.out = out;
        this.chains = chains;
        this.evidence = evidence;
    }

    void print(CheckedDomain checked, List<MeasuredServer> servers, Answers answers) {
        var domain = checked.route().domain();
        out.printf("%s%n%n", domain);
        fact(
                "route",
                "%s: %s"
                        .formatted(
                                checked.route().route().label(),
                                CallWords.of(checked.route().route())));
        checked.route().hosts().stream()
                .filter(host -> host.status() != HostAddresses.Status.FOUND)
                .forEach(host -> fact(
                        "",
                        "%s: no address (%s)"
                                .formatted(host.host(), host.status().label())));
        if (checked.route().truncated())
            fact(
                    "",
                    "of %,d MX hosts only the first %,d were used"
                            .formatted(
                                    checked.route().seen(),
                                    checked.route().exchanges().size()));
        servers.forEach(this::print);
        out.printf("%n%s%n", servers.isEmpty() ? withoutServers(checked) : CheckWords.answer(domain.ascii(), answers));
        out.flush();
    }

    private static String withoutServers(CheckedDomain checked) {
        return "There is no mail server to call: %s."
                .formatted(CallWords.of(checked.route().route()));
    }

    private void print(MeasuredServer server) {
        out.printf(
                "%n%s [%s], MX preference %d%n",
                server.server().endpoint().mxHost(),
                server.server().endpoint().address(),
                server.server().preference());
        fact("tried", CheckWords.of(server.server().finding()));
        server.decisive().ifPresent(call -> fact("seen", seen(call)));
        fact("STARTTLS", OutcomeWords.of(server.starttls()));
        server.outcome()
                .ifPresent(outcome -> fact("means", "%s: %s".formatted(outcome.label(), OutcomeWords.of(outcome))));
        server.chain().ifPresent(chain -> fact("", "chain %s: %s".formatted(chain.label(), OutcomeWords.of(chain))));
        if (server.outcome().isPresent()) server.advice().forEach(words -> fact("to do", words));
        if (evidence) server.calls().forEach(new ExplainCall(out, chains)::print);
    }

    private static String seen(JudgedCall call) {
        var what = call.seen()
                .shown()
                .map(CheckText::words)
                .or(() -> call.seen()
                        .lastReply()
                        .map(last -> "it replied \""
                                + Printable.peer(last.raw(), MOST_OF_A_REPLY)
                                        .replace("\\x0D\\x0A", " ")
                                        .strip() + "\""));
        return "%s: %sthe call %s %s"
                .formatted(
                        call.seen().startedAt(),
                        what.map(words -> words + "; ").orElse(""),
                        call.seen().ending() == Ending.COMPLETED ? "went" : "ended",
                        CallWords.ending(call.seen()));
    }

    private static String words(TlsSession tls) {
        return List.of(
                        tls.version().label(),
                        tls.cipherSuite(),
                        tls.keyExchangeGroup().orElse("no key exchange group"))
                .stream()
                .collect(Collectors.joining(", "));
    }

    private void fact(String label, String text) {
        out.printf("  %-10s %s%n", label, text);
    }
}
