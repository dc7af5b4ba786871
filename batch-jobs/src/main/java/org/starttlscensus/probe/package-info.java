/**
 * One call at one endpoint: joins {@code smtp} and {@code tls} under one deadline for the whole.
 *
 * <pre>
 *   (endpoint, dial before) ─▶ may the address be called? ─▶ does the permit still hold? ─▶ SmtpProbe ─▶ Observation
 * </pre>
 *
 * <p>Knows no pace and no permit: whoever calls has both.
 *
 * <p>Depends on: {@code smtp}, {@code tls}, {@code names}, {@code fact}.
 */
@NullMarked
package org.starttlscensus.probe;

import org.jspecify.annotations.NullMarked;
