/**
 * Verdicts about facts: attempt outcomes, certificate chains, certificate names, revocation.
 *
 * <p>Everything here is a pure function of stored facts, so every past night can be judged again.
 *
 * <pre>
 *   Observation, ReplyClass ─▶ AttemptJudge ─▶ Attempt, Attempt ... ─▶ AttemptMerge ─▶ ServerVerdict
 * </pre>
 *
 * <p>Depends on: {@code fact}; the only room that uses {@code java.security.cert}, apart from the lab. It verifies
 * with Bouncy Castle what the JDK cannot compute.
 */
@NullMarked
package org.starttlscensus.verdict;

import org.jspecify.annotations.NullMarked;
