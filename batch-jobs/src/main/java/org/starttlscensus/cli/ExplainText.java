package org.starttlscensus.cli;

import java.io.PrintWriter;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.starttlscensus.fact.Address;
import org.starttlscensus.fact.CensusNight;
import org.starttlscensus.fact.HostAddresses;
import org.starttlscensus.politeness.Charged;
import org.starttlscensus.store.ExplainedDomain;
import org.starttlscensus.store.ExplainedHost;
import org.starttlscensus.store.ExplainedServer;
import org.starttlscensus.verdict.ChainJudge;
import org.starttlscensus.verdict.Outcome;

/** An explanation as text for people. */
final class ExplainText {

    private final PrintWriter out;
    private final Optional<Instant> prunedAt;
    private final Optional<ChainJudge> chains;
    private final ExplainCall calls;

    /** @param prunedAt when the night's contacts were pruned; empty: they are kept */
    ExplainText(PrintWriter out, Optional<Instant> prunedAt, Optional<ChainJudge> chains) {
        this.out = out;
        this.prunedAt = prunedAt;
        this.chains = chains;
        this.calls = new ExplainCall(out, chains);
    }

    void print(CensusNight night, ExplainedDomain explained) {
        out.printf("%s, night %s%n%n", explained.domain(), night);
        fact(
                "lists",
                explained.listings().stream()
                        .map(listing -> listing.listId()
                                + listing.rank()
                                        .map(rank -> " (rank %,d)".formatted(rank))
                                        .orElse(""))
                        .collect(Collectors.joining(", ")));
        fact("route", explained.route().map(ExplainText::words).orElse("not resolved yet"));
        explained.hosts().forEach(this::summary);
        explained.hosts().forEach(this::servers);
        out.println();
        explained
                .verdict()
                .ifPresentOrElse(
                        this::verdict,
                        () -> out.printf(
                                "Verdict on %s: none yet, because the night is not judged.%n", explained.domain()));
    }

    void print(CensusNight night, ExplainedHost host) {
        out.printf("Mail host %s, night %s%n%n", host.host(), night);
        summary(host);
        servers(host);
    }

    private static String words(ExplainedDomain.FoundRoute found) {
        return "%s: %s%s"
                .formatted(
                        found.route().label(),
                        CallWords.of(found.route()),
                        found.since()
                                .map(night -> " (so since night %s)".formatted(night))
                                .orElse(""));
    }

    private void summary(ExplainedHost host) {
        var found = host.addresses().isEmpty()
                ? host.status().map(ExplainText::words).orElse("addresses not resolved yet")
                : host.addresses().stream().map(Address::toString).collect(Collectors.joining(", "));
        fact(
                host.preference().map(preference -> "MX " + preference).orElse("addresses"),
                "%s  %s%s%s%s"
                        .formatted(
                                host.host(),
                                found,
                                host.seen() > host.addresses().size()
                                        ? ", %d of %d"
                                                .formatted(host.addresses().size(), host.seen())
                                        : "",
                                host.aliases().isEmpty() ? "" : ", alias of " + String.join(", ", host.aliases()),
                                host.since()
                                        .map(night -> " (so since night %s)".formatted(night))
                                        .orElse("")));
    }

    private static String words(HostAddresses.Status status) {
        return switch (status) {
            case FOUND -> "found";
            case NO_ADDRESS -> "no address";
            case NXDOMAIN -> "no such name";
            case SERVFAIL -> "the DNS gave no usable answer tonight";
            case MALFORMED -> "the DNS answer tonight could not be read";
            case TIMEOUT -> "the DNS did not answer in time tonight";
            case BOGUS -> "the DNS answer tonight did not pass DNSSEC";
        };
    }

