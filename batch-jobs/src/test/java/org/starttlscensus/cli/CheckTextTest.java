package org.starttlscensus.cli;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Gatherers;
import org.junit.jupiter.api.Test;
import org.starttlscensus.Observations;
import org.starttlscensus.fact.CallPhase;
import org.starttlscensus.fact.CensusNight;
import org.starttlscensus.fact.Ending;
import org.starttlscensus.fact.HostAddresses;
import org.starttlscensus.fact.MailExchange;
import org.starttlscensus.fact.MailRoute;
import org.starttlscensus.fact.Observation;
import org.starttlscensus.fact.ProbeKind;
import org.starttlscensus.fact.ReplyClass;
import org.starttlscensus.fact.Route;
import org.starttlscensus.ondemand.CheckedDomain;
import org.starttlscensus.ondemand.CheckedServer;
import org.starttlscensus.ondemand.CheckedServer.Finding;
import org.starttlscensus.store.ExplainedServer;
import org.starttlscensus.store.PermitSignal;
import org.starttlscensus.verdict.ChainJudge;
import org.starttlscensus.verdict.Outcome;
import org.starttlscensus.verdict.TrustStore;

class CheckTextTest {

    private static final CensusNight NIGHT = CensusNight.of("2026-11-23");
    private static final Optional<ChainJudge> CHAINS = Optional.of(new ChainJudge(TrustStore.mozilla()));

    private static MeasuredServer server(int number, Observation seen) {
        var call = JudgedCall.of(seen, CHAINS);
        return new MeasuredServer(
                new CheckedServer(StoredNight.endpoint(number), 10, new Finding.Called(NIGHT)),
                List.of(new ExplainedServer.ExplainedCall(
                        1,
                        1,
                        false,
                        Instant.EPOCH,
                        Optional.of(new PermitSignal.Classified(ReplyClass.OK)),
                        Optional.of("rule"),
                        Optional.empty(),
                        Optional.of(seen),
                        ProbeKind.STANDARD,
                        Optional.empty())),
                Optional.of(call.alone().outcome()),
                Optional.of(call));
    }

    private static CheckedDomain checked(List<MeasuredServer> servers) {
        var endpoint = StoredNight.endpoint(0);
        return new CheckedDomain(
                NIGHT,
                new MailRoute(
                        StoredNight.domain(0),
                        Route.MX,
                        List.of(new MailExchange(10, endpoint.mxHost())),
                        1,
                        List.of(new HostAddresses(
                                endpoint.mxHost(),
                                HostAddresses.Status.FOUND,
                                List.of(),
                                List.of(endpoint.address()),
                                1))),
                servers.stream().map(MeasuredServer::server).toList());
    }

    private static String text(List<MeasuredServer> servers) {
        var out = new StringWriter();
        new CheckText(new PrintWriter(out), CHAINS, true)
                .print(checked(servers), servers, Answers.of(checked(servers).route(), servers));
        return out.toString();
    }

    @Test
    void noControlCharacterOfAServerIsPrinted() {
        HostileText.sequences().stream().gather(Gatherers.windowFixed(10)).forEach(some -> {
            var servers = List.of(
                    server(0, HostileServer.seen(StoredNight.endpoint(0), some)),
                    server(
                            1,
                            Observations.replied(
                                            CallPhase.BANNER,
                                            "554 "
                                                    + HostileText.octets(String.join(" ", some))
                                                            .replaceAll("[\r\n]", ""))
                                    .build()));
            var text = text(servers);
            assertTrue(text.contains("before "), text);
            assertTrue(HostileText.isHarmless(text), () -> Printable.of(text));
            var json = Json.write(CheckJson.of(
                    checked(servers), servers, Answers.of(checked(servers).route(), servers)));
            assertTrue(HostileText.isHarmless(json), () -> Printable.of(json));
        });
    }

    @Test
    void aServerThatCouldNotBeCalledDoesNotChangeTheAnswer() {
        var yes = server(0, Observations.ended(CallPhase.QUIT, Ending.COMPLETED).build());
        var blocked = server(
                1,
                Observations.replied(CallPhase.BANNER, "554 5.7.1 your address is blocked")
                        .build());
        assertTrue(text(List.of(yes, blocked))
                .contains("Yes: every server of d0.example.org that we reached offers STARTTLS."));
        assertTrue(text(List.of(blocked)).contains("We could not find out"));
        assertFalse(text(List.of(blocked)).contains("No:"));
    }

    @Test
    void anyOutcomeHasItsWordsAndItsAdvice() {
        for (var outcome : Outcome.values()) {
            assertFalse(Advice.of(outcome).isBlank());
            assertFalse(OutcomeWords.of(outcome).isBlank());
            if (outcome.starttls().isEmpty())
                assertFalse(OutcomeWords.of(outcome).startsWith("no STARTTLS:"), outcome::label);
        }
    }

    @Test
    void outcomesThatOnlyConcernOurCallsNeedNoAction() {
        for (var outcome : List.of(
                Outcome.BLOCKED,
                Outcome.BLOCKED_SUSPECTED,
                Outcome.RATE_LIMITED,
                Outcome.GREYLISTED,
                Outcome.TARPITTED)) {
            assertTrue(Advice.of(outcome).startsWith("nothing"), outcome::label);
        }
    }
}
