package org.starttlscensus.job;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.starttlscensus.fact.Address;
import org.starttlscensus.fact.HostAddresses;
import org.starttlscensus.fact.Hostname;
import org.starttlscensus.fact.MailDomain;
import org.starttlscensus.fact.MailExchange;
import org.starttlscensus.fact.MailRoute;
import org.starttlscensus.fact.Route;

/**
 * What a resolver would answer, without one: domains of a list and their routes, in a world of any size. Providers and
 * sets of MX records follow power laws. One place of the list in a hundred has another domain every night; one domain in
 * a hundred moves, and two in a hundred cannot be asked for. A day of this world is a number.
 */
final class RouteWorld {

    private static final int ONE_IN = 100;

    private final int domains;
    private final int hosts;

    RouteWorld(int domains) {
        this.domains = domains;
        this.hosts = (int) (0.28 * domains);
    }

    int domains() {
        return domains;
    }

    /** The domain at a place of the list, from 0. */
    MailDomain domain(long day, int place) {
        return new MailDomain("d" + place + "-" + renewals(day, place) + ".test");
    }

    MailRoute route(long day, long number, MailDomain domain) {
        var tonight = new SplittableRandom(31 * number + day);
        if (tonight.nextInt(ONE_IN) < 2) return MailRoute.without(domain, Route.DNS_TIMEOUT);
        var random = new SplittableRandom(number + 1_000_003 * renewals(day, number));
        double kind = random.nextDouble();
        if (kind < 0.03) return MailRoute.without(domain, Route.NULL_MX);
        if (kind < 0.05) return MailRoute.without(domain, Route.NXDOMAIN);
        if (kind < 0.06) return MailRoute.without(domain, Route.NO_MAIL);
        // the number of sets is 0.8 of the servers', that is 0.32 of the domains'
        int set = (int) (0.32 * domains * Math.pow(random.nextDouble(), 2.5));
        return routeBy(domain, set);
    }

    private static long renewals(long day, long number) {
        return (day + number % ONE_IN) / ONE_IN;
    }

    private MailRoute routeBy(MailDomain domain, int set) {
        var random = new SplittableRandom(set);
        int first = set % hosts;
        var exchanges = new ArrayList<MailExchange>();
        exchanges.add(new MailExchange(10, host(first)));
        if (random.nextInt(4) == 0) exchanges.add(new MailExchange(10, host((first + 1) % hosts)));
        if (random.nextInt(7) == 0) exchanges.add(new MailExchange(20, host((first + 2) % hosts)));
        exchanges.sort(null);
        var answered =
                exchanges.stream().map(exchange -> addresses(exchange.host())).toList();
        return new MailRoute(domain, Route.MX, exchanges, exchanges.size(), answered);
    }

    /** One in ten has its customer's own name. */
    private Hostname host(int number) {
        var random = new SplittableRandom(number);
        int provider = (int) (0.1 * domains * Math.pow(random.nextDouble(), 3));
        return new Hostname(
                random.nextInt(10) == 0 ? "mx.d" + number + "-0.test" : "mx" + number + ".p" + provider + ".test");
    }

    private HostAddresses addresses(Hostname host) {
        long number = Long.parseLong(host.ascii().replaceFirst("^mx\\.?d?([0-9]+).*", "$1"));
        var random = new SplittableRandom(number + 17);
        double lot = random.nextDouble();
        boolean isShared = lot < 0.12;
        int count = isShared || lot < 0.7 ? 1 : lot < 0.9 ? 2 : 4;
        long from = isShared ? 4L * domains + random.nextInt(1 + domains / 500) : 4 * number;
        List<Address> addresses = IntStream.range(0, count)
                .mapToObj(ordinal -> address(from + ordinal))
                .toList();
        return new HostAddresses(host, HostAddresses.Status.FOUND, List.of(), addresses, count);
    }

    private static Address address(long number) {
        return Address.of(
                "%d.%d.%d.%d".formatted(16 + (number >> 24), number >> 16 & 255, number >> 8 & 255, number & 255));
    }
}