    private void servers(ExplainedHost host) {
        host.servers().forEach(server -> {
            out.printf(
                    "%n%s [%s]%n", server.endpoint().mxHost(), server.endpoint().address());
            fact(
                    "plan",
                    server.plan()
                            .map(ExplainText::words)
                            .or(() -> prunedAt.map(PrunedWords::ofCalls))
                            .orElse("not in the night's plan: no listed domain leads here, "
                                    + "or the domain has more than 20 servers"));
            server.plan().ifPresent(plan -> {
                fact(
                        "provider",
                        "%s (%s)".formatted(Printable.line(plan.provider()), CallWords.of(plan.providerSource())));
                fact("refusals", CallWords.of(Charged.of(plan.providerSource())));
            });
            calls.printAll(server.calls(), server.verdict().isPresent());
            if (!server.calls().isEmpty()) out.println();
            else prunedAt.ifPresent(at -> fact("calls", PrunedWords.ofCalls(at)));
            fact("verdict", server.verdict().map(ExplainText::words).orElse("none yet"));
            server.verdict().ifPresent(verdict -> {
                fact("STARTTLS", OutcomeWords.of(verdict.starttls()));
                caveats(server, Outcome.of(verdict.outcome()))
                        .forEach(caveat -> fact("but", caveat.words() + ". To do: " + caveat.advice()));
            });
        });
    }

    /** The same that a check says behind "yes, but". */
    private List<Caveat> caveats(ExplainedServer server, Outcome outcome) {
        var seen = server.calls().stream()
                .flatMap(call -> call.observation().stream())
                .map(call -> JudgedCall.of(call, chains))
                .toList();
        return Caveats.of(outcome, JudgedCall.decisive(seen), seen.size() == 1);
    }

    private static String words(ExplainedServer.Plan plan) {
        var role = plan.isImplicit() ? "an implicit MX" : plan.isPrimary() ? "a primary" : "a backup";
        return plan.notAttempted()
                .map(reason -> "%s, not to be called: %s%s%s"
                        .formatted(
                                role,
                                reason.label(),
                                plan.detail()
                                        .map(detail -> " (" + Printable.line(Durations.inWords(detail)) + ")")
                                        .orElse(""),
                                plan.donor()
                                        .map(donor ->
                                                "; results that do not depend on the name are taken from " + donor)
                                        .orElse("")))
                .orElse(role + ", to be called");
    }

    private static String words(ExplainedServer.ExplainedServerVerdict verdict) {
        return "%s: %s%s%s%s%s%s"
                .formatted(
                        verdict.outcome(),
                        OutcomeWords.of(Outcome.of(verdict.outcome())),
                        verdict.detail()
                                .map(detail -> " (" + Printable.line(Durations.inWords(detail)) + ")")
                                .orElse(""),
                        verdict.chain()
                                .map(chain -> "; chain " + chain + (verdict.weak() ? ", weak" : ""))
                                .orElse(""),
                        verdict.nameMatch().map(name -> "; name " + name).orElse(""),
                        verdict.revoked()
                                .map(revoked ->
                                        "; " + (revoked ? "revoked" : "not revoked") + " by its stapled response")
                                .orElse(""),
                        verdict.flags().isEmpty() ? "" : "; flags " + String.join(", ", verdict.flags()));
    }

    private void verdict(ExplainedDomain.ExplainedDomainVerdict verdict) {
        out.println(
                "Verdict: do its mail hosts offer STARTTLS? (\"unknown\" means: we could not find out, not \"no\")");
        out.printf("  %-30s %s%n", "at least one host (any)", OutcomeWords.of(verdict.any()));
        out.printf("  %-30s %s%n", "best preference (primary)", OutcomeWords.of(verdict.primary()));
        out.printf("  %-30s %s%n", "every host we reached (all)", OutcomeWords.of(verdict.allReachable()));
        fact(
                "measured",
                switch (verdict.measured()) {
                    case OWN ->
                        "at its own servers"
                                + verdict.observedAt()
                                        .map(at -> ", last at " + at)
                                        .orElse("");
                    case INHERITED -> "under other host names on the same addresses";
                    case NONE -> "not in this night: no server was or could be called";
                });
        if (verdict.truncated()) fact("truncated", "it has more hosts, addresses or servers than the census uses");
        if (verdict.mixedProvider()) fact("mixed", "its hosts belong to more than one provider");
    }

    private void fact(String label, String text) {
        out.printf("  %-10s %s%n", label, text);
    }
}
