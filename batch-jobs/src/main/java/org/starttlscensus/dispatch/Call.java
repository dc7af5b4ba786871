package org.starttlscensus.dispatch;

import java.util.Optional;
import org.starttlscensus.fact.Address;
import org.starttlscensus.fact.ProbeKind;
import org.starttlscensus.politeness.Blame;

/**
 * A call to be made tonight. Its limits are those of its address and its provider. The host name to call is known once
 * its permit is committed.
 *
 * @param blame     who is charged with a refusal
 * @param position  its place in tonight's order
 * @param number    number of the permit it would get at this endpoint tonight, from 1
 * @param made      calls made at this endpoint before, tonight; lapsed permits do not count
 * @param patient   whether it has the patient deadlines
 * @param isOnce    whether it gets only one attempt: an implicit MX, whose address may not be a mail server at all, or
 *                  an on-demand call
 * @param isOnDemand whether a user asked for it; then a second look is made only if that is asked for, too
 * @param isKnown   whether the last call of this endpoint, on an earlier night, succeeded: a good canary
 * @param probeKind what it probes
 * @param laterProbe the old-version probe of this endpoint tonight, to be made once its handshake finished
 */
public record Call(
        long endpointId,
        Address address,
        String provider,
        Blame blame,
        int position,
        int number,
        int made,
        boolean patient,
        boolean isOnce,
        boolean isOnDemand,
        boolean isKnown,
        ProbeKind probeKind,
        Optional<ProbeKind> laterProbe) {

    public static Call first(
            long endpointId, Address address, String provider, int position, boolean isOnce, boolean isKnown) {
        return first(endpointId, address, provider, position, isOnce, isKnown, Optional.empty());
    }

    public static Call first(
            long endpointId,
            Address address,
            String provider,
            int position,
            boolean isOnce,
            boolean isKnown,
            Optional<ProbeKind> laterProbe) {
        return new Call(
                endpointId,
                address,
                provider,
                Blame.OF_PROVIDER,
                position,
                1,
                0,
                false,
                isOnce,
                false,
                isKnown,
                ProbeKind.STANDARD,
                laterProbe);
    }

    /** An on-demand call: one attempt, whose result a user waits for. */
    public static Call onDemand(long endpointId, Address address, String provider) {
        return new Call(
                endpointId,
                address,
                provider,
                Blame.OF_PROVIDER,
                0,
                1,
                0,
                false,
                true,
                true,
                false,
                ProbeKind.STANDARD,
                Optional.empty());
    }

    /** The same call under the next permit, because this permit lapsed. */
    public Call renewed() {
        return at(number + 1, made, patient);
    }

    /** The call after this one, which was made. */
    public Call next(boolean patiently) {
        return at(number + 1, made + 1, patiently);
    }

    /** The call of another permit of the same endpoint. */
    public Call at(int permit, int before, boolean patiently) {
        return new Call(
                endpointId,
                address,
                provider,
                blame,
                position,
                permit,
                before,
                patiently,
                isOnce,
                isOnDemand,
                isKnown,
                probeKind,
                laterProbe);
    }

    /** The same call with another probe. */
    public Call withProbeKind(ProbeKind other) {
        return with(blame, other);
    }

    /** The same call, with whose refusal somebody else is charged. */
    public Call blaming(Blame other) {
        return with(other, probeKind);
    }

    private Call with(Blame who, ProbeKind kind) {
        return new Call(
                endpointId,
                address,
                provider,
                who,
                position,
                number,
                made,
                patient,
                isOnce,
                isOnDemand,
                isKnown,
                kind,
                laterProbe);
    }
}
