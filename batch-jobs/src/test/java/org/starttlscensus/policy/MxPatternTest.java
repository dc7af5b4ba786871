package org.starttlscensus.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.starttlscensus.fact.Hostname;

/** RFC 8461, section 4.1. */
class MxPatternTest {

    @ParameterizedTest
    @CsvSource({
        "mx.example.org, mx.example.org, true, true",
        "MX.Example.ORG, mx.example.org, true, true",
        "mx.example.org., mx.example.org, true, true",
        "mx.example.org, other.example.org, false, false",
        "example.org, mx.example.org, false, false",
        "*.example.org, mx.example.org, true, true",
        "*.EXAMPLE.org., MX.example.org., true, true",
        "*.example.org, a.mx.example.org, false, true",
        "*.example.org, example.org, false, false",
        "*.example.org, mxexample.org, false, false",
        "*.example.org, mx_1.example.org, true, true",
        "mx_1.example.org, mx_1.example.org, true, true",
        "*.org, example.org, true, true",
        "*, example, false, false",
        "*., example, false, false",
        "*.*.example.org, a.b.example.org, false, false",
        "m*.example.org, mx.example.org, false, false",
        "mx.*.org, mx.example.org, false, false",
        ".example.org, mx.example.org, false, false",
        "192.0.2.1, 192.0.2.1, false, false",
        "*.0.2.1, 192.0.2.1, false, false",
        "[192.0.2.1], 192.0.2.1, false, false",
        "2001:db8::1, mx.example.org, false, false",
        "xn--bcher-kva.example, xn--bcher-kva.example, true, true",
        "b\u00fccher.example, xn--bcher-kva.example, false, false",
        "m\u212a.example.org, mk.example.org, false, false",
        "'mx.example.org mx2.example.org', mx.example.org, false, false",
        "'mx.example.org,', mx.example.org, false, false"
    })
    void aWildcardIsOneLabel(String pattern, String host, boolean covers, boolean atAnyDepth) {
        var read = MxPattern.of(pattern);
        assertEquals(covers, read.covers(new Hostname(host)));
        assertEquals(atAnyDepth, read.coversAnyDepth(new Hostname(host)));
    }
}
