package org.starttlscensus.cli;

import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.starttlscensus.Observations;
import org.starttlscensus.fact.CallPhase;
import org.starttlscensus.fact.CensusNight;
import org.starttlscensus.fact.Ending;
import org.starttlscensus.fact.HostAddresses;
import org.starttlscensus.fact.MailExchange;
import org.starttlscensus.fact.MailRoute;
import org.starttlscensus.fact.Observation;
import org.starttlscensus.fact.Octets;
import org.starttlscensus.fact.ProbeKind;
import org.starttlscensus.fact.ReplyClass;
import org.starttlscensus.fact.Route;
import org.starttlscensus.fact.TlsSession;
import org.starttlscensus.fact.TlsVersion;
import org.starttlscensus.ondemand.CheckedDomain;
import org.starttlscensus.ondemand.CheckedServer;
import org.starttlscensus.ondemand.CheckedServer.Finding;
import org.starttlscensus.store.ExplainedServer;
import org.starttlscensus.store.PermitSignal;
import org.starttlscensus.tls.TestCertificates;
import org.starttlscensus.verdict.ChainJudge;
import org.starttlscensus.verdict.Outcome;
import org.starttlscensus.verdict.TrustStore;

/** Servers of one domain that a check has called, as a test makes them up. */
abstract class CheckedScene {

    private static final CensusNight NIGHT = CensusNight.of("2026-11-23");
    static final Instant NOW = Instant.parse("2026-11-23T22:05:00Z");
    static final String SUITE = "TLS_AES_256_GCM_SHA384";
    /** Its own root, which the tests trust. */
    private static final Octets TRUSTED =
            TestCertificates.named(TestCertificates.ecKey("secp256r1"), "mx.example.net", "mx.example.net");

    static final Optional<ChainJudge> CHAINS =
            Optional.of(new ChainJudge(new TrustStore("a root for tests", List.of(parsed(TRUSTED)))));

    private static X509Certificate parsed(Octets der) {
        try {
            return (X509Certificate) CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(der.toArray()));
        } catch (CertificateException e) {
            throw new AssertionError(e);
        }
    }

    static MeasuredServer server(int number, Observation seen) {
        var call = JudgedCall.of(seen, CHAINS);
        return new MeasuredServer(
                new CheckedServer(StoredNight.endpoint(number), 10, false, new Finding.Called(NIGHT)),
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

    /** Its call is due again then. */
    static MeasuredServer dueAgain(MeasuredServer server, Instant retryAt) {
        var calls = server.calls().stream()
                .map(call -> new ExplainedServer.ExplainedCall(
                        call.permitId(),
                        call.attempt(),
                        call.patient(),
                        call.startAt(),
                        call.signal(),
                        call.rule(),
                        Optional.of(retryAt),
                        call.observation(),
                        call.probeKind(),
                        call.oldVersion()))
                .toList();
        return new MeasuredServer(server.server(), calls, server.outcome(), server.decisive());
    }

    static CheckedDomain checked(List<MeasuredServer> servers) {
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

    static DomainAnswer answer(List<MeasuredServer> servers) {
        var route = checked(servers).route();
        return DomainAnswer.of(route, servers, Answers.of(route, servers));
    }

    static Observations good() {
        return Observations.ended(CallPhase.QUIT, Ending.COMPLETED)
                .session(session(TlsVersion.TLS_1_3, SUITE, "x25519"));
    }

    static TlsSession session(TlsVersion version, String suite, String group) {
        return new TlsSession(version, suite, Optional.of(group), Optional.empty(), false, List.of(TRUSTED), "test");
    }

    static Observations weak(TlsVersion version, String suite, String group) {
        return good().session(session(version, suite, group));
    }

    static MeasuredServer with(MeasuredServer server, Outcome outcome) {
        return new MeasuredServer(server.server(), server.calls(), Optional.of(outcome), server.decisive());
    }
}
