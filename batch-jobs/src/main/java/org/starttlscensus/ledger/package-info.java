/**
 * The dispatcher: permits committed before any packet, the keys of politeness in memory as a fold over them, epoch and
 * run lock. Joins {@code politeness} and {@code store}.
 *
 * <p>Depends on: {@code politeness}, {@code store}, {@code fact}.
 */
@NullMarked
package org.starttlscensus.ledger;

import org.jspecify.annotations.NullMarked;
