/**
 * Names and numbers of the Internet: UTS #46 to A-labels, public suffixes, special-purpose addresses, networks.
 *
 * <pre>
 *   "Bücher.example." ──▶ DomainNames ──▶ Reading: a MailDomain, or a NameFault
 *   Hostname ──▶ PublicSuffixes ──▶ registrable domain
 *   Address  ──▶ AddressGate    ──▶ why it may not be called, if so
 * </pre>
 *
 * <p>Pure look-ups in tables shipped with the program; nothing here asks the DNS. Everything is immutable and may be
 * used by any number of threads.
 *
 * <p>Depends on: {@code fact}; the only door to ICU4J and Guava's public suffixes. FastCSV reads IANA's registries.
 */
@NullMarked
package org.starttlscensus.names;

import org.jspecify.annotations.NullMarked;
