package org.starttlscensus.cli;

import java.util.Optional;
import org.starttlscensus.fact.CensusNight;
import org.starttlscensus.fact.Counted;
import org.starttlscensus.store.Database;
import org.starttlscensus.store.Forecasts;
import org.starttlscensus.store.NightStatus;
import picocli.CommandLine.ExitCode;

/**
 * How much of a plan is missing because the DNS gave no answer. Where most of it is, the plan says nothing about a
 * night.
 *
 * @param all     domains on the lists
 * @param domains those whose mail servers could not be looked up
 * @param hosts   mail hosts whose addresses could not be looked up
 * @param planned mail hosts of the plan, whose addresses were found
 * @param toCall  servers of the plan that are to be called
 */
record FailedLookupCounts(long all, long domains, long hosts, long planned, long toCall) {

    /** Of a plan that needed no look-up. */
    static final FailedLookupCounts NONE = new FailedLookupCounts(0, 0, 0, 0, 0);

    static FailedLookupCounts of(Database database, CensusNight night, NightStatus.NightCounts counts) {
        var failed = new Forecasts(database).unanswered(night);
        return new FailedLookupCounts(
                counts.domains(), failed.domains(), failed.hosts(), failed.planned(), counts.toCall());
    }

    /** Whether the plan is that of a night: less than half of it is missing. */
    boolean leaveAPlan() {
        return domains + hosts == 0 || (toCall > 0 && 2 * domains < all && hosts < planned);
    }

    int exit() {
        return leaveAPlan() ? ExitCode.OK : Faults.ENVIRONMENT;
    }

    /** What is missing, for people; empty if nothing is. */
    Optional<String> words() {
        if (domains + hosts == 0) return Optional.empty();
        var missing = "The DNS gave no answer about %s%s. Their servers are missing here."
                .formatted(
                        domains == 0 ? "" : "%,d of %s".formatted(domains, Counted.of(all, "domain")),
                        hosts == 0 ? "" : (domains == 0 ? "" : " and ") + Counted.of(hosts, "mail host"));
        return Optional.of(
                leaveAPlan()
                        ? missing
                        : missing + " This says nothing about a night. Are the resolvers of census.dns.resolvers "
                                + "there? A lab's are there as long as `census lab` runs.");
    }
}
