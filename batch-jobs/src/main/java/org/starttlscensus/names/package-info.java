/**
 * Names and numbers of the Internet: UTS #46 to A-labels, public suffixes, special-purpose addresses, networks.
 *
 * <p>Pure look-ups in tables shipped with the program; nothing here asks the DNS.
 *
 * <p>Depends on: {@code fact}; the only door to ICU4J, Guava's public suffixes and IPAddress.
 */
@NullMarked
package org.starttlscensus.names;

import org.jspecify.annotations.NullMarked;
