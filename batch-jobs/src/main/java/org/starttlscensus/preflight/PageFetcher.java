package org.starttlscensus.preflight;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.starttlscensus.fact.Address;
import org.starttlscensus.https.BodyInMemory;
import org.starttlscensus.https.FetchRequest;
import org.starttlscensus.https.FetchResult;
import org.starttlscensus.https.HttpsClient;
import org.starttlscensus.settings.CensusSettings;
import org.starttlscensus.settings.SafetyGate;
import org.starttlscensus.settings.SourceAddress;

/**
 * Fetches the operator's own pages: once each, within a bound of time and octets.
 *
 * @param port 443, but in tests
 */
record PageFetcher(HttpsClient https, int port) {

    static final int HTTPS = 443;
    private static final Duration WHOLE = Duration.ofSeconds(20);
    private static final long MOST_OCTETS = 256 * 1_024;

    /** What came, or why nothing did. */
    sealed interface PageAnswer {

        /** @param type of the content, in lower case; empty if none was said */
        record ServedPage(String type, String text) implements PageAnswer {}

        record NotServed(String why) implements PageAnswer {}
    }

    /** Believes the roots of this Java installation. */
    static PageFetcher of(PreflightRequest request) {
        return new PageFetcher(new HttpsClient(request.userAgent(), whyNot(request.settings())), HTTPS);
    }

    /** The pages are often on the machine that calls. Nothing else of ours is called. */
    static Function<Address, Optional<String>> whyNot(CensusSettings settings) {
        var sources =
                settings.sourceAddresses().stream().map(SourceAddress::address).collect(Collectors.toUnmodifiableSet());
        var others = SafetyGate.publicInternet();
        return address -> sources.contains(address) ? Optional.empty() : others.whyNot(address);
    }

    PageAnswer fetch(URI page) {
        var body = new BodyInMemory();
        var request = new FetchRequest(atPort(page), body, MOST_OCTETS, Optional.empty(), Optional.empty());
        try {
            return switch (https.within(WHOLE).fetch(request)) {
                case FetchResult.Fetched fetched ->
                    new PageAnswer.ServedPage(fetched.mediaType().orElse("").toLowerCase(Locale.ROOT), body.text());
                case FetchResult.Unfetched(var seen) -> new PageAnswer.NotServed(seen);
                case FetchResult.NotModified() ->
                    throw new IllegalStateException("nobody asked whether %s changed".formatted(page));
            };
        } catch (IOException impossible) {
            throw new IllegalStateException("memory can be written", impossible);
        }
    }

    private URI atPort(URI page) {
        return page.getPort() >= 0 || port == HTTPS
                ? page
                : URI.create("https://%s:%d%s".formatted(page.getHost(), port, page.getRawPath()));
    }
}
