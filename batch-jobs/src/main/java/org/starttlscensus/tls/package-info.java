/**
 * Our documented offers, the handshake, and what it showed; DER to {@link org.starttlscensus.fact.Certificate}.
 *
 * <p>Captures and never judges: any certificate is accepted and kept.
 *
 * <p>Depends on: {@code names}, {@code fact}; the only door to Bouncy Castle.
 */
@NullMarked
package org.starttlscensus.tls;

import org.jspecify.annotations.NullMarked;
