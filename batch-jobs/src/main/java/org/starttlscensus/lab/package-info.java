/**
 * A small simulated internet for mail on loopback: DNS, a private CA, and mail servers that behave like real ones. It
 * serves the demo and the tests. It uses real sockets and real protocols and needs no privileges.
 *
 * <pre>
 * Lab ─▶ LabUniverse   all domains, companies and servers, and what a census must find out about them
 *     ─▶ LabDns        answers DNS queries for them, with the faults of real DNS (LabZone)
 *     ─▶ LabServers    one per address; each has a {@code ServerBehavior}: what it does and what the census must report
 *                      the servers of a company share one {@code ConnectionThrottle}, which limits each client
 *     ─▶ LabLog        the connections as the servers saw them
 * </pre>
 *
 * <p>Expected outcomes are the labels of docs/outcomes.md, as text: this package must not import what it tests.
 *
 * <p>Depends on: {@code fact}, and on dnsjava, Bouncy Castle and sockets, which servers need.
 */
@NullMarked
package org.starttlscensus.lab;

import org.jspecify.annotations.NullMarked;
