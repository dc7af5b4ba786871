/**
 * Configuration: records with units in their types and ceilings in code; a wrong key, unit or value says what is
 * allowed.
 *
 * <p>Depends on: {@code names}, {@code fact}; the only door to configuration files and the environment.
 */
@NullMarked
package org.starttlscensus.settings;

import org.jspecify.annotations.NullMarked;
