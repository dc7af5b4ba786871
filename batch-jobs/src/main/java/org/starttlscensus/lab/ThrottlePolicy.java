package org.starttlscensus.lab;

import java.time.Duration;

/**
 * How much of one caller a company bears, counted over all its servers together, as large providers do: who spreads his
 * calls over ten addresses is still one caller. Durations are those of the real world; the lab scales them.
 *
 * @param atOnce        most connections open at once
 * @param perMinute     most connections begun within a minute
 * @param refusals      so many refusals within an hour are abuse, and the caller is blocked
 * @param block         for how long
 * @param calls         after so many calls he is blocked anyhow: a house that turns hostile
 * @param closedFor     counted from the first call, nobody is served
 * @param closedReply   what is said meanwhile
 */
record ThrottlePolicy(
        int atOnce, int perMinute, int refusals, Duration block, int calls, Duration closedFor, String closedReply) {

    static final int UNLIMITED = Integer.MAX_VALUE;
    static final Duration A_NIGHT = Duration.ofHours(12);
    static final String TOO_MANY_AT_ONCE = "421 4.7.0 {host} Error: too many connections from 127.0.0.1";
    static final String TOO_MANY_A_MINUTE = "421 4.7.0 {host} Error: connection rate limit exceeded: try again later";
    static final String BLOCKED =
            "554 5.7.1 {host} Client host [127.0.0.1] blocked for abuse; you connect like a spam bot";

    /** Everyone is served. */
    static final ThrottlePolicy NONE =
            new ThrottlePolicy(UNLIMITED, UNLIMITED, UNLIMITED, Duration.ZERO, UNLIMITED, Duration.ZERO, "");

    static ThrottlePolicy limits(int atOnce, int perMinute) {
        return new ThrottlePolicy(
                atOnce, perMinute, NONE.refusals, NONE.block, NONE.calls, NONE.closedFor, NONE.closedReply);
    }

    static ThrottlePolicy hostileAfter(int calls) {
        return new ThrottlePolicy(
                NONE.atOnce, NONE.perMinute, NONE.refusals, A_NIGHT, calls, NONE.closedFor, NONE.closedReply);
    }

    static ThrottlePolicy closedFor(Duration time, String reply) {
        return new ThrottlePolicy(NONE.atOnce, NONE.perMinute, NONE.refusals, NONE.block, NONE.calls, time, reply);
    }

    ThrottlePolicy blocksAfter(int times, Duration time) {
        return new ThrottlePolicy(atOnce, perMinute, times, time, calls, closedFor, closedReply);
    }
}
