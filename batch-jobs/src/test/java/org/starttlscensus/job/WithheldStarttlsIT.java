package org.starttlscensus.job;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.starttlscensus.Observations;
import org.starttlscensus.fact.CallPhase;
import org.starttlscensus.fact.CensusNight;
import org.starttlscensus.fact.Ending;
import org.starttlscensus.fact.Observation;
import org.starttlscensus.fact.ProbeKind;
import org.starttlscensus.fact.Provider;
import org.starttlscensus.store.Evidence;
import org.starttlscensus.store.Nights;
import org.starttlscensus.store.OnDemandCalls;
import org.starttlscensus.store.PlannedEndpoint;
import org.starttlscensus.store.Plans;
import org.starttlscensus.store.ServerVerdictRow;
import org.starttlscensus.verdict.TrustStore;

/** To whom a night's plan does not say STARTTLS: servers that refused it for want of a certificate, but once a week. */
class WithheldStarttlsIT extends PlannedDomains {

    private static final Instant NOW = Instant.parse("2030-01-01T22:00:00Z");

    private static void refused(String address, CensusNight first, CensusNight last) {
        JdbcClient.create(database.dataSource())
                .sql("""
                INSERT INTO census.starttls_refusal (address, first_night, last_night)
                VALUES (:address::inet, :first, :last)
                ON CONFLICT (address) DO UPDATE SET last_night = excluded.last_night""")
                .param("address", address)
                .param("first", first.date())
                .param("last", last.date())
                .update();
    }

    private static List<ProbeKind> kinds() {
        var kinds = new ArrayList<ProbeKind>();
        new Plans(database).toCall(night, call -> kinds.add(call.probeKind()));
        return kinds;
    }

    @Test
    void starttlsIsSaidOnceInSevenNights() {
        host("mx.nokey-a.test", "192.0.2.1");
        domain("nokey-a.test", "mx.nokey-a.test");
        domain("other-a.test", "mx.nokey-a.test");
        plan();
        assertEquals(List.of(ProbeKind.STANDARD), kinds());
        refused("192.0.2.1", night, night);
        var said = new StringBuilder();
        for (int i = 0; i < 16; i++) {
            tomorrow();
            plan();
            var kind = kinds().getFirst();
            said.append(kind == ProbeKind.ONE_STARTTLS ? 'S' : kind == ProbeKind.EHLO_ONLY ? '.' : '?');
            if (kind == ProbeKind.ONE_STARTTLS) refused("192.0.2.1", night, night);
        }
        assertEquals("......S......S..", said.toString());
    }

    @Test
    void oneNameOfAnAddressAsksForAll() {
        for (int i = 0; i < 3; i++) {
            host("mx" + i + ".nokey-b.test", "192.0.2.2");
            domain("b" + i + ".nokey-b.test", "mx" + i + ".nokey-b.test");
        }
        refused("192.0.2.2", night, night);
        for (int i = 0; i < 7; i++) tomorrow();
        plan();
        var kinds = new TreeMap<ProbeKind, Integer>();
        kinds().forEach(kind -> kinds.merge(kind, 1, Integer::sum));
        assertEquals(1, kinds.get(ProbeKind.ONE_STARTTLS));
        assertEquals(2, kinds.get(ProbeKind.EHLO_ONLY));
        assertEquals(ProbeKind.ONE_STARTTLS, kinds().getFirst(), "the first that is called");
    }

    /**
     * On the night that asks, the other names say EHLO alone. What that shows rests on the answer to the one that asked,
     * and not on a refusal that may be a month old.
     */
    @ParameterizedTest
    @CsvSource({
        "refused, 3, EHLO_ONLY tls_unavailable 3, EHLO_ONLY tls_unavailable 3",
        "refused, 6, EHLO_ONLY tls_unavailable 6, EHLO_ONLY tls_unavailable 6",
        "refused, 7, ONE_STARTTLS tls_unavailable -, EHLO_ONLY tls_unavailable 0",
        "refused, 29, ONE_STARTTLS tls_unavailable -, EHLO_ONLY tls_unavailable 0",
        "finished, 7, ONE_STARTTLS starttls_ok -, EHLO_ONLY temp_unavailable -",
        "silent, 7, ONE_STARTTLS unreachable_timeout -, EHLO_ONLY temp_unavailable -",
        "silent, 29, ONE_STARTTLS unreachable_timeout -, EHLO_ONLY temp_unavailable -"
    })
    void theOtherNamesRestOnTonightsAnswer(String asked, int nightsAgo, String one, String other) {
        var address = "198.51.%d.%d".formatted(asked.length(), nightsAgo);
        for (int i = 0; i < 2; i++) {
            host("mx%d.%s%d-e.test".formatted(i, asked, nightsAgo), address);
            domain("e%d.%s%d-e.test".formatted(i, asked, nightsAgo), "mx%d.%s%d-e.test".formatted(i, asked, nightsAgo));
        }
        refused(address, night, night);
        for (int i = 0; i < nightsAgo; i++) tomorrow();
        plan();
        assertEquals(List.of(one, other), judged(ANSWERS.get(asked)));
    }

