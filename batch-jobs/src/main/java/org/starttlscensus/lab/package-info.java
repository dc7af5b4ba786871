/**
 * A small mail internet on loopback: DNS, a private CA, mail servers with the manners of real ones. For the demo and the
 * tests; real sockets, real protocols, no privileges.
 *
 * <pre>
 * Lab ─▶ LabUniverse   who is there: 2,000 domains, 30 companies, and what a census must find out
 *     ─▶ LabDns        answers for all of them, with the manners of the DNS (LabZone)
 *     ─▶ LabServers    one per address; each has a {@code Manner}: how it behaves, what is expected of us
 *     ─▶ LabLog        what the servers saw of us
 * </pre>
 *
 * <p>Outcomes are given as the contract's labels, as text: this room must not know the rooms it examines.
 *
 * <p>Depends on: {@code fact}; has the doors to dnsjava, Bouncy Castle and sockets that a server needs.
 */
@NullMarked
package org.starttlscensus.lab;

import org.jspecify.annotations.NullMarked;
