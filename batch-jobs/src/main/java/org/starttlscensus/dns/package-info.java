/**
 * Mail domain to mail route: MX, implicit MX, null MX, addresses. Every failure is a value with a name, never "no MX".
 *
 * <p>Depends on: {@code names}, {@code fact}; the only door to dnsjava.
 */
@NullMarked
package org.starttlscensus.dns;

import org.jspecify.annotations.NullMarked;
