/**
 * Configuration: records with units in their types and ceilings in code. A wrong key, unit or value is refused with a
 * message that says what is allowed.
 *
 * <pre>
 *   --set key=value  >  CENSUS_... variables  >  one settings file  >  defaults in SettingKeys
 *                               |                    SettingsFiles finds it, SettingsFile reads it
 *                        SettingsReader  -- SettingException: exit 2
 *                               |
 *                        CensusSettings  -->  SafetyGate: may this command make calls?
 *                        SettingsListing: what holds, and where it comes from
 * </pre>
 *
 * <p>{@code SettingKeys} has every key with its documentation. Messages, the listing and the example file read it
 * there.
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
