/**
 * Fetches documents by HTTPS: lists of domains, and the operator's own pages. One client for all requests.
 *
 * <p>Every request says who asks ({@code UserAgent}). Only https, also after a redirect, and never at an address that
 * may not be called: the address is checked where the socket connects, so what a name resolves to a second time changes
 * nothing. A body is bounded, and is kept as it comes; nothing is unpacked here. What goes wrong at the other end is
 * a value.
 *
 * <p>Depends on: {@code fact}; uses OkHttp.
 */
@NullMarked
package org.starttlscensus.https;

import org.jspecify.annotations.NullMarked;