    /** As long as nothing is published, every call counts; then those before the judging. */
    @Test
    void theyDoNotRestOnAHandshakeAfterTheJudging() {
        for (int i = 0; i < 2; i++) {
            host("mx%d.later-f.test".formatted(i), "198.51.100.99");
            domain("f%d.later-f.test".formatted(i), "mx%d.later-f.test".formatted(i));
        }
        refused("198.51.100.99", night, night);
        for (int i = 0; i < 7; i++) tomorrow();
        plan();
        judged(ANSWERS.get("refused"));
        var jdbc = JdbcClient.create(database.dataSource());
        jdbc.sql("""
                INSERT INTO census.observation (started_at, endpoint_id, night, call_settings_id, reply_judgement_id, phase,
                                                ending, received, tls_profile_id, attempt, is_clean_look, advertised,
                                                tls_unfinished)
                SELECT started_at + interval '15 hours', endpoint_id, night, call_settings_id, reply_judgement_id, 'quit',
                       'completed', 100, 1, 9, false, true, false
                FROM census.observation WHERE night = :night""").param("night", night.date()).update();
        var evidence = new Evidence(database);
        assertEquals(List.of(), refusals(evidence.page(night, 0, 10)));
        jdbc.sql("""
                INSERT INTO census.night_version (night, method_version, is_published, trust_store, judged_at)
                VALUES (:night, '1', true, 'test', :now)""")
                .param("night", night.date())
                .param("now", NOW.plusSeconds(3_600).atOffset(ZoneOffset.UTC))
                .update();
        assertEquals(List.of(night), refusals(evidence.judgedPage(night, 0, 10)));
    }

    private static List<CensusNight> refusals(List<PlannedEndpoint> page) {
        return page.stream()
                .flatMap(each -> each.starttlsRefused().stream())
                .filter(night::equals)
                .toList();
    }

    private static final Map<String, Observation> ANSWERS = Map.of(
            "refused",
            Observations.replied(CallPhase.STARTTLS, "454 4.7.0 TLS not available due to local problem")
                    .build(),
            "finished",
            Observations.ended(CallPhase.QUIT, Ending.COMPLETED).build(),
            "silent",
            Observations.ended(CallPhase.CONNECT, Ending.TIMED_OUT).build());

    /** For each planned call: its kind, its outcome, and how many nights ago the refusal was on which that rests. */
    private List<String> judged(Observation asked) {
        var kinds = new LinkedHashMap<Long, ProbeKind>();
        new Plans(database).toCall(night, call -> kinds.put(call.endpointId(), call.probeKind()));
        kinds.forEach((endpoint, kind) -> PermittedCalls.store(
                database,
                night,
                NOW,
                endpoint,
                kind,
                kind == ProbeKind.EHLO_ONLY
                        ? Observations.replied(CallPhase.EHLO, Observations.OFFERING)
                                .build()
                        : asked));
        var caches = ChainVerdictCaches.ofTheNight(night, TrustStore.mozilla(), database, () -> NOW);
        var judge = new ServerJudge(caches.named(TrustStore.mozilla().name()).orElseThrow(), Duration.ofMinutes(30));
        var rows = new Evidence(database)
                .page(night, 0, 10).stream()
                        .map(judge::judge)
                        .collect(Collectors.toMap(ServerVerdictRow::endpointId, Function.identity()));
        return kinds.entrySet().stream()
                .map(call -> "%s %s %s"
                        .formatted(
                                call.getValue(),
                                rows.get(call.getKey()).outcome(),
                                rows.get(call.getKey())
                                        .detail()
                                        .filter(detail -> detail.startsWith("STARTTLS was last refused on "))
                                        .map(detail -> LocalDate.parse(detail.substring(detail.length() - 10)))
                                        .map(refused -> Long.toString(ChronoUnit.DAYS.between(refused, night.date())))
                                        .orElse("-")))
                .toList();
    }

    @Test
    void afterAMonthTheServerIsCalledLikeAnyOther() {
        host("mx.nokey-c.test", "192.0.2.3");
        domain("nokey-c.test", "mx.nokey-c.test");
        domain("other-c.test", "mx.nokey-c.test");
        refused("192.0.2.3", night, night);
        for (int i = 0; i < 31; i++) tomorrow();
        plan();
        assertEquals(List.of(ProbeKind.STANDARD), kinds());
    }

    /** A check is made as often as somebody asks for it. */
    @Test
    void aCheckDoesNotSayItAtAll() {
        host("mx.nokey-d.test", "192.0.2.4");
        host("mx.other-d.test", "192.0.2.5");
        domain("nokey-d.test", "mx.nokey-d.test");
        domain("other-d.test", "mx.other-d.test");
        plan();
        var ids = called();
        refused("192.0.2.4", night, night);
        tomorrow();
        new Nights(database).open(night, "test", "test", Instant.parse("2030-01-01T22:00:00Z"));
        var onDemand = new OnDemandCalls(database);
        onDemand.request(
                night,
                ids.stream()
                        .map(id -> new OnDemandCalls.RequestedCall(id, new Provider("test", Provider.Source.PSL)))
                        .toList(),
                Instant.parse("2030-01-01T22:00:00Z"));
        var kinds = new TreeMap<String, ProbeKind>();
        onDemand.after(night, 0).forEach(call -> kinds.put(call.address().toString(), call.probeKind()));
        assertEquals(ProbeKind.EHLO_ONLY, kinds.get("192.0.2.4"));
        assertEquals(ProbeKind.STANDARD, kinds.get("192.0.2.5"));
    }
}
