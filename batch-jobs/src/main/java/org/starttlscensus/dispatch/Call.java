package org.starttlscensus.dispatch;

import java.util.Optional;
import org.starttlscensus.fact.Address;
import org.starttlscensus.fact.ProbeKind;

/**
 * A call that tonight's plan asks for. Its limits are those of its address and its provider; the name it is made to is learnt with
 * its permit.
 *
 * @param position its place in tonight's order
 * @param number  number of the permit it would get at this endpoint tonight, from 1
 * @param made    calls made at this endpoint before, tonight; permits that lapsed are not among them
 * @param patient whether it is the attempt with the patient deadlines
 * @param isOnce  whether one attempt must do: an implicit MX, whose address may not be a mail server at all, or a call that
 *                somebody asked for
 * @param isKnown whether it received us well when it was last called, on an earlier night: a good canary
 * @param probeKind what it asks
 * @param asksLater the question of the old-version campaign that the endpoint is asked tonight, once its handshake finished
 */
public record Call(
        long endpointId,
        Address address,
        String provider,
        int position,
        int number,
        int made,
        boolean patient,
        boolean isOnce,
        boolean isKnown,
        ProbeKind probeKind,
        Optional<ProbeKind> asksLater) {

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
            Optional<ProbeKind> asksLater) {
        return new Call(
                endpointId, address, provider, position, 1, 0, false, isOnce, isKnown, ProbeKind.STANDARD, asksLater);
    }

    /** A call that somebody asked for: one attempt, which whoever asked waits for. */
    public static Call asked(long endpointId, Address address, String provider) {
        return first(endpointId, address, provider, 0, true, false);
    }

    /** The same call under the next permit, for this one lapsed. */
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
                position,
                permit,
                before,
                patiently,
                isOnce,
                isKnown,
                probeKind,
                asksLater);
    }

    /** The same call with another question. */
    public Call asking(ProbeKind other) {
        return new Call(
                endpointId, address, provider, position, number, made, patient, isOnce, isKnown, other, asksLater);
    }
}
