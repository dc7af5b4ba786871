package org.starttlscensus.lab;

import java.util.List;

/** Who lives in a lab. */
public enum LabPopulation {

    /** 2,000 domains: every manner of a server, every trouble of the DNS, self-hosters, and companies large and small. */
    INTERNET(LabCompany.OF_THE_INTERNET),

    /** Companies that count their callers over all their servers, and turn away or block who comes too often. */
    STRICT(LabCompany.WITH_RULES),

    /** The same and two that are stricter still: two connections a minute; a block that lifts. */
    STRICTER(LabCompany.WITH_STRICTER_RULES),

    /** Twenty companies, and nothing odd about any of them. */
    CALM(LabCompany.neighbours(false)),

    /** The same, but that two of them keep everybody waiting or turn everybody away. */
    TROUBLED(LabCompany.neighbours(true));

    private final List<LabCompany> companies;

    LabPopulation(List<LabCompany> companies) {
        this.companies = companies;
    }

    List<LabCompany> companies() {
        return companies;
    }
}
