/**
 * DANE for SMTP: whether the certificates that a mail server sent are those that its TLSA records promise.
 *
 * <p>The records, the certificates, the names and the time are arguments. Whether DNSSEC protects the records is for
 * the caller to know: everything here is judged as if it did.
 *
 * <pre>
 *   TlsaRecord ... ─▶ UsableRecords ─┬─▶ usage 3: the server's own certificate or key
 *                                    └─▶ usage 2: verdict.AnchorSearch, names, dates ─▶ DaneVerdict
 * </pre>
 *
 * <p>Depends on: {@code fact}, {@code verdict} (paths, names), {@code tls} (reading a certificate). Pure.
 */
@NullMarked
package org.starttlscensus.dane;

import org.jspecify.annotations.NullMarked;
