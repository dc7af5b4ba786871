/**
 * One call to one endpoint: joins {@code smtp} and {@code tls} under one deadline for the whole call.
 *
 * <pre>
 *   (endpoint, dial before) ─▶ is the address allowed? ─▶ is the permit still valid? ─▶ SmtpProbe ─▶ Observation
 * </pre>
 *
 * <p>Does not decide when to call and does not store permits: the caller does both.
 *
 * <p>Depends on: {@code smtp}, {@code tls}, {@code names}, {@code fact}.
 */
@NullMarked
package org.starttlscensus.probe;

import org.jspecify.annotations.NullMarked;
