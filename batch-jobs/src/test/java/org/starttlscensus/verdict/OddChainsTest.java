package org.starttlscensus.verdict;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.starttlscensus.OddCertificates;
import org.starttlscensus.fact.Octets;

/** Certificates with every kind of fault, as a server's own and as an issuer: each gets a verdict by a rule. */
class OddChainsTest {

    @Test
    void noneOfThemBreaksTheJudge() {
        var statuses = new EnumMap<ChainStatus, Integer>(ChainStatus.class);
        Map<String, String> broken = new TreeMap<>();
        for (var odd : OddCertificates.all()) {
            for (var chain : List.of(List.of(odd), List.of(odd, odd), List.of(JudgedChains.LEAF.der(), odd))) {
                var verdict = judgedByItself(odd, chain);
                statuses.merge(verdict.status(), 1, Integer::sum);
                verdict.reasons().stream()
                        .filter(reason -> reason.contains("failed on it") || reason.contains("took longer"))
                        .forEach(reason -> broken.put(odd.sha256().hex(), reason));
            }
        }
        System.out.printf("odd certificates in chains: %s%n", statuses);
        assertEquals(Map.of(), broken);
    }

    /** The certificate is a root, too, if it can be read. */
    private static ChainVerdict judgedByItself(Octets odd, List<Octets> chain) {
        return new ChainJudge(TrustStore.of("odd", List.of(odd), _ -> {})).judge(chain, JudgedChains.NOW);
    }
}
