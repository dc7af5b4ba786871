package org.starttlscensus.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.starttlscensus.fact.Counted;
import org.starttlscensus.fact.Hostname;
import org.starttlscensus.fact.Observation;
import org.starttlscensus.fact.Provider;
import org.starttlscensus.politeness.Charged;
import org.starttlscensus.store.ExplainedAddress;
import org.starttlscensus.store.ExplainedServer;
import org.starttlscensus.store.PermitSignal;
import org.starttlscensus.store.StandingBlock;
import org.starttlscensus.store.StandingBlocks.RefusedCall;
import org.starttlscensus.store.StandingWait;
import org.starttlscensus.verdict.ChainJudge;

/** For postmasters: which calls the census made to an address, when, and why. */
final class ExplainAddress {

    private static final int MOST_NIGHTS = 30;
    private static final int MOST_NAMES = 5;

    private final ExplainedAddress explained;
    private final boolean isNightOver;
    private final Optional<Instant> prunedAt;
    private final Optional<ChainJudge> chains;
    private final List<Skip> skips;
    private final List<StandingWait> waits;
    private final List<String> now;
    private final List<Connection> connections;

    /** A block for which it is left out on later nights, and the reply that led to it. */
    record Skip(StandingBlock block, Optional<RefusedCall> refusal) {}

    /** A call to the address, made for one of its host names. */
    private record Connection(Hostname host, ExplainedServer.ExplainedCall call) {
        Instant at() {
            return call.observation().map(Observation::startedAt).orElse(call.startAt());
        }

        boolean wasMade() {
            return !call.signal().equals(Optional.of(PermitSignal.Unreported.NOT_DIALLED));
        }
    }

    ExplainAddress(
            ExplainedAddress explained,
            boolean isNightOver,
            Optional<Instant> prunedAt,
            Optional<ChainJudge> chains,
            List<Skip> skips,
            List<StandingWait> waits,
            List<String> now) {
        this.explained = explained;
        this.isNightOver = isNightOver;
        this.prunedAt = prunedAt;
        this.chains = chains;
        this.skips = List.copyOf(skips);
        this.waits = List.copyOf(waits);
        this.now = List.copyOf(now);
        this.connections = explained.names().stream()
                .flatMap(name -> name.server().calls().stream()
                        .map(call -> new Connection(name.server().endpoint().mxHost(), call)))
                .filter(Connection::wasMade)
                .sorted(Comparator.comparing(Connection::at))
                .toList();
    }

    /** @param more what the next command needs to use the same database */
    void print(PrintWriter out, String more) {
        out.printf("%s in night %s%n%n", explained.address(), explained.night());
        providers().ifPresent(names -> out.printf("  %-11s %s%n", "provider", Printable.line(names)));
        charged().forEach(who -> out.printf("  %-11s %s%n", "refusals", CallWords.of(who)));
        now.forEach(words -> out.printf("  %-11s %s%n", "now", words));
        skips.forEach(skip -> {
            out.printf("  %-11s %s %s%n", "left out", who(skip.block()), SkipWords.of(skip.block()));
            skip.refusal().ifPresent(call -> out.printf("  %-11s %s%n", "its reply", SkipWords.of(call)));
        });
        waits.forEach(wait -> out.printf(
                "  %-11s %s %s%n",
                "left out",
                wait.isOfProvider() ? Printable.line(wait.provider()) : "this address",
                SkipWords.withNight(wait)));
        out.printf("  %-11s %s%n", "network", explained.address().prefix());
        out.printf(
                "  %-11s %s%n",
                "connections",
                connections.isEmpty()
                        ? prunedAt.map(PrunedWords::ofCalls).orElse("none")
                        : "%,d; we send only EHLO, STARTTLS if it is offered, EHLO again, and QUIT"
                                .formatted(connections.size()));
        connections.forEach(connection -> out.printf(
                "    %-30s %-10s %s%s%n",
                connection.at(),
                took(connection),
                connection.host(),
                connection
                        .call()
                        .signal()
                        .map(signal -> ": " + CallWords.of(signal))
                        .orElse("")));
        shortestGap()
                .ifPresent(gap -> out.printf(
                        "  %-11s at least %s from the start of one connection to the start of the next%n",
                        "apart", Durations.of(gap)));
        out.printf(
                "%nWhy: mail to these domains is delivered to this address, and we measure if it can be encrypted.%n");
        if (prunedAt.isPresent()) out.println("  Which domains these were is no longer kept.");
        explained.names().forEach(name -> why(out, name));
        notCalled(out);
        var calls = new ExplainCall(out, chains);
        connections.forEach(connection -> {
            out.printf("%n%s [%s]%n", connection.host(), explained.address());
            calls.print(connection.call(), sequel(connection));
        });
        otherNights(out, more);
    }

