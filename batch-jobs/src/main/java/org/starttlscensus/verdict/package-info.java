/**
 * What is concluded from facts: outcomes, chains, names, revocation. Pure: facts in, verdicts out, so that every past night
 * can be judged again.
 *
 * <pre>
 *   Observation, ReplyClass ─▶ AttemptJudge ─▶ Attempt, Attempt ... ─▶ AttemptMerge ─▶ ServerVerdict
 * </pre>
 *
 * <p>Depends on: {@code fact}; the census's only door to {@code java.security.cert} (the lab has one of its own).
 */
@NullMarked
package org.starttlscensus.verdict;

import org.jspecify.annotations.NullMarked;
