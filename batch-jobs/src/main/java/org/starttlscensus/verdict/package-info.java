/**
 * What is concluded from facts: outcomes, chains, names. Pure: facts in, verdicts out, so that every past night can be
 * judged again.
 *
 * <pre>
 *   Observation, ReplyClass ─▶ AttemptJudge ─▶ Attempt, Attempt ... ─▶ NightMerge ─▶ ServerVerdict
 * </pre>
 *
 * <p>Depends on: {@code names}, {@code fact}; the only door to {@code java.security.cert}.
 */
@NullMarked
package org.starttlscensus.verdict;

import org.jspecify.annotations.NullMarked;
