package org.starttlscensus.lab;

import java.time.Duration;

/**
 * A company's limits for one client. They count the connections to all its servers together, as large providers do, so
 * spreading calls over ten addresses does not help. Durations are those of real providers; the lab scales them.
 *
 * @param atOnce        the most connections open at once
 * @param perMinute     the most connections that begin within a minute
 * @param refusals      this many refusals within an hour count as abuse, and the client is blocked
 * @param block         how long a block lasts
 * @param calls         after this many calls the client is blocked in any case
 * @param closedFor     how long after the first call no client is served
 * @param closedReply   the greeting during that time
 */
record ThrottlePolicy(
        int atOnce, int perMinute, int refusals, Duration block, int calls, Duration closedFor, String closedReply) {

    static final int UNLIMITED = Integer.MAX_VALUE;
    static final Duration A_NIGHT = Duration.ofHours(12);
    static final String TOO_MANY_AT_ONCE = "421 4.7.0 {host} Error: too many connections from 127.0.0.1";
    static final String TOO_MANY_A_MINUTE = "421 4.7.0 {host} Error: connection rate limit exceeded: try again later";
    static final String BLOCKED =
            "554 5.7.1 {host} Client host [127.0.0.1] blocked for abuse; you connect like a spam bot";

    /** No limits. */
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
