/**
 * One call at one endpoint: joins {@code smtp} and {@code tls} under one deadline for the whole.
 *
 * <p>Depends on: {@code smtp}, {@code tls}, {@code names}, {@code fact}.
 */
@NullMarked
package org.starttlscensus.probe;

import org.jspecify.annotations.NullMarked;
