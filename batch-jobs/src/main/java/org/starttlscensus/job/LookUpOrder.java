package org.starttlscensus.job;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.starttlscensus.fact.CensusNight;

/**
 * The order in which a night's domains are looked up: a permutation that depends on the night alone. Lists have
 * neighbours in common, such as the domains of one company, and asked in the order of a list their name servers would
 * have all of their queries at once.
 */
final class LookUpOrder {

    static final LookUpOrder NONE = new LookUpOrder(new long[0]);

    private final long[] ids;

    private LookUpOrder(long[] ids) {
        this.ids = ids;
    }

    /** @param ascending the ids of the domains, each once; a restart gives the same */
    static LookUpOrder of(CensusNight night, long[] ascending) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom")
                .create(night.date().toEpochDay());
        var ids = ascending.clone();
        for (int i = ids.length - 1; i > 0; i--) {
            int other = random.nextInt(i + 1);
            long id = ids[i];
            ids[i] = ids[other];
            ids[other] = id;
        }
        return new LookUpOrder(ids);
    }

    int size() {
        return ids.length;
    }

    /** The ids at the next places; none at the end. */
    long[] page(long from, int most) {
        int first = Math.toIntExact(Math.min(from, ids.length));
        return Arrays.copyOfRange(ids, first, Math.min(first + most, ids.length));
    }
}
