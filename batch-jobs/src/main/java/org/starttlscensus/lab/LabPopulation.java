package org.starttlscensus.lab;

import java.util.List;

/** Which domains, companies and servers a lab has. */
public enum LabPopulation {

    /** 2,000 domains: every server behavior, every DNS fault, self-hosted servers, and companies large and small. */
    INTERNET(LabCompany.OF_THE_INTERNET),

    /** Companies that count a client's connections over all their servers, and limit or block it. */
    STRICT(LabCompany.WITH_RULES),

    /** The same, and stricter companies: for example two connections a minute, and a block that ends after a time. */
    STRICTER(LabCompany.WITH_STRICTER_RULES),

    /** Twenty companies without faults or limits. */
    CALM(LabCompany.neighbours(false)),

    /** The same, but one company is slow and one limits every connection. */
    TROUBLED(LabCompany.neighbours(true)),

    /** Fifty owners of one domain and one server each, all in one /24. Two of the servers refuse us. */
    UNRELATED(List.of()),

    /** 200 owners of one domain and one server each: every behavior, and many without a fault. Each has a /24. */
    APART(List.of()),

    /** The same, but all servers share one /24. */
    AMONG(List.of());

    private final List<LabCompany> companies;

    LabPopulation(List<LabCompany> companies) {
        this.companies = companies;
    }

    List<LabCompany> companies() {
        return companies;
    }
}
