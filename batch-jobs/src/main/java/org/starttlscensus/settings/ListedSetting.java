package org.starttlscensus.settings;

import java.util.Optional;

/**
 * One setting, for those who want to know what holds and why.
 *
 * @param value     as it was given, or its default; empty: it has none, or it is not shown because it is a secret
 * @param isSet     whether it has a value, shown or not
 * @param from      where the value comes from, for example {@code /etc/starttls-census/census.yaml, line 3}
 * @param byDefault empty: it has no default
 * @param ceiling   the bound that no setting can pass; empty: it has none
 * @param allowed   completes the sentence "allowed is ..."
 * @param works     whether this version implements it
 */
public record ListedSetting(
        String key,
        Optional<String> value,
        boolean isSet,
        String from,
        String variable,
        String meaning,
        String unit,
        Optional<String> byDefault,
        Optional<String> ceiling,
        String allowed,
        boolean works) {}
