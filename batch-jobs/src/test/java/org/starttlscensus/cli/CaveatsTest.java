package org.starttlscensus.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.starttlscensus.Observations;
import org.starttlscensus.fact.CallPhase;
import org.starttlscensus.fact.Ending;
import org.starttlscensus.fact.HandshakeMessage;
import org.starttlscensus.fact.Octets;
import org.starttlscensus.fact.TlsAlert;
import org.starttlscensus.fact.TlsFailure;
import org.starttlscensus.fact.TlsSession;
import org.starttlscensus.fact.TlsTraits;
import org.starttlscensus.fact.TlsVersion;
import org.starttlscensus.verdict.ChainStatus;
import org.starttlscensus.verdict.ChainVerdict;
import org.starttlscensus.verdict.IssuedCertificate;
import org.starttlscensus.verdict.NameMatch;
import org.starttlscensus.verdict.Outcome;
import org.starttlscensus.verdict.OutcomeFlag;
import org.starttlscensus.verdict.StapledResponse;

/** What comes after "yes, but", from each of its sources. */
class CaveatsTest {

    @Test
    void datesAndWeaknessesStandBesideTheWorstOfAChain() {
        assertEquals(
                Set.of(Caveat.EXPIRED, Caveat.SELF_SIGNED, Caveat.WEAK_KEY, Caveat.WEAK_SIGNATURE),
                Caveats.of(chain(ChainStatus.SELF_SIGNED, true, false, true, true)));
        assertEquals(
                Set.of(Caveat.NOT_YET_VALID), Caveats.of(chain(ChainStatus.NOT_YET_VALID, false, true, false, false)));
        assertEquals(Set.of(), Caveats.of(chain(ChainStatus.TRUSTED, false, false, false, false)));
    }

    private static ChainVerdict chain(
            ChainStatus status, boolean expired, boolean notYetValid, boolean weakKey, boolean weakSignature) {
        return new ChainVerdict(
                status,
                false,
                expired,
                notYetValid,
                status == ChainStatus.SELF_SIGNED,
                weakKey,
                weakSignature,
                Optional.empty(),
                List.of());
    }

    /** A server may fail on our first message alone; the second look asks in another way. */
    @Test
    void aHandshakeThatBreaksAtOurFirstMessageIsNoLastWord() {
        var call = JudgedCall.of(
                Observations.ended(CallPhase.HANDSHAKE, Ending.TLS_FAILURE)
                        .failure(new TlsFailure(
                                TlsFailure.Detail.ALERT,
                                Optional.of(new TlsAlert(true, 40, "handshake_failure")),
                                false,
                                Optional.of(HandshakeMessage.CLIENT_HELLO),
                                Optional.empty()))
                        .build(),
                Optional.empty());
        assertEquals(List.of(Caveat.TLS_FAILS_AT_FIRST), Caveats.of(Outcome.TLS_FAILED, Optional.of(call), true));
        assertEquals(List.of(Caveat.TLS_FAILS), Caveats.of(Outcome.TLS_FAILED, Optional.of(call), false));
    }

    /** The judge of chains does not look at staples, so such a chain is "trusted". */
    @Test
    void aCertificateThatTheServerItselfSaysIsRevoked() {
        var issuer = IssuedCertificate.ca("issuer").selfSigned();
        var leaf = IssuedCertificate.draft("mx.example.net").by(issuer);
        var good = StapledResponse.of(leaf, issuer, Observations.NIGHT);
        assertFalse(isRevoked(leaf, issuer, good.der()));
        assertTrue(isRevoked(leaf, issuer, good.revoked().der()));
        assertFalse(isRevoked(leaf, issuer, Octets.of("no DER at all")));
    }

    private static boolean isRevoked(IssuedCertificate leaf, IssuedCertificate issuer, Octets staple) {
        var seen = Observations.ended(CallPhase.QUIT, Ending.COMPLETED)
                .session(new TlsSession(
                        TlsVersion.TLS_1_3,
                        "TLS_AES_128_GCM_SHA256",
                        Optional.of("x25519"),
                        Optional.empty(),
                        false,
                        List.of(leaf.der(), issuer.der()),
                        "standard",
                        new TlsTraits(
                                Optional.empty(),
                                Optional.empty(),
                                false,
                                false,
                                Optional.of(staple),
                                Optional.empty())))
                .build();
        return Caveats.of(Outcome.STARTTLS_OK, Optional.of(JudgedCall.of(seen, Optional.empty())), true)
                .contains(Caveat.REVOKED);
    }

    /** Otherwise a constant would be dead, or a finding would be without words. */
    @Test
    void eachComesFromSomewhere() {
        var found = EnumSet.noneOf(Caveat.class);
        Stream.of(
                        Stream.of(Outcome.values()).map(Caveat::of),
                        Stream.of(ChainStatus.values()).map(Caveat::of),
                        Stream.of(NameMatch.values()).map(Caveat::of),
                        Stream.of(OutcomeFlag.values()).map(Caveat::of),
                        Stream.of(TlsVersion.values()).map(Caveats::of))
                .flatMap(all -> all)
                .flatMap(Optional::stream)
                .forEach(found::add);
        var elsewhere = Set.of( // above, and in CheckTextTest
                "TLS_FAILS_AT_FIRST",
                "REVOKED",
                "LOOSE_REPLIES",
                "NO_ENCRYPTION",
                "EXPORT_SUITE",
                "DES",
                "RC4",
                "TRIPLE_DES",
                "SMALL_DH",
                "NO_FORWARD_SECRECY",
                "WEAK_KEY",
                "WEAK_SIGNATURE");
        assertEquals(
                elsewhere, EnumSet.complementOf(found).stream().map(Enum::name).collect(Collectors.toSet()));
    }

    @Test
    void anUnusableServerHasOneAndAnUnknownOneHasNone() {
        for (var outcome : Outcome.values()) {
            var answer = ShortAnswer.of(outcome);
            assertEquals(
                    answer == ShortAnswer.YES_BUT || answer == ShortAnswer.NO,
                    Caveat.of(outcome).isPresent(),
                    outcome::label);
            assertEquals(outcome.starttls().filter(has -> !has).isPresent(), answer == ShortAnswer.NO);
            if (outcome.starttls().isEmpty())
                assertTrue(answer == ShortAnswer.UNKNOWN || answer == ShortAnswer.NO_MAIL, outcome::label);
        }
    }
}
