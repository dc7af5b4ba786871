package org.starttlscensus.ledger;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.starttlscensus.dispatch.Call;
import org.starttlscensus.dispatch.Precedence;
import org.starttlscensus.fact.Address;
import org.starttlscensus.fact.Endpoint;
import org.starttlscensus.fact.Hostname;
import org.starttlscensus.politeness.Blame;

/** The endpoints of a virtual night, and which of them are backup MX. */
record VirtualPlan(List<Call> calls, List<MxSet> sets) {

    /** Of every second provider the addresses are charged with refusals. */
    private static final String PROVIDER = "provider";

    /** The endpoints of a set of MX records. */
    record MxSet(List<Long> best, List<Long> backups) {}

    Precedence precedence() {
        var precedence = new Precedence();
        sets.forEach(set -> precedence.add(set.best(), set.backups()));
        return precedence;
    }

    /** The primaries that must be called before a backup. */
    Stream<Long> primariesBefore(long endpointId) {
        return sets.stream().filter(set -> set.backups().contains(endpointId)).flatMap(set -> set.best().stream());
    }

    /** Few networks, addresses and providers, so that calls contend for all of them. */
    static VirtualPlan crowded(Random random) {
        int prefixes = 1 + random.nextInt(5);
        int providers = 1 + random.nextInt(8);
        var seen = new HashSet<Endpoint>();
        var calls = new ArrayList<Call>();
        for (int i = 5 + random.nextInt(60); i > 0; i--) {
            var provider = PROVIDER + random.nextInt(providers) + ".test";
            var endpoint = new Endpoint(
                    new Hostname("mx" + random.nextInt(12) + "." + provider),
                    Address.of("127.50." + random.nextInt(prefixes) + "." + (1 + random.nextInt(6))));
            if (seen.add(endpoint)) calls.add(call(calls.size() + 1, endpoint.address(), provider, random));
        }
        return new VirtualPlan(calls, sets(calls.size(), random));
    }

    /**
     * Providers that share no address and no network: some have one network per server, so that only their pace
     * counts, and some a single address.
     */
    static VirtualPlan separate(Random random) {
        var calls = new ArrayList<Call>();
        for (int provider = 0; provider < 6; provider++) {
            for (int i = random.nextInt(40); i > 0; i--) {
                var address = provider % 3 > 0
                        ? "127.%d.%d.1".formatted(51 + provider, i)
                        : "127.%d.0.1".formatted(51 + provider);
                calls.add(call(calls.size() + 1, Address.of(address), PROVIDER + provider + ".test", random));
            }
        }
        return new VirtualPlan(calls, List.of());
    }

    private static Call call(int number, Address address, String provider, Random random) {
        var call = Call.first(number, address, provider, number, false, random.nextInt(4) == 0);
        return provider.charAt(PROVIDER.length()) % 2 == 0 ? call.blaming(Blame.ofAddress(mailSets(address))) : call;
    }

    /** Some addresses share a set of MX records, and one is in two. */
    private static List<Long> mailSets(Address address) {
        long last = address.octets().at(3);
        return last == 2 ? List.of(1L, 2L) : List.of(last % 5);
    }

    /** Even endpoints are primaries; some odd ones are backups in one or two sets. */
    private static List<MxSet> sets(int endpoints, Random random) {
        var sets = new ArrayList<MxSet>();
        for (int i = random.nextInt(1 + endpoints / 2); i > 0; i--) {
            var best = random.longs(1 + random.nextInt(3), 1, endpoints / 2 + 1)
                    .map(half -> 2 * half)
                    .distinct()
                    .boxed()
                    .toList();
            var backups = random.longs(1 + random.nextInt(2), 0, (endpoints + 1) / 2)
                    .map(half -> 2 * half + 1)
                    .distinct()
                    .boxed()
                    .toList();
            sets.add(new MxSet(best, backups));
        }
        return sets;
    }
}
