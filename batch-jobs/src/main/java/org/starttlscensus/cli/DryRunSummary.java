package org.starttlscensus.cli;

import java.io.PrintWriter;
import java.util.List;
import org.starttlscensus.fact.CensusNight;
import org.starttlscensus.store.Database;
import org.starttlscensus.store.ListEdition;
import org.starttlscensus.store.Lists;
import org.starttlscensus.store.NightStatus;

/** What a dry run found: the lists, and whom a run would call. */
record DryRunSummary(
        CensusNight night, List<ListEdition> lists, NightStatus.NightCounts counts, FailedLookupCounts failed) {

    /** Read while the plan is there, shown afterwards. */
    static NightOnTerminal.ShownPlan of(Database database, CensusNight night) {
        var counts = new NightStatus(database).counts(night);
        var failed = FailedLookupCounts.of(database, night, counts);
        var found = new DryRunSummary(night, new Lists(database).pinned(night), counts, failed);
        return new NightOnTerminal.ShownPlan(found::print, failed.exit());
    }

    private void print(PrintWriter out) {
        out.printf("%nDry run of night %s. No server was called, and the night is bound to nothing.%n%n", night);
        NightSummary.lists(lists, out);
        out.printf("  %-34s %,9d%n", "domains on the lists", counts.domains());
        out.printf("  %-34s %,9d%n", "mail servers (name and address)", counts.planned());
        out.printf("  %-34s %,9d%n", "would be called", counts.toCall());
        failed.words().ifPresent(words -> out.printf("%n%s%n", words));
    }
}
