package org.starttlscensus.politeness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.starttlscensus.fact.Hostname;

class ProviderRulesTest {

    private static final String HEAD = "# Rules version: 7\nprovider,mx_suffixes,open,gap,per_night,note\n";

    private static ProviderRules parse(String text) {
        return ProviderFile.parse(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String refused(String text) {
        return assertThrows(IllegalArgumentException.class, () -> parse(text)).getMessage();
    }

    @Test
    void theShippedFileNamesTheThirtyLargestAndMore() {
        var shipped = ProviderRules.shipped();
        assertTrue(new HashSet<>(shipped.suffixes().values()).size() >= 30);
        assertEquals(5, shipped.limits().get("google").open());
        assertEquals(Optional.of("united-internet"), shipped.providerOf(new Hostname("mx00.gmx.net")));
    }

    @Test
    void theLongestSuffixAtADotWins() {
        var rules = parse(HEAD + "big,example.net,,,,\nsmall,mx.example.net,,,,\n");
        assertEquals(Optional.of("small"), rules.providerOf(new Hostname("a.mx.example.net")));
        assertEquals(Optional.of("small"), rules.providerOf(new Hostname("mx.example.net")));
        assertEquals(Optional.of("big"), rules.providerOf(new Hostname("notmx.example.net")));
        assertEquals(Optional.empty(), rules.providerOf(new Hostname("notexample.net")));
    }

    @Test
    void aPoolBelongsToItsProviderAndItsOwnServersDoNotBelongToThePool() {
        var rules = parse("""
                # version: 1
                provider,mx_suffixes,open,gap,per_night,note,pool_suffixes
                big,example.net,,,,,vps.example.net lines.example.org
                all,,,,,,example.com
                """);
        assertEquals(Optional.of("big"), rules.providerOf(new Hostname("a1.vps.example.net")));
        assertTrue(rules.isInPool(new Hostname("a1.vps.example.net")));
        assertTrue(rules.isInPool(new Hostname("a2.lines.example.org")));
        assertTrue(rules.isInPool(new Hostname("a3.example.com")));
        assertFalse(rules.isInPool(new Hostname("mx1.example.net")));
        assertFalse(rules.isInPool(new Hostname("notvps.example.net")));
        assertEquals(Optional.empty(), rules.providerOf(new Hostname("mx.example.org")));
        assertEquals(Set.of(), parse(HEAD + "big,example.net,,,,\n").pools(), "the column may be missing");
    }

    @Test
    void limitsAreWithinTheCeilings() {
        var limits = Limits.CEILINGS.withProviders(parse(HEAD + "big,example.net,5,,,\nslow,example.org,1,20s,100,\n")
                .limits());
        assertEquals(Limit.of(5, Duration.ofSeconds(5), 4_800), limits.provider("big"));
        assertEquals(Limit.of(1, Duration.ofSeconds(20), 100), limits.provider("slow"));
        assertEquals(Limits.CEILINGS.provider(), limits.provider("other"));
        assertEquals(Duration.ofSeconds(1), limits.scaled(0.05).provider("slow").gap());
    }

    @Test
    void limitsTightenedForAllApplyToEachProvider() {
        var tight = Limits.CEILINGS
                .with(LimitKey.PROVIDER, Limit.of(1, Duration.ofSeconds(30), 1_000))
                .withProviders(parse(HEAD + "big,example.net,5,10s,2000,\n").limits());
        assertEquals(Limit.of(1, Duration.ofSeconds(30), 1_000), tight.provider("big"));
    }

    @Test
    void anotherTextIsAnotherVersion() {
        var one = parse(HEAD + "big,example.net,,,,\n").version();
        assertTrue(one.matches("7/[0-9a-f]{8}"), one);
        assertTrue(!one.equals(parse(HEAD + "big,example.net,,,,!\n").version()));
    }

    @Nested
    class Refuses {

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "Big,example.net,,,,            | line 3, column provider | small letters",
                    "big,,,,,                       | line 3, column mx_suffixes | separated by spaces",
                    "big,example.net exa mple,,,,   | line 3, column mx_suffixes | public suffix",
                    "big,exa$mple.net,,,,           | line 3, column mx_suffixes | \"exa$mple.net\" is none",
                    "big,co.uk,,,,                  | line 3, column mx_suffixes | \"co.uk\" is a public suffix",
                    "big,example.net,6,,,           | line 3, column open | at most 5 open at once",
                    "big,example.net,0,,,           | line 3, column open | at least 1",
                    "big,example.net,two,,,         | line 3, column open | a whole number",
                    "big,example.net,,4s,,          | line 3, column gap | a gap of at least 5 s",
                    "big,example.net,,10,,          | line 3, column gap | a duration such as 10s",
                    "big,example.net,,,4801,        | line 3, column per_night | at most 4,800 calls",
                    "big,example.net,,,             | line 3, column provider | the line has 5 cells, expected are 6",
                    "big,example.net,,,,,           | line 3, column provider | the line has 7 cells, expected are 6"
                })
        void aCellThatIsNotAllowed(String line, String where, String allowed) {
            var message = refused(HEAD + line + "\n");
            assertTrue(message.contains(where) && message.contains(allowed), message);
        }

        @Test
        void aPoolThatIsNoSuffixOrIsGivenTwice() {
            var head = "# version: 1\nprovider,mx_suffixes,open,gap,per_night,note,pool_suffixes\n";
            assertTrue(refused(head + "big,example.net,,,,,co.uk\n").contains("line 3, column pool_suffixes"));
            assertTrue(refused(head + "big,example.net,,,,,example.net\n").contains("belongs to big in line 3"));
            assertTrue(refused(head + "big,,,,,,\n").contains("line 3, column mx_suffixes"));
            assertTrue(refused(head + "big,example.net,,,,\n").contains("6 cells, expected are 7"));
        }

        @Test
        void aProviderOrSuffixThatIsGivenTwice() {
            assertTrue(refused(HEAD + "big,example.net,,,,\nbig,example.org,,,,\n")
                    .contains("line 4, column provider: seen \"big\"; the provider is in line 3"));
            assertTrue(refused(HEAD + "big,example.net,,,,\nsmall,example.net,,,,\n")
                    .contains("\"example.net\" belongs to big in line 3"));
        }

        @Test
        void aFileOfAnotherKind() {
            assertTrue(refused("provider,mx_suffixes\n").contains("version"));
            assertTrue(refused("# version: 1\nprovider,mx_suffixes\nx,y\n").contains("line 2"));
            assertTrue(refused("# version: 1\n").contains("empty"));
            assertTrue(assertThrows(
                            IllegalArgumentException.class,
                            () -> ProviderFile.parse(new byte[] {(byte) 0xff, (byte) 0xfe, 0}))
                    .getMessage()
                    .contains("UTF-8"));
            assertTrue(refused(HEAD + "big,\"example.net,,,,\n").contains("line 3")
                    || refused(HEAD + "big,\"example.net,,,,\n").contains("CSV"));
        }
    }
}
