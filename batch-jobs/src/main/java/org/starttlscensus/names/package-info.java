/**
 * Internet names and addresses: UTS #46 conversion to A-labels, public suffixes, special-purpose addresses, networks.
 *
 * <pre>
 *   "Bücher.example." ──▶ DomainNames ──▶ ParsedDomain: a MailDomain, or a NameFault
 *   Hostname ──▶ PublicSuffixes ──▶ registrable domain
 *   Address  ──▶ AddressGate    ──▶ the reason why it must not be called, if any
 * </pre>
 *
 * <p>Everything is a look-up in tables shipped with the program; nothing here sends a DNS query. All types are
 * immutable and thread-safe.
 *
 * <p>Depends on: {@code fact}; the only room that uses ICU4J and Guava's public suffixes. FastCSV reads IANA's
 * registries.
 */
@NullMarked
package org.starttlscensus.names;

import org.jspecify.annotations.NullMarked;
