package org.starttlscensus.settings;

import static org.starttlscensus.settings.SettingKey.ValueKind.VALUE;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.starttlscensus.politeness.LimitKey;
import org.starttlscensus.politeness.Limits;

/** The keys of the limits. Their defaults are their ceilings, and both are those of {@link Limits#CEILINGS}. */
final class LimitSettingKeys {

    private static final String CALLS = "a whole number of calls, not above the policy's";

    private LimitSettingKeys() {}

    static List<SettingKey> all() {
        return Arrays.stream(LimitKey.values())
                .flatMap(key -> Stream.of(open(key), gap(key), perNight(key)))
                .toList();
    }

    static SettingKey open(LimitKey key) {
        var most = String.valueOf(Limits.CEILINGS.of(key).open());
        return SettingKey.of(
                        name(key, "open"),
                        VALUE,
                        "How many calls may be open at once for %s.".formatted(each(key)),
                        "calls",
                        CALLS)
                .byDefault(most)
                .ceiling("at most " + most);
    }

    static SettingKey gap(LimitKey key) {
        var shortest = written(Limits.CEILINGS.of(key).gap());
        return SettingKey.of(
                        name(key, "gap"),
                        VALUE,
                        key == LimitKey.ENDPOINT
                                ? "The time between two attempts at %s in a night.".formatted(each(key))
                                : "The time from the start of one call to the start of the next for %s."
                                        .formatted(each(key)),
                        "duration",
                        "a duration with its unit (ms, s, m, h, d), such as 90s, not below the policy's")
                .byDefault(shortest)
                .ceiling("at least " + shortest);
    }

    static SettingKey perNight(LimitKey key) {
        var plain = SettingKey.of(
                name(key, "per-night"),
                VALUE,
                "How many calls a night may bring for %s%s."
                        .formatted(each(key), key == LimitKey.ADDRESS ? ", and one more for each sampled name" : ""),
                "calls a night",
                CALLS);
        var most = Limits.CEILINGS.of(key).perNight();
        if (most.isEmpty()) return plain.sample("1000");
        var calls = String.valueOf(most.getAsInt());
        return plain.byDefault(calls).ceiling("at most " + calls);
    }

    private static String name(LimitKey key, String what) {
        return "census.limits." + key.settingName() + "." + what;
    }

    private static String each(LimitKey key) {
        return switch (key) {
            case ADDRESS -> "one address of a mail server";
            case ENDPOINT -> "one name at one address";
            case PREFIX -> "one network (/24 or /48)";
            case PROVIDER -> "one provider";
            case SOURCE -> "one source address of ours";
        };
    }

    /** As the reader reads it: {@code 30s}, {@code 50ms}. */
    private static String written(Duration duration) {
        return duration.toMillisPart() == 0 ? duration.toSeconds() + "s" : duration.toMillis() + "ms";
    }
}
