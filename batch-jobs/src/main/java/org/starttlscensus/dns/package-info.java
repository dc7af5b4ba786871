/**
 * Mail domain to mail route: MX, implicit MX, null MX, addresses. Every failure is a value with a name, never "no MX".
 *
 * <pre>
 * MailResolver ─▶ Resolvers ─▶ BlockingSockets          one question: tries, UDP then TCP, bogus or broken
 *      │             └───────▶ AnswerReader             one response: CNAME chain, records, denial, referral
 *      ├────────▶ MxRecords                             null MX, hosts that can be hosts, their order
 *      └────────▶ HostCache ─▶ HostLookup ─▶ Resolvers  A and AAAA of a host, once
 * </pre>
 *
 * <p>May know the resolvers it is given and nothing of the machine's own DNS configuration. Must not judge: which
 * addresses may be called, and how many of a domain's, is decided elsewhere.
 *
 * <p>Depends on: {@code fact}; the only door to dnsjava beside the lab's.
 */
@NullMarked
package org.starttlscensus.dns;

import org.jspecify.annotations.NullMarked;
