/**
 * A small mail internet on loopback: DNS, a private CA, mail servers with the manners of real ones. For the demo and the
 * tests; real sockets, real protocols, no privileges.
 *
 * <pre>
 * Lab ─▶ LabUniverse   who is there: domains, companies with their rules, and what a census must find out
 *     ─▶ LabDns        answers for all of them, with the manners of the DNS (LabZone)
 *     ─▶ LabServers    one per address; each has a {@code ServerBehavior}: how it behaves, what is expected of us
 *                      a company's have one {@code ConnectionThrottle}, who counts us over all of them
 *     ─▶ LabLog        what the servers saw of us
 * </pre>
 *
 * <p>Outcomes are given as the labels of docs/outcomes.md, as text: this room must not know the rooms it examines.
 *
 * <p>Depends on: {@code fact}; has the doors to dnsjava, Bouncy Castle and sockets that a server needs.
 */
@NullMarked
package org.starttlscensus.lab;

import org.jspecify.annotations.NullMarked;
