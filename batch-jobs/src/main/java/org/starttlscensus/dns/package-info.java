/**
 * Resolves a mail domain to its mail route: MX, implicit MX, null MX, addresses; and looks up the texts of a name and
 * the names of an address. Every failure is a value of its own, never "no MX".
 *
 * <pre>
 * MailResolver ─▶ Resolvers ─▶ BlockingSockets          one query: retries, UDP then TCP, bogus or failed
 *      │             ├───────▶ ResponseReader           octets of one response: what of it can be read
 *      │             └───────▶ AnswerReader             one response: CNAME chain, records, denial, referral
 *      ├────────▶ MxRecords                             null MX, valid hosts, their order
 *      ├────────▶ HostCache ─▶ HostLookup ─▶ Resolvers  A and AAAA of a host, once
 *      └────────▶ TextLookup, ReverseLookup             TXT of a name, PTR of an address
 * </pre>
 *
 * <p>Uses only the configured resolvers, never the machine's own DNS configuration. Must not judge: other rooms decide
 * which addresses may be called, and how many of a domain.
 *
 * <p>Depends on: {@code fact}; the only room that uses dnsjava, apart from the lab.
 */
@NullMarked
package org.starttlscensus.dns;

import org.jspecify.annotations.NullMarked;
