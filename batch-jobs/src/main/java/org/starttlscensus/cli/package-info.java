/**
 * Commands, exit codes, progress.
 *
 * <p>Depends on: {@code job} and below, and {@code lab}; the only door to picocli.
 */
@NullMarked
package org.starttlscensus.cli;

import org.jspecify.annotations.NullMarked;
