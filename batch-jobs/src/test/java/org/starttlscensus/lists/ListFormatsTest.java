package org.starttlscensus.lists;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Lists in the formats of their publishers: those that are read, and those that are refused with their conversion. */
class ListFormatsTest {

    private static final String MAJESTIC_HEADER = "GlobalRank,TldRank,Domain,TLD,RefSubNets,RefIPs,IDN_Domain,IDN_TLD,"
            + "PrevGlobalRank,PrevTldRank,PrevRefSubNets,PrevRefIPs\n";

    @TempDir
    private Path directory;

    private List<String> ranked(String contents) throws IOException {
        return ListFile.of(directory, contents).read(ListTolerance.ofPercent("0")).lines().stream()
                .map(ListLine.Listed.class::cast)
                .map(listed -> (listed.rank().isPresent() ? listed.rank().getAsInt() + " " : "") + listed.domain())
                .toList();
    }

    private List<String> reasons(String contents) throws IOException {
        return ListFile.of(directory, contents).read().reasons();
    }

    private MalformedListException refusal(String contents) throws IOException {
        return MalformedListTest.assertRefused("", ListFile.of(directory, contents));
    }

    @Nested
    class ColumnsUnderAHeader {

        @Test
        void areReadFromMajestic() throws IOException {
            assertEquals(
                    List.of("1 big.example", "2 xn--bcher-kva.example"),
                    ranked(MAJESTIC_HEADER
                            + "1,1,big.example,example,500,2000,big.example,example,1,1,501,2001\n"
                            + "2,2,xn--bcher-kva.example,example,499,1999,bücher.example,example,,,,\n"));
            assertEquals(
                    List.of("3 wrong_columns", "4 rank_not_a_number"),
                    reasons(MAJESTIC_HEADER
                            + "1,1,big.example,example,5,2,big.example,example,1,1,5,2\n"
                            + "2,2,cut.exam\n"
                            + "x,2,other.example,example,5,2,other.example,example,1,1,5,2\n"));
        }

        @Test
        void areReadFromDomCop() throws IOException {
            assertEquals(List.of("1 fonts.big.example", "2 small.example"), ranked("""
                            "Rank","Domain","Open Page Rank"
                            "1","fonts.big.example","10.00"
                            "2","small.example","9.87"
                            """));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "domain,rank\nbig.example,7\n",
                    "RANK,category,DOMAIN\r\n7,news,big.example\r\n",
                    "\uFEFF\"Domain\",\"GlobalRank\"\n\"big.example\",\"7\"\n",
                    "#from far away\n\n domain , popularity %, rank \nbig.example,99.1,7\n"
                })
        void mayStandInAnyOrder(String contents) throws IOException {
            assertEquals(List.of("7 big.example"), ranked(contents));
        }

