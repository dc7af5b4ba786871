package org.starttlscensus.cli;

import java.util.Optional;
import org.starttlscensus.store.ExplainedDomain;

/** A place on a list. */
record ListingJson(String listId, Optional<Integer> rank) {

    static ListingJson of(ExplainedDomain.Listing listing) {
        return new ListingJson(listing.listId(), listing.rank());
    }
}
