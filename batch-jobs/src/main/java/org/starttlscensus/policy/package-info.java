/**
 * What a mail domain asks of senders: MTA-STS records and policies, TLS-RPT records, and what they add up to.
 *
 * <p>Texts and facts are arguments; nothing is looked up or fetched here. All texts are untrusted.
 *
 * <pre>
 *   TXT records  ─▶ MtaStsRecord ─┐
 *   policy text  ─▶ PolicyText ───┼─▶ MtaStsStatus
 *   MX facts     ─▶ MtaStsEffect ─┴─▶ Authentication ◀─ dane.DaneStatus
 * </pre>
 *
 * <p>Also the policy list of STARTTLS Everywhere, and whether its entries hold.
 *
 * <p>Depends on: {@code fact}, {@code dane} (the status of a domain); Jackson for the list. Pure.
 */
@NullMarked
package org.starttlscensus.policy;

import org.jspecify.annotations.NullMarked;
