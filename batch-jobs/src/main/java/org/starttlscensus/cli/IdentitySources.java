package org.starttlscensus.cli;

import java.net.URI;
import java.util.List;
import org.starttlscensus.identity.CallingSource;
import org.starttlscensus.settings.CensusSettings;

/** What the settings say of who calls. What is missing is refused in words. */
final class IdentitySources {

    private IdentitySources() {}

    static List<CallingSource> of(CensusSettings settings) {
        if (settings.sourceAddresses().isEmpty())
            throw missing(
                    "census.source-addresses", "192.0.2.1=census.example.org", "the address that calls come from");
        return settings.sourceAddresses().stream()
                .map(source -> new CallingSource(source.address(), source.ehloName()))
                .toList();
    }

    static URI contact(CensusSettings settings) {
        return settings.identity()
                .contact()
                .orElseThrow(
                        () -> missing("census.identity.contact", "mailto:census@example.org", "how you are reached"));
    }

    static URI page(CensusSettings settings) {
        return settings.identity()
                .page()
                .orElseThrow(() -> missing(
                        "census.identity.page", "https://census.example.org/", "where the page will be served"));
    }

    private static RefusedRequestException missing(String key, String example, String meaning) {
        return new RefusedRequestException(
                "%s is not set: %s. For example --set %s=%s".formatted(key, meaning, key, example));
    }
}
