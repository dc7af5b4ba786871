/**
 * Who calls, for those who are called: the page, the files of RFC 9511 and RFC 9116, entries for lists of known
 * scanners, and a letter; and whether the name of a source is one by which somebody can be found.
 *
 * <p>Pure: texts in, texts out. Others write files, ask the DNS and fetch pages.
 *
 * <p>Depends on: {@code fact}, {@code names}.
 */
@NullMarked
package org.starttlscensus.identity;

import org.jspecify.annotations.NullMarked;
