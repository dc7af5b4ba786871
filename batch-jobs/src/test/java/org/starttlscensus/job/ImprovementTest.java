package org.starttlscensus.job;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.starttlscensus.store.PublishedVerdict;

/** A published row is replaced by a better one only. */
class ImprovementTest {

    private static PublishedVerdict verdict(String words) {
        var parts = words.split(" ");
        return new PublishedVerdict(
                parts[0],
                parts.length > 1 ? Optional.of(parts[1]) : Optional.empty(),
                parts.length > 2 ? Optional.of(parts[2]) : Optional.empty());
    }

    @ParameterizedTest
    @CsvSource({
        "blocked,                             starttls_ok trusted match,          true",
        "no_starttls,                         starttls_ok self_signed mismatch,   true",
        "tls_failed,                          starttls_ok expired match,          true",
        "tls_failed,                          client_cert_required trusted match, true",
        "client_cert_required trusted match,  starttls_ok trusted match,          true",
        "starttls_ok expired match,           starttls_ok trusted match,          true",
        "starttls_ok trusted mismatch,        starttls_ok trusted cn_only,        true",
        "starttls_ok trusted cn_only,         starttls_ok trusted match,          true",
        // what got worse since the night is no fault of the night
        "starttls_ok trusted match,           starttls_ok expired match,          false",
        "starttls_ok trusted match,           starttls_ok trusted mismatch,       false",
        "starttls_ok trusted mismatch,        starttls_ok expired match,          false",
        "starttls_ok expired match,           tls_failed,                         false",
        "starttls_ok trusted match,           starttls_ok trusted match,          false",
        "starttls_ok trusted match,           blocked,                            false",
        "blocked,                             no_starttls,                        false"
    })
    void isBetterInOneAndWorseInNone(String before, String now, boolean isBetter) {
        assertEquals(isBetter, Improvement.is(verdict(before), verdict(now)));
    }
}