        @Test
        void mayHaveNoRanks() throws IOException {
            assertEquals(List.of("big.example"), ranked("tld,domain\nexample,big.example\n"));
            assertEquals(List.of("big.example"), ranked("\"domain\"\n\"big.example\"\n"));
        }
    }

    @Nested
    class AnOrigin {

        @ParameterizedTest
        @CsvSource({
            "https://www.example.org,          example.org",
            "https://example.org,              example.org",
            "http://m.shop.example.org:8080,   example.org",
            "HTTPS://WWW.EXAMPLE.ORG/,         example.org",
            "https://www.shop.example.co.uk,   example.co.uk",
            "https://someone.github.io,        github.io",
            "https://co.uk,                    co.uk",
            "https://www.bücher.example,       xn--bcher-kva.example"
        })
        void standsForItsRegistrableDomain(String origin, String domain) throws IOException {
            assertEquals(List.of("1000 " + domain), ranked("origin,rank\n" + origin + ",1000\n"));
        }

        @Test
        void isReadWithoutAHeaderAndWithoutRanks() throws IOException {
            assertEquals(
                    List.of("1000 one.example", "5000 two.example"),
                    ranked("https://one.example,1000\nhttps://www.two.example,5000\n"));
            assertEquals(List.of("one.example"), ranked("origin\nhttps://www.one.example\n"));
            assertEquals(List.of("one.example"), ranked("https://www.one.example\n"));
        }

        @ParameterizedTest
        @CsvSource({
            "one.example,                 not_an_origin",
            "ftp://one.example,           not_an_origin",
            "https://one.example/path,    not_an_origin",
            "https://[2001:db8::1],       not_an_origin",
            "https://me@one.example,      not_an_origin",
            "https://192.0.2.1,           ip_address",
            "https://intranet,            single_label",
            "https://printer.local,       special_use"
        })
        void isRejectedAlone(String origin, String reason) throws IOException {
            assertEquals(
                    List.of("3 " + reason), reasons("origin,rank\nhttps://good.example,1000\n" + origin + ",1000\n"));
        }

        @Test
        void isNotReadInAListOfDomains() throws IOException {
            assertEquals(List.of("2 url"), reasons("good.example\nhttps://www.example.org\n"));
            assertEquals(List.of("2 url"), reasons("1,good.example\n2,https://www.example.org\n"));
        }
    }

    @Nested
    class AZoneFile {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "org.\t900\tin\tsoa\ta.nic.example. post.nic.example. 1 1800 900 604800 86400\n",
                    "; a comment\n$ORIGIN org.\n",
                    "$TTL 1d\n@ IN SOA a.nic.example. post.nic.example. (\n",
                    "EXAMPLE NS NS1.EXAMPLE.NET.\n",
                    "example.org. IN 86400 NS ns1.example.net.\n",
                    "example.org. 3600 DS 1 8 2 ABCD\n",
                    "www.example.org. 300 IN A 192.0.2.1\n"
                })
        void isRefusedWithTheLineThatConvertsIt(String contents) throws IOException {
            var refusal = refusal(contents + "one.example\n".repeat(500));
            assertTrue(refusal.getMessage().contains("a DNS zone file"), refusal::getMessage);
            assertTrue(refusal.getMessage().contains("Convert it: cat '"), refusal::getMessage);
            assertTrue(refusal.line().equals(OptionalLong.of(contents.startsWith(";") ? 2 : 1)), refusal::getMessage);
        }

        @Test
        void isMadeAListByThatLine() throws Exception {
            var zone = Files.writeString(directory.resolve("it's org.zone"), """
                    org.\t900\tin\tsoa\ta.nic.example. post.nic.example. 1 1800 900 604800 86400
                    org.\t172800\tin\tns\ta.nic.example.
                    one.org.\t3600\tin\tns\tns1.example.net.
                    one.org.\t3600\tin\tns\tns2.example.net.
                    one.org.\t86400\tin\tds\t1 8 2 abcd
                    ns1.glue.org.\t3600\tin\ta\t192.0.2.1
                    $ORIGIN org.
                    TWO NS ns1.example.net.
                    three 3600 IN NS ns1.example.net.
                    """);
            assertEquals(List.of("one.org", "three.org", "two.org"), converted(new ListFile(zone)));
        }

        @Test
        void isRecognisedWhenCompressed() throws IOException {
            var zone = ListFile.of(directory, ListFile.gzip("org.\t900\tin\tns\ta.nic.example.\n".getBytes(UTF_8)));
            var refusal = MalformedListTest.assertRefused("zone file", zone);
            assertTrue(refusal.getMessage().contains("Convert it: zcat '"), refusal::getMessage);
        }
    }

    @Nested
    class ColumnsWithoutAHeader {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "1,1,one.org,org,5,2,one.org,org,1,1,5,2\n2,2,two.org,org,5,2,two.org,org,1,1,5,2\n",
                    "\"1\",\"one.org\",\"10.00\"\n\"2\",\"two.org\",\"9.87\"\n",
                    "one.org,1\ntwo.org,2\n",
                    "1\tone.org\n2\ttwo.org\n",
                    "1;one.org;x\n2;two.org;x\n"
                })
        void areRefusedWithTheLineThatConvertsThem(String contents) throws Exception {
            var file = ListFile.of(directory, contents);
            MalformedListTest.assertRefused("seems to have the domain", file);
            assertEquals(List.of("one.org", "two.org"), converted(file));
        }
    }

    /** Runs the line that the refusal gives, and reads the list that it makes. */
    private List<String> converted(ListFile file) throws Exception {
        var refusal = assertThrows(MalformedListException.class, file::read);
        var line =
                refusal.getMessage().substring(refusal.getMessage().indexOf("Convert it: ") + "Convert it: ".length());
        var shell = new ProcessBuilder("sh", "-c", line)
                .directory(directory.toFile())
                .inheritIO()
                .start();
        assertEquals(0, shell.waitFor(), line);
        var target = directory.resolve(Conversion.nameOf(file.path()) + ".txt");
        return new ListFile(target).read().domains();
    }

    @Test
    void aHeaderIsNoDomain() throws IOException {
        assertEquals(List.of("1 big.example"), ranked("rank,domain\n1,big.example\n"));
        assertEquals(
                List.of(new ListLine.Listed(
                        2, new org.starttlscensus.fact.MailDomain("big.example"), OptionalInt.empty())),
                ListFile.of(directory, "domain\nbig.example\n").read().lines());
    }
}
