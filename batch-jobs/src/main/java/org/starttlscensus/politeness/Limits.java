package org.starttlscensus.politeness;

import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/**
 * How often mail servers may be called. The ceilings are in code, so that no file, variable or option can make the
 * census less polite than its policy: an operator can only be stricter. In 2018 a STARTTLS checker opened many rapid
 * connections and was taken for a spammer's probe. Its operator could no longer tell "blocked" from "no STARTTLS". A
 * long list needs more nights, not shorter gaps.
 *
 * <p>A value of this type is never laxer than the ceilings times its {@code timeScale}. A scale below 1 is only for the
 * lab on loopback; the settings refuse it elsewhere.
 *
 * <table>
 *   <caption>The ceilings at scale 1</caption>
 *   <tr><th>key</th><th>open</th><th>gap</th><th>per night</th></tr>
 *   <tr><td>address</td><td>1</td>
 *       <td>30 s, or 5 x the last call, up to 120 s</td><td>2, plus 1 per sampled name</td></tr>
 *   <tr><td>endpoint</td><td>1</td><td>30 min</td><td>3</td></tr>
 *   <tr><td>prefix</td><td>2</td><td>6 s</td><td></td></tr>
 *   <tr><td>provider</td><td>2, starting at 1</td><td>5 s, doubling to 60 s</td><td>4,800</td></tr>
 *   <tr><td>source</td><td>400</td><td>50 ms</td><td></td></tr>
 * </table>
 *
 * @param timeScale 0 to 1: the factor of every duration here; 0 = pacing off
 * @param providers limits of single providers by their key, unscaled; see {@link #provider(String)}
 * @param openAsSet keys whose number of open calls was configured: pacing off does not lift it
 */
