package org.starttlscensus.lists;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import org.junit.jupiter.api.Test;

/** The list that comes with the program is a list as the program reads it, and as its page describes it. */
class ShippedListTest {

    private static final Path FILE = Path.of("../datasets/lists/well-known-mail-domains.txt");

    @Test
    void hasValidDomainsOnceEach() throws IOException {
        var domains = new ArrayList<String>();
        var read = DomainList.read(DomainList.pin(FILE), ListTolerance.ofPercent("0"), line -> {
            if (line instanceof ListLine.Listed(var _, var domain, var _)) domains.add(domain.ascii());
        });
        assertEquals(0, read.count().rejected());
        assertEquals(domains.size(), new HashSet<>(domains).size());
        // The first night of a new source address makes 1,000 calls, and a domain has a few servers.
        assertTrue(domains.size() <= 500, "domains: " + domains.size());
        var page = Files.readString(FILE.resolveSibling("README.md"));
        assertTrue(page.contains("| " + domains.size() + " |"), "the page says another number than " + domains.size());
        assertEquals("well-known-mail-domains", ListName.of(FILE));
    }
}
