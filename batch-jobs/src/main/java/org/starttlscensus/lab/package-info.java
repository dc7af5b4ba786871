/**
 * A small mail internet on loopback: DNS, a private CA, mail servers with the manners of real ones. For the demo and the
 * tests; real sockets, real protocols.
 *
 * <p>Depends on: {@code names}, {@code fact}; has the doors to dnsjava, Bouncy Castle and sockets that a server needs.
 */
@NullMarked
package org.starttlscensus.lab;

import org.jspecify.annotations.NullMarked;