    private ExplainCall.Sequel sequel(Connection connection) {
        var isCalledAgain = connections.stream()
                .filter(other -> other.host().equals(connection.host()))
                .anyMatch(other -> other.call().attempt() > connection.call().attempt());
        if (isCalledAgain) return ExplainCall.Sequel.CALLED_AGAIN;
        return isNightOver ? ExplainCall.Sequel.NONE : ExplainCall.Sequel.AWAITED;
    }

    private static void why(PrintWriter out, ExplainedAddress.Name name) {
        if (name.domains() == 0) {
            out.printf(
                    "  %s is a mail host of a domain that was checked on request (census check)%n",
                    name.server().endpoint().mxHost());
            return;
        }
        out.printf(
                "  %s is a mail host of %,d listed %s%n",
                name.server().endpoint().mxHost(), name.domains(), name.domains() == 1 ? "domain" : "domains");
        name.examples()
                .forEach(example -> out.printf(
                        "    %s on %s%n", Printable.line(example.domain()), Printable.line(example.lists())));
        if (name.domains() > name.examples().size())
            out.printf("    and %,d more%n", name.domains() - name.examples().size());
    }

    private static String who(StandingBlock block) {
        return block.provider().map(Printable::line).orElse("this address");
    }

    private void notCalled(PrintWriter out) {
        explained.notCalled().stream()
                .limit(MOST_NAMES)
                .forEach(name -> out.printf(
                        "  %s is a mail host too, but was not called by that name: %s%s%n",
                        name.host(),
                        CallWords.of(name.reason()),
                        name.detail()
                                .map(detail -> " (" + Printable.line(detail) + ")")
                                .orElse("")));
        if (explained.notCalled().size() > MOST_NAMES)
            out.printf(
                    "  The plan has %s of this address, by which it was not called.%n",
                    Counted.of(explained.notCalled().size() - MOST_NAMES, "more host name", "more host names"));
    }

    private void otherNights(PrintWriter out, String more) {
        var others = others();
        if (others.isEmpty()) return;
        out.printf(
                "%nOther nights: %s%s%n",
                others.stream().limit(MOST_NIGHTS).map(ExplainAddress::words).collect(Collectors.joining(", ")),
                others.size() > MOST_NIGHTS ? ", and %,d more".formatted(others.size() - MOST_NIGHTS) : "");
        out.printf(
                "See one with: census explain --address %s --night %s%s%n",
                explained.address(), others.getFirst().night(), more);
    }

    private static String words(ExplainedAddress.Night night) {
        return "%s (%s)"
                .formatted(
                        night.night(),
                        night.connections()
                                .map(many -> Counted.of(many, "connection"))
                                .orElse("connections no longer kept"));
    }

    private List<ExplainedAddress.Night> others() {
        return explained.nights().stream()
                .filter(night -> !night.night().equals(explained.night()))
                .toList();
    }

    private Optional<String> providers() {
        var names = explained.providers().stream().map(Provider::key).distinct().collect(Collectors.joining(", "));
        return names.isEmpty() ? Optional.empty() : Optional.of(names);
    }

    /** Who is charged with a refusal; both only where its names belong to several providers. */
    private List<Charged> charged() {
        return explained.providers().stream()
                .map(provider -> Charged.of(provider.source()))
                .distinct()
                .sorted()
                .toList();
    }

    private static String took(Connection connection) {
        return connection
                .call()
                .observation()
                .map(seen -> Durations.of(Duration.between(seen.startedAt(), seen.endedAt())))
                .orElse("?");
    }

    private Optional<Duration> shortestGap() {
        Optional<Duration> shortest = Optional.empty();
        for (int i = 1; i < connections.size(); i++) {
            var gap = Duration.between(
                    connections.get(i - 1).at(), connections.get(i).at());
            if (shortest.isEmpty() || gap.compareTo(shortest.get()) < 0) shortest = Optional.of(gap);
        }
        return shortest;
    }

    AddressExplanationJson asJson() {
        return new AddressExplanationJson(
                explained.address().toString(),
                explained.address().prefix(),
                explained.night().date(),
                prunedAt,
                providers(),
                Optional.of(charged().stream().map(Charged::label).collect(Collectors.joining(", ")))
                        .filter(who -> !who.isEmpty()),
                skips.stream()
                        .map(skip -> StandingBlockJson.of(skip.block(), skip.refusal()))
                        .toList(),
                waits.stream().map(AskedWaitJson::of).toList(),
                connections.stream().map(this::asJson).toList(),
                explained.names().stream().map(AddressNameJson::of).toList(),
                explained.notCalled().size(),
                others().stream().map(OtherNightJson::of).toList());
    }

    private ConnectionJson asJson(Connection connection) {
        return new ConnectionJson(
                connection.host().ascii(),
                connection.call().observation().map(Observation::endedAt),
                AttemptJson.of(connection.call(), chains));
    }
}
