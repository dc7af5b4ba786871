package org.starttlscensus.job;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.starttlscensus.dns.LookUpFailure;
import org.starttlscensus.dns.LookedUp;
import org.starttlscensus.dns.MailResolver;
import org.starttlscensus.fact.Address;
import org.starttlscensus.fact.HostAddresses;
import org.starttlscensus.fact.Hostname;
import org.starttlscensus.fact.MailRoute;
import org.starttlscensus.fact.OptOutSubject;
import org.starttlscensus.fact.Route;
import org.starttlscensus.names.AddressGate;
import org.starttlscensus.names.OptOutRecord;
import org.starttlscensus.store.OptOutRecords.Said;
import org.starttlscensus.store.OptOutRecords.Seen;

/**
 * Asks in the DNS who opted out (decision 0059): each domain that leads to a mail server, and each address once a
 * night by its PTR names. Only where a call could follow. Blocking, thread-safe.
 */
public final class OptOutQuestions {

    /** More PTR names than this are somebody's mistake, and each costs a query. */
    private static final int MOST_NAMES = 4;

    private final MailResolver resolver;
    private final AddressGate gate;
    private final List<OptOutSubject> known;
    private final Set<OptOutSubject> knownOnce;
    private final Set<Address> asked = ConcurrentHashMap.newKeySet();

    /**
     * @param gate  the addresses that could be called; no other is asked about
     * @param known those of whom a record was seen before
     */
    public OptOutQuestions(MailResolver resolver, AddressGate gate, List<OptOutSubject> known) {
        this.resolver = resolver;
        this.gate = gate;
        this.known = List.copyOf(known);
        this.knownOnce = Set.copyOf(known);
    }

    List<OptOutSubject> known() {
        return known;
    }

    /** A route, and what was said of those on it. */
    public record Asked(MailRoute route, Said said) {}

    /** What stands at the names of one subject. */
    private enum WishAnswer {
        LEAVE_OUT,
        NONE,
        UNANSWERED
    }

    /**
     * Asks about a domain with that route, and about those of its addresses that were not asked about yet. Where the
     * DNS does not say whether the domain opted out, its route is not known either: it is tried once more, and nobody
     * is called for its sake.
     */
    public Asked of(MailRoute route) {
        var isFound = route.hosts().stream().anyMatch(host -> host.status() == HostAddresses.Status.FOUND);
        var record = OptOutRecord.of(route.domain().ascii());
        if (!isFound) return new Asked(route, Said.NOTHING);
        if (record.isPresent()) {
            switch (resolver.texts(record.get())) {
                case LookedUp.Unanswered<String>(var why) -> {
                    return new Asked(MailRoute.without(route.domain(), failure(why)), Said.NOTHING);
                }
                case LookedUp.Present<String>(var texts)
                when OptOutRecord.isIn(texts) -> {
                    var subject = OptOutSubject.ofName(route.domain().ascii());
                    return new Asked(route, seen(subject, record.get()));
                }
                case LookedUp.Present<String> _, LookedUp.Denied<String> _ -> {}
            }
        }
        return new Asked(route, Said.all(route.hosts().stream().map(this::of).toList()));
    }

    /** Asks about those addresses of a host that were not asked about yet. */
    Said of(HostAddresses host) {
        return Said.all(host.addresses().stream()
                .filter(address -> gate.whyNot(address).isEmpty())
                .filter(asked::add)
                .map(this::of)
                .toList());
    }

    /** Asks again about one of whom a record was seen before. */
    Said again(OptOutSubject subject) {
        return subject.name()
                .map(name -> of(subject, OptOutRecord.of(name).stream().toList(), Optional.empty()))
                .or(() -> subject.network()
                        .map(network -> Address.of(network.substring(0, network.indexOf('/'))))
                        .filter(asked::add)
                        .map(this::of))
                .orElse(Said.NOTHING);
    }

    /**
     * Where nobody can learn the names of an address, nobody can see a wish under them: it may be called. Where a
     * name is known, and not what stands there, it may not.
     */
    public Said of(Address address) {
        var subject = OptOutSubject.ofAddress(address);
        return switch (resolver.names(address)) {
            case LookedUp.Present<Hostname>(var names) ->
                of(
                        subject,
                        names.stream()
                                .limit(MOST_NAMES)
                                .flatMap(name -> OptOutRecord.of(name.ascii()).stream())
                                .toList(),
                        Optional.of(address));
            case LookedUp.Denied<Hostname> _ -> absent(subject);
            case LookedUp.Unanswered<Hostname> _ -> Said.NOTHING;
        };
    }

    /** @param address which is not called if there is no answer */
    private Said of(OptOutSubject subject, List<Hostname> records, Optional<Address> address) {
        var isUnanswered = false;
        for (var record : records) {
            switch (wish(record)) {
                case LEAVE_OUT -> {
                    return seen(subject, record);
                }
                case UNANSWERED -> isUnanswered = true;
                case NONE -> {}
            }
        }
        return isUnanswered ? new Said(List.of(), List.of(), address.stream().toList()) : absent(subject);
    }

    private WishAnswer wish(Hostname record) {
        return switch (resolver.texts(record)) {
            case LookedUp.Present<String>(var texts) ->
                OptOutRecord.isIn(texts) ? WishAnswer.LEAVE_OUT : WishAnswer.NONE;
            case LookedUp.Denied<String> _ -> WishAnswer.NONE;
            case LookedUp.Unanswered<String> _ -> WishAnswer.UNANSWERED;
        };
    }

    private static Said seen(OptOutSubject subject, Hostname record) {
        return new Said(List.of(new Seen(subject, record.ascii())), List.of(), List.of());
    }

    /** Of most, nothing was ever seen, so there is nothing to note. */
    private Said absent(OptOutSubject subject) {
        return knownOnce.contains(subject) ? new Said(List.of(), List.of(subject), List.of()) : Said.NOTHING;
    }

    private static Route failure(LookUpFailure why) {
        return switch (why) {
            case SERVFAIL -> Route.DNS_SERVFAIL;
            case MALFORMED -> Route.DNS_MALFORMED;
            case TIMEOUT -> Route.DNS_TIMEOUT;
            case BOGUS -> Route.DNS_BOGUS;
        };
    }
}
