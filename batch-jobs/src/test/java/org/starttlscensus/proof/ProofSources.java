package org.starttlscensus.proof;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.starttlscensus.fact.Address;
import org.starttlscensus.lab.Lab;

/** From which of our addresses the proof makes its calls. Without the property the operating system chooses one. */
final class ProofSources {

    /** In the form of census.source-addresses. */
    private static final String SOURCES = System.getProperty("census.proof.sources", "");

    private static final String EHLO_NAME = "census.smtp.ehlo-name";

    private ProofSources() {}

    /** The settings of the lab, with our sources. */
    static Map<String, String> settings(Lab lab) {
        var settings = new LinkedHashMap<>(lab.settings());
        if (SOURCES.isEmpty()) return settings;
        settings.remove(EHLO_NAME);
        settings.put("census.source-addresses", SOURCES);
        return settings;
    }

    /** The name that a call from this address must say. */
    static Optional<String> ehloName(Lab lab, Address source) {
        if (SOURCES.isEmpty()) return Optional.ofNullable(lab.settings().get(EHLO_NAME));
        return Arrays.stream(SOURCES.split(","))
                .map(one -> one.strip().split("="))
                .filter(one -> Address.of(one[0]).equals(source))
                .map(one -> one[1])
                .findFirst();
    }

    static int count() {
        return SOURCES.isEmpty() ? 1 : SOURCES.split(",").length;
    }
}
