package org.starttlscensus.cli;

import java.util.List;
import org.starttlscensus.store.ExplainedAddress;

/** A host name of an address, and the domains whose MX records lead there. */
record AddressNameJson(String mxHost, long domains, List<ExampleJson> examples) {

    /** @param lists on which the domain stands, with its ranks */
    record ExampleJson(String domain, String lists) {}

    static AddressNameJson of(ExplainedAddress.Name name) {
        return new AddressNameJson(
                name.server().endpoint().mxHost().ascii(),
                name.domains(),
                name.examples().stream()
                        .map(example -> new ExampleJson(example.domain(), example.lists()))
                        .toList());
    }
}
