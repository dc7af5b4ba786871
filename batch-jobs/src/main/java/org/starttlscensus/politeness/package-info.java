/**
 * Manners: who would notice us, when one of them may be called again, and what a reply says of our welcome.
 *
 * <pre>
 *   SmtpReply or Observation ─▶ ReplyClassifier (reply-rules.txt) ─▶ ReplyJudgement: class, rule, how long to stay away
 *   MX host, address         ─▶ ProviderIdentity             ─▶ Provider
 * </pre>
 *
 * <p>Pure: no clock, no socket, no SQL. Ceilings stand here in code; settings can only be stricter.
 *
 * <p>Depends on: {@code names}, {@code fact}.
 */
@NullMarked
package org.starttlscensus.politeness;

import org.jspecify.annotations.NullMarked;