public record Limits(
        Limit address,
        Limit endpoint,
        Limit prefix,
        Limit provider,
        Limit source,
        double timeScale,
        Map<String, Limit> providers,
        Set<LimitKey> openAsSet) {

    /** The window of a provider at the start. It grows only after completed calls. */
    public static final int PROVIDER_OPEN_AT_START = 1;
    /** The most open calls that a line of the providers' file can allow a provider. */
    public static final int PROVIDER_OPEN_BY_OVERRIDE = 5;

    private static final int ADDRESS_GAP_IN_CALLS = 5;
    private static final Duration LONGEST_ADDRESS_GAP = Duration.ofMinutes(2);
    private static final Duration LONGEST_PROVIDER_GAP = Duration.ofSeconds(60);

    /** The policy itself. */
    public static final Limits CEILINGS = new Limits(
            ceiling(LimitKey.ADDRESS),
            ceiling(LimitKey.ENDPOINT),
            ceiling(LimitKey.PREFIX),
            ceiling(LimitKey.PROVIDER),
            ceiling(LimitKey.SOURCE),
            1,
            Map.of(),
            Set.of());

    public Limits {
        if (!(timeScale >= 0 && timeScale <= 1))
            throw new IllegalArgumentException("time scale " + timeScale + "; allowed is 0 to 1");
        requireStrict(LimitKey.ADDRESS, address, timeScale);
        requireStrict(LimitKey.ENDPOINT, endpoint, timeScale);
        requireStrict(LimitKey.PREFIX, prefix, timeScale);
        requireStrict(LimitKey.PROVIDER, provider, timeScale);
        requireStrict(LimitKey.SOURCE, source, timeScale);
        providers = Map.copyOf(providers);
        providers.values().forEach(Limits::requireStrictOverride);
        openAsSet = Set.copyOf(openAsSet);
    }

    public Limit of(LimitKey key) {
        return switch (key) {
            case ADDRESS -> address;
            case ENDPOINT -> endpoint;
            case PREFIX -> prefix;
            case PROVIDER -> provider;
            case SOURCE -> source;
        };
    }

    /**
     * These limits with one of them replaced. A limit that is laxer than the policy is refused, and the message says
     * why.
     */
    public Limits with(LimitKey key, Limit limit) {
        var set = limit.open() == of(key).open() ? openAsSet : plus(key);
        return new Limits(
                key == LimitKey.ADDRESS ? limit : address,
                key == LimitKey.ENDPOINT ? limit : endpoint,
                key == LimitKey.PREFIX ? limit : prefix,
                key == LimitKey.PROVIDER ? limit : provider,
                key == LimitKey.SOURCE ? limit : source,
                timeScale,
                providers,
                set);
    }

    /** These limits with a configured number of open calls. It applies even with pacing off, see {@link #scaled}. */
    public Limits withOpen(LimitKey key, int calls) {
        return new Limits(address, endpoint, prefix, provider, source, timeScale, providers, plus(key))
                .with(key, of(key).withOpen(calls));
    }

    private Set<LimitKey> plus(LimitKey key) {
        var set = new HashSet<>(openAsSet);
        set.add(key);
        return set;
    }

    /** These limits with limits of single providers by their key. Overrides that are too lax are refused. */
    public Limits withProviders(Map<String, Limit> overrides) {
        return new Limits(address, endpoint, prefix, provider, source, timeScale, overrides, openAsSet);
    }

    /**
     * The limit of one provider: its own line of the providers' file, if it has one. A limit that the operator
     * tightened for all providers still applies. Only the window may be wider, and only if the operator left it at the
     * policy's.
     */
    public Limit provider(String key) {
        var own = providers.get(key);
        if (own == null) return provider;
        var gap = times(own.gap(), timeScale);
        return new Limit(
                open(own),
                gap.compareTo(provider.gap()) > 0 ? gap : provider.gap(),
                OptionalInt.of(Math.min(
                        provider.perNight().orElseThrow(), own.perNight().orElseThrow())));
    }

    private int open(Limit own) {
        var ceiling = ceiling(LimitKey.PROVIDER).open();
        if (own.open() >= ceiling && provider.open() == Limit.UNLIMITED) return Limit.UNLIMITED;
        return provider.open() < ceiling ? Math.min(provider.open(), own.open()) : own.open();
    }

    /** A duration of the policy, multiplied with the time scale. */
    public Duration scaled(Duration duration) {
        return times(duration, timeScale);
    }

    /**
     * The same limits with every duration multiplied. At 0 pacing is off: there are no gaps, and the open limits of
     * source, provider and prefix are lifted, unless they were configured. One call at a time per address and endpoint,
     * and the totals of a night, remain.
     */
    public Limits scaled(double scale) {
        if (timeScale != 1) throw new IllegalStateException("already scaled by " + timeScale);
        return new Limits(
                scaled(LimitKey.ADDRESS, scale),
                scaled(LimitKey.ENDPOINT, scale),
                scaled(LimitKey.PREFIX, scale),
                scaled(LimitKey.PROVIDER, scale),
                scaled(LimitKey.SOURCE, scale),
                scale,
                providers,
                openAsSet);
    }

    /**
     * The gap from the start of a call at an address to the start of the next: five times its length, within bounds, so
     * that a slow server gets more time.
     */
    public Duration addressGapAfter(Duration lastCall) {
        // Not by multipliedBy, which computes with decimals: this runs for each call of a night.
        var fitting = Duration.ofNanos(lastCall.toNanos() * ADDRESS_GAP_IN_CALLS);
        var longest = times(LONGEST_ADDRESS_GAP, timeScale);
        var capped = fitting.compareTo(longest) < 0 ? fitting : longest;
        return capped.compareTo(address.gap()) > 0 ? capped : address.gap();
    }

    /** Most calls a night at an address with this many sampled names. */
    public int addressCallsPerNight(int sampledNames) {
        return address.perNight().orElseThrow() + sampledNames;
    }

    /** The longest gap of a provider whose gap doubles from {@code shortest}. */
    Duration longestProviderGap(Duration shortest) {
        var longest = times(LONGEST_PROVIDER_GAP, timeScale);
        return longest.compareTo(shortest) > 0 ? longest : shortest;
    }

    private Limit scaled(LimitKey key, double scale) {
        var limit = of(key).withGap(times(of(key).gap(), scale));
        var isLifted = scale == 0 && opensFreelyWithoutPacing(key) && !openAsSet.contains(key);
        return isLifted ? limit.withOpen(Limit.UNLIMITED) : limit;
    }

    private static boolean opensFreelyWithoutPacing(LimitKey key) {
        return switch (key) {
            case ADDRESS, ENDPOINT -> false;
            case PREFIX, PROVIDER, SOURCE -> true;
        };
    }

    private static Limit ceiling(LimitKey key) {
        return switch (key) {
            case ADDRESS -> Limit.of(1, Duration.ofSeconds(30), 2);
            case ENDPOINT -> Limit.of(1, Duration.ofMinutes(30), 3);
            case PREFIX -> Limit.of(2, Duration.ofSeconds(6));
            case PROVIDER -> Limit.of(2, Duration.ofSeconds(5), 4_800);
            case SOURCE -> Limit.of(400, Duration.ofMillis(50));
        };
    }

    private static String reason(LimitKey key) {
        return switch (key) {
            case ADDRESS -> "a mail server sees one quiet caller, never two at a time";
            case ENDPOINT ->
                "a server whose call failed is not called again for half an hour, nor more than three times a night";
            case PREFIX -> "neighbouring servers often belong to one administrator, who sees all our calls together";
            case PROVIDER ->
                "a provider that takes us for a spammer blocks us everywhere; use more nights, not a faster pace";
            case SOURCE -> "an address that calls faster than this looks like a worm to its own network";
        };
    }

    private static void requireStrict(LimitKey key, Limit limit, double timeScale) {
        var ceiling = ceiling(key);
        var lifted = timeScale == 0 && opensFreelyWithoutPacing(key);
        if (limit.open() > ceiling.open() && !lifted)
            throw laxer(key, "at most %,d open at once".formatted(ceiling.open()));
        var shortest = times(ceiling.gap(), timeScale);
        if (limit.gap().compareTo(shortest) < 0) throw laxer(key, "a gap of at least %s".formatted(spoken(shortest)));
        ceiling.perNight().ifPresent(most -> {
            if (isAbove(limit.perNight(), most)) throw laxer(key, "at most %,d calls a night".formatted(most));
        });
    }

    private static void requireStrictOverride(Limit limit) {
        if (limit.open() > PROVIDER_OPEN_BY_OVERRIDE) {
            throw laxer(
                    LimitKey.PROVIDER, "at most %d open at once by its own line".formatted(PROVIDER_OPEN_BY_OVERRIDE));
        }
        requireStrict(LimitKey.PROVIDER, limit.withOpen(1), 1);
    }

    private static boolean isAbove(OptionalInt calls, int most) {
        return calls.isEmpty() || calls.getAsInt() > most;
    }

    private static IllegalArgumentException laxer(LimitKey key, String allowed) {
        return new IllegalArgumentException("laxer than the policy, which allows per %s %s, because %s"
                .formatted(key.settingName(), allowed, reason(key)));
    }

    private static String spoken(Duration duration) {
        return duration.toMillis() < 1_000 ? duration.toMillis() + " ms" : duration.toSeconds() + " s";
    }

    private static Duration times(Duration duration, double scale) {
        return Duration.ofNanos(Math.round(duration.toNanos() * scale));
    }
}
