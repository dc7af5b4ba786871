package org.starttlscensus.names;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.starttlscensus.fact.MailDomain;

class DomainNamesTest {

    @Nested
    class ADomain {

        @ParameterizedTest
        @CsvSource({
            "example.org, example.org",
            "EXAMPLE.Org., example.org",
            "bücher.example, xn--bcher-kva.example",
            "BÜCHER.example, xn--bcher-kva.example",
            "bu\u0308cher.example, xn--bcher-kva.example",
            "xn--bcher-kva.example, xn--bcher-kva.example",
            "XN--BCHER-KVA.example, xn--bcher-kva.example",
            "faß.de, xn--fa-hia.de",
            "例え。テスト, xn--r8jz45g.xn--zckzah",
            "例え.テスト。, xn--r8jz45g.xn--zckzah",
            "ｅｘａｍｐｌｅ．ｏｒｇ, example.org",
            "مثال.إختبار, xn--mgbh0fb.xn--kgbechtv",
            "r3---sn.example, r3---sn.example",
            "r3---sn.bücher.example, r3---sn.xn--bcher-kva.example",
            "1.example, 1.example",
            "0xn--a.example, 0xn--a.example",
            "co.uk, co.uk",
            "github.io, github.io",
            "mx.test, mx.test",
            "example.example, example.example",
            "local.example, local.example",
            "1.0.168.192.in-addr.arpa, 1.0.168.192.in-addr.arpa"
        })
        void isParsedToItsCanonicalForm(String raw, String ascii) {
            assertEquals(new ParsedDomain.Usable(new MailDomain(ascii)), DomainNames.read(raw));
        }

        @Test
        void mayHave253OctetsInLabelsOf63() {
            var label = "a".repeat(63);
            var longest = String.join(".", label, label, label, "b".repeat(61));
            assertInstanceOf(ParsedDomain.Usable.class, DomainNames.read(longest));
            assertInstanceOf(ParsedDomain.Usable.class, DomainNames.read(longest + "."));
            assertUnusable(NameFault.NAME_TOO_LONG, longest + "b");
        }
    }

    @Nested
    class NoDomain {

        @ParameterizedTest
        @CsvSource({
            "'', EMPTY",
            "., EMPTY",
            "someone@example.org, EMAIL_ADDRESS",
            "someone@bücher.example, EMAIL_ADDRESS",
            "https://example.org, URL",
            "https://bücher.example/a, URL",
            "example.org/path, URL",
            "example.org:25, URL",
            "192.0.2.1, IP_ADDRESS",
            "１９２.0.2.1, IP_ADDRESS",
            "[192.0.2.1], IP_ADDRESS",
            "2001:db8::1, IP_ADDRESS",
            "[2001:db8::1], IP_ADDRESS",
            "::1, IP_ADDRESS",
            "example.123, IP_ADDRESS",
            "2130706433, IP_ADDRESS",
            "org, SINGLE_LABEL",
            "localhost, SINGLE_LABEL",
            "бел, SINGLE_LABEL",
            "a.localhost, SPECIAL_USE",
            "printer.local, SPECIAL_USE",
            "a.INVALID., SPECIAL_USE",
            "abc.onion, SPECIAL_USE",
            "router.home.arpa, SPECIAL_USE",
            "home.arpa, SPECIAL_USE",
            "a.internal, SPECIAL_USE",
            "a..example, EMPTY_LABEL",
            ".example.org, EMPTY_LABEL",
            "example.org.., EMPTY_LABEL",
            "bücher..example, EMPTY_LABEL",
            "-a.example, HYPHEN_AT_EDGE",
            "a-.example, HYPHEN_AT_EDGE",
            "-ü.example, HYPHEN_AT_EDGE",
            "_dmarc.example.org, DISALLOWED_CHARACTER",
            "_dmarc.bücher.example, DISALLOWED_CHARACTER",
            "*.example.org, DISALLOWED_CHARACTER",
            "a b.example, DISALLOWED_CHARACTER",
            "'a,b.example', DISALLOWED_CHARACTER",
            "a\u0000b.example, DISALLOWED_CHARACTER",
            "a\u202eb.example, DISALLOWED_CHARACTER",
            "\uD800.example, DISALLOWED_CHARACTER",
            "xn--a.example, INVALID_A_LABEL",
            "xn--.example, INVALID_A_LABEL",
            "xn--bcher-kva8.example, INVALID_A_LABEL",
            "XN--BChER-\u00e4.example, INVALID_A_LABEL",
            "ab--ü.example, MISPLACED_HYPHENS",
            "\u0301a.example, MISPLACED_MARK",
            "a\u200db.example, MISPLACED_JOINER",
            "aא.example, MIXED_DIRECTION"
        })
        void hasAReason(String raw, NameFault reason) {
            assertUnusable(reason, raw);
        }

        @Test
        void isALabelOf64() {
            assertUnusable(NameFault.LABEL_TOO_LONG, "a".repeat(64) + ".example");
            assertUnusable(NameFault.LABEL_TOO_LONG, "ü".repeat(63) + ".example");
        }

        @Test
        void isAHugeTextThatIsRefusedFast() {
            assertTimeoutPreemptively(Duration.ofSeconds(1), () -> {
                assertUnusable(NameFault.NAME_TOO_LONG, "ü".repeat(50_000_000));
                assertUnusable(NameFault.NAME_TOO_LONG, "a.".repeat(10_000_000));
            });
        }
    }

    @ParameterizedTest
    @EnumSource
    void everyFaultIsReadBackFromItsLabel(NameFault fault) {
        assertEquals(fault, NameFault.of(fault.label()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"tr_TR", "az", "lt"})
    void theDefaultLocaleDoesNotMatter(String language) {
        var before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag(language.replace('_', '-')));
            assertEquals(new ParsedDomain.Usable(new MailDomain("title.example")), DomainNames.read("TITLE.EXAMPLE"));
        } finally {
            Locale.setDefault(before);
        }
    }

    private static void assertUnusable(NameFault reason, String raw) {
        assertEquals(new ParsedDomain.Unusable(reason), DomainNames.read(raw));
    }
}
