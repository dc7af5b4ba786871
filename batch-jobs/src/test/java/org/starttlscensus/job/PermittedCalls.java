package org.starttlscensus.job;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.starttlscensus.GrantedPermits;
import org.starttlscensus.JudgedCalls;
import org.starttlscensus.fact.CensusNight;
import org.starttlscensus.fact.Feedback;
import org.starttlscensus.fact.Observation;
import org.starttlscensus.fact.Permit;
import org.starttlscensus.fact.ProbeKind;
import org.starttlscensus.politeness.ReplyClassifier;
import org.starttlscensus.store.Database;
import org.starttlscensus.store.Nights;
import org.starttlscensus.store.Observations;
import org.starttlscensus.store.PermitSignal;
import org.starttlscensus.store.Permits;

/** Calls with their permits, as a night stores them. */
final class PermittedCalls {

    private PermittedCalls() {}

    static void store(
            Database database, CensusNight night, Instant now, long endpoint, ProbeKind kind, Observation shown) {
        var permits = new Permits(database);
        var granted = GrantedPermits.commit(
                        permits,
                        new Nights(database).takeOver(night),
                        List.of(new Permits.Chosen(endpoint, 1, false, kind, now, now.plusSeconds(10))))
                .get(endpoint);
        var permit = new Permit(
                granted.permitId(),
                endpoint,
                shown.endpoint(),
                Optional.empty(),
                "test",
                1,
                false,
                kind,
                now,
                now.plusSeconds(10));
        database.transactions()
                .executeWithoutResult(
                        _ -> new Observations(database).save(night, List.of(JudgedCalls.of(permit, shown)), List.of()));
        permits.close(
                night,
                List.of(new Permits.Used(
                        granted.permitId(),
                        Optional.of(now),
                        Optional.of(now.plusSeconds(1)),
                        new PermitSignal.Classified(
                                ReplyClassifier.judge(shown).meaning().replyClass()),
                        Optional.of("test"),
                        Optional.of(Feedback.of(Feedback.Signal.WELCOMED)),
                        Optional.empty())),
                now);
    }
}
