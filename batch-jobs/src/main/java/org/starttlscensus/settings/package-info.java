/**
 * Configuration: records with units in their types and ceilings in code. A wrong key, unit or value is refused with a
 * message that says what is allowed.
 *
 * <pre>
 *   --set key=value  >  CENSUS_... variables  >  census.yaml or --config  >  application.yaml in the jar
 *                               |
 *                        SettingsReader  -- SettingException: exit 2
 *                               |
 *                        CensusSettings  -->  SafetyGate: may this command make calls?
 * </pre>
 *
 * <p>Knows what may be set and what the policy forbids, but not what other rooms do with it. Must never know a domain,
 * a server or a reply.
 *
 * <p>Depends on: {@code politeness} (its ceilings), {@code names}, {@code fact}; the only door to configuration files
 * and the environment.
 */
@NullMarked
package org.starttlscensus.settings;

import org.jspecify.annotations.NullMarked;
