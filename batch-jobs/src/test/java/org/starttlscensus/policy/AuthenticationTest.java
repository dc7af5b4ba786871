package org.starttlscensus.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.starttlscensus.dane.DaneStatus;
import org.starttlscensus.fact.Octets;
import org.starttlscensus.policy.MtaStsEffect.MxFacts;

class AuthenticationTest {

    private static final Optional<Boolean> YES = Optional.of(true);
    private static final Optional<Boolean> NO = Optional.of(false);
    private static final Optional<Boolean> UNKNOWN = Optional.empty();

    private static final MxFacts GOOD = new MxFacts(true, true, YES);
    private static final MxFacts UNCOVERED = new MxFacts(true, false, YES);
    private static final MxFacts INVALID = new MxFacts(true, true, NO);
    private static final MxFacts BLOCKED = new MxFacts(true, true, UNKNOWN);
    private static final MxFacts BACKUP = new MxFacts(false, true, YES);
    private static final MxFacts UNCOVERED_BACKUP = new MxFacts(false, false, YES);

    @Test
    void aPolicyIsEffectiveIfEveryBestServerFits() {
        assertEquals("effective", effect(GOOD, GOOD));
        assertEquals("effective", effect(GOOD, UNCOVERED_BACKUP));
        assertEquals("partly_covered", effect(GOOD, UNCOVERED));
        assertEquals("partly_covered", effect(GOOD, INVALID));
        assertEquals("partly_covered", effect(UNCOVERED, BACKUP));
        assertEquals("would_fail", effect(UNCOVERED, INVALID, UNCOVERED_BACKUP));
    }

    @Test
    void whatIsUnknownMakesNoEffect() {
        assertEquals("", effect(BLOCKED));
        assertEquals("", effect(GOOD, BLOCKED));
        assertEquals("", effect(UNCOVERED, BLOCKED), "partly covered or failing");
        assertEquals("partly_covered", effect(UNCOVERED, GOOD, BLOCKED));
        assertEquals("would_fail", effect(UNCOVERED, new MxFacts(true, false, UNKNOWN)));
        assertEquals("", effect());
        assertEquals("", effect(BACKUP));
        assertEquals(Optional.empty(), MtaStsEffect.of(MtaStsMode.NONE, List.of(GOOD)));
    }

    @Test
    void daneOrAnEffectivePolicyAuthenticates() {
        assertEquals(YES, authentication(DaneStatus.PASS, MtaStsStatus.NONE, ""));
        assertEquals(YES, authentication(DaneStatus.NONE, MtaStsStatus.ENFORCE, "effective"));
        assertEquals(YES, authentication(DaneStatus.INSECURE, MtaStsStatus.ENFORCE, "effective"));
        assertEquals(YES, authentication(DaneStatus.UNUSABLE, MtaStsStatus.ENFORCE, "effective"));
        assertEquals(NO, authentication(DaneStatus.NONE, MtaStsStatus.TESTING, "effective"));
        assertEquals(NO, authentication(DaneStatus.NONE, MtaStsStatus.ENFORCE, "partly_covered"));
        assertEquals(NO, authentication(DaneStatus.NONE, MtaStsStatus.RECORD_INVALID, ""));
        assertEquals(NO, authentication(DaneStatus.NONE, MtaStsStatus.POLICY_INVALID, ""));
    }

    /** RFC 8461, section 2: a policy must not override a failing DANE validation. */
    @Test
    void noPolicyOutweighsDaneThatFails() {
        assertEquals(NO, authentication(DaneStatus.FAIL, MtaStsStatus.ENFORCE, "effective"));
        assertEquals(UNKNOWN, authentication(DaneStatus.ERROR, MtaStsStatus.ENFORCE, "effective"));
    }

    @Test
    void whatIsUnknownIsNeitherYesNorNo() {
        assertEquals(UNKNOWN, authentication(DaneStatus.NONE, MtaStsStatus.ENFORCE, ""));
        // what could not be fetched may be a policy that is enforced
        assertEquals(UNKNOWN, authentication(DaneStatus.NONE, MtaStsStatus.FETCH_ERROR, ""));
        assertEquals(UNKNOWN, authentication(DaneStatus.INSECURE, MtaStsStatus.FETCH_ERROR, ""));
        assertEquals(YES, authentication(DaneStatus.PASS, MtaStsStatus.FETCH_ERROR, ""));
        assertEquals(NO, authentication(DaneStatus.FAIL, MtaStsStatus.FETCH_ERROR, ""));
        assertEquals(
                UNKNOWN,
                Authentication.of(
                        Optional.empty(), Optional.of(MtaStsStatus.ENFORCE), Optional.of(MtaStsEffect.EFFECTIVE)));
        assertEquals(UNKNOWN, Authentication.of(Optional.of(DaneStatus.NONE), Optional.empty(), Optional.empty()));
        assertEquals(YES, Authentication.of(Optional.of(DaneStatus.PASS), Optional.empty(), Optional.empty()));
    }

    @Test
    void theStepsAreTakenInTheirOrder() {
        var record = MtaStsRecord.read(List.of("v=STSv1; id=1"));
        assertEquals(MtaStsStatus.NONE, MtaStsStatus.of(MtaStsRecord.read(List.of()), Optional.empty()));
        assertEquals(
                MtaStsStatus.RECORD_INVALID,
                MtaStsStatus.of(MtaStsRecord.read(List.of("v=STSv1;")), Optional.of(reading("enforce"))));
        assertEquals(MtaStsStatus.FETCH_ERROR, MtaStsStatus.of(record, Optional.empty()));
        assertEquals(MtaStsStatus.POLICY_INVALID, MtaStsStatus.of(record, Optional.of(reading("strict"))));
        assertEquals(MtaStsStatus.MODE_NONE, MtaStsStatus.of(record, Optional.of(reading("none"))));
        assertEquals(MtaStsStatus.TESTING, MtaStsStatus.of(record, Optional.of(reading("testing"))));
        assertEquals(MtaStsStatus.ENFORCE, MtaStsStatus.of(record, Optional.of(reading("enforce"))));
        assertEquals("policy_invalid", MtaStsStatus.POLICY_INVALID.label());
    }

    private static PolicyReading reading(String mode) {
        return PolicyReading.of(Octets.of("version: STSv1\nmode: " + mode + "\nmx: mx.example.org\nmax_age: 1\n"));
    }

    private static String effect(MxFacts... servers) {
        return MtaStsEffect.of(MtaStsMode.ENFORCE, List.of(servers))
                .map(MtaStsEffect::label)
                .orElse("");
    }

    private static Optional<Boolean> authentication(DaneStatus dane, MtaStsStatus policy, String effect) {
        return Authentication.of(
                Optional.of(dane),
                Optional.of(policy),
                Arrays.stream(MtaStsEffect.values())
                        .filter(each -> each.label().equals(effect))
                        .findFirst());
    }
}
