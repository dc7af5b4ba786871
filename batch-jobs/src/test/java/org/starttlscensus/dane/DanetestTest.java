package org.starttlscensus.dane;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.starttlscensus.fact.Hostname;
import org.starttlscensus.fact.Octets;
import org.starttlscensus.verdict.Pem;

/**
 * OpenSSL's own cases. Where they use usages 0 and 1, or want names compared for usage 3, mail differs, and the verdict
 * is that of RFC 7672.
 */
class DanetestTest {

    private static final Path SUITE = Path.of("../../shared/vectors/dane/danetest.in");
    private static final List<Hostname> NAMES = List.of(new Hostname("example.com"));
    private static final Instant AT = Instant.parse("2026-11-23T00:00:00Z");

    private static final int OK = 0;
    private static final int NAME_MISMATCH = 62;

    /** @param result OpenSSL's verification result; 0 is success */
    private record DaneCase(int result, int depth, List<TlsaRecord> records, List<Octets> chain) {

        /** The status and the depth that mail senders come to. */
        String expected() {
            if (records.stream().allMatch(record -> record.usage() < TlsaRecord.TRUST_ANCHOR)) return "unusable at -1";
            var isOwn = depth == 0 && records.getFirst().usage() == TlsaRecord.END_ENTITY;
            var passes = result == OK || (result == NAME_MISMATCH && isOwn);
            return "%s at %d".formatted(passes ? "pass" : "fail", depth);
        }

        String found() {
            var verdict = DaneJudge.judge(records, chain, NAMES, AT);
            return "%s at %d"
                    .formatted(verdict.status().label(), verdict.depth().orElse(-1));
        }
    }

    @Test
    void everyCaseEndsAsForAMailSender() throws IOException {
        assumeTrue(Files.exists(SUITE), () -> "no suite at " + SUITE);
        var expected = new TreeMap<Integer, String>();
        var found = new TreeMap<Integer, String>();
        var forMail = new TreeMap<String, Integer>();
        int number = 0;
        for (var each : cases(Files.readString(SUITE))) {
            expected.put(++number, each.expected());
            found.put(number, each.found());
            var opensslPasses = each.result() == OK;
            if (opensslPasses != each.expected().startsWith("pass")) {
                forMail.merge(
                        each.expected().startsWith("pass") ? "names of usage 3" : "usages 0 and 1", 1, Integer::sum);
            }
        }
        assertEquals(54, number);
        assertEquals(expected, found);
        assertEquals(Map.of("names of usage 3", 1, "usages 0 and 1", 16), forMail);
    }

    private static List<DaneCase> cases(String text) {
        var cases = new ArrayList<DaneCase>();
        for (var block : text.split("\n\\s*\n")) {
            var lines = block.lines().filter(line -> !line.startsWith("#")).toList();
            if (lines.stream().noneMatch(line -> line.contains("BEGIN"))) continue;
            var head = lines.getFirst().trim().split(" +");
            var records = lines.stream()
                    .skip(1)
                    .limit(Integer.parseInt(head[0]))
                    .map(TlsaRecord::parse)
                    .toList();
            var chain = Pem.certificates(block);
            assertEquals(Integer.parseInt(head[1]), chain.size(), head[0]);
            cases.add(new DaneCase(Integer.parseInt(head[3]), Integer.parseInt(head[4]), records, chain));
        }
        return cases;
    }

    @Test
    void aCaseThatEndsOtherwiseIsNoticed() {
        var none = new DaneCase(OK, 0, List.of(TlsaRecord.parse("3 1 1 " + "ab".repeat(32))), List.of());
        assertEquals("pass at 0", none.expected());
        assertEquals(
                Optional.empty(),
                DaneJudge.judge(none.records(), none.chain(), NAMES, AT).depth());
        assertEquals("fail at -1", none.found());
    }
}
