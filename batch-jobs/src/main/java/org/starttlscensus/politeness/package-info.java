/**
 * The rules of politeness: which calls a provider would count together, when one of its servers may be called again,
 * and what a reply or a whole call says about how we are received.
 *
 * <pre>
 *   MX host, address         ─▶ ProviderIdentity                  ─▶ Provider: who would count our calls together
 *   SmtpReply or Observation ─▶ ReplyClassifier (reply-rules.txt) ─▶ ReplyJudgement: class, rule, retry hint
 *   Observation, judgement   ─▶ FeedbackClassifier                ─▶ Feedback: a row of the table of signals
 *   Provider                 ─▶ Charged                           ─▶ who is charged with a refusal; Spread: with whose
 *   Feedback                 ─▶ Pace      of one provider or address: window, gap, back-off
 *                            ─▶ RunGuard  of the whole run: pause all calls, or end the night
 *   Observation, judgement   ─▶ RetryRules                        ─▶ Retry: another call tonight, or none
 *   Limits                      the ceilings per address, endpoint, prefix, provider and source
 * </pre>
 *
 * <p>Pure: no clock, no socket, no SQL. The ceilings are in code; settings can only be stricter. The table of signals
 * is in docs/politeness.md, section 6.
 *
 * <p>Depends on: {@code names}, {@code fact}.
 */
@NullMarked
package org.starttlscensus.politeness;

import org.jspecify.annotations.NullMarked;
