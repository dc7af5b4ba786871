package org.starttlscensus.lab;

import static org.starttlscensus.lab.ServerBehavior.*;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A mail provider of the lab, with all its servers in one /24.
 *
 * @param domain    registrable domain of its mail servers
 * @param customers the number of customer domains
 * @param hosts     the number of its host names: {@code mx1}, {@code mx2} ...
 * @param addresses the number of addresses per host; where {@code tenants} is set, of all hosts together, and each host
 *                  has one of them
 * @param tenants   whether each host name is for a group of customers, not for a server, as at Microsoft 365
 * @param behaviors   of its hosts, assigned in turn
 * @param policy     its limits for one client
 */
record LabCompany(
        String domain,
        int customers,
        int hosts,
        int addresses,
        boolean tenants,
        List<ServerBehavior> behaviors,
        ThrottlePolicy policy) {

    /** Every server behavior, and Fastmail's case: what a census of 2018 was blocked for. */
    static final List<LabCompany> OF_THE_INTERNET = List.of(
            // large and ordinary providers
            company("giantmail.test", 500, 5, 2, TLS_1_3_HYBRID),
            tenants("tenantcloud.test", 104, 26, 1, TLS_1_2),
            company("bigmail.test", 141, 3, 2, TLS_1_3),
            company("telecom.test", 110, 2, 2, TLS_1_2),
            company("hoster.test", 100, 2, 2, TLS_1_3),
            company("oldisp.test", 70, 2, 1, TLS_1_0),
            company("patience.test", 50, 2, 1, GREET_DELAY),
            company("askmail.test", 40, 2, 1, ASKS_CLIENT_CERTIFICATE),
            company("segments.test", 35, 3, 1, SPLIT_REPLIES, LOOSE_REPLIES, FIRST_LINE),
            // faulty certificates
            company("lapsed.test", 30, 2, 1, EXPIRED, TLS_1_3),
            company("sharedhost.test", 40, 3, 1, WRONG_NAME),
            company("selfmade.test", 30, 2, 1, SELF_SIGNED),
            company("halfchain.test", 25, 2, 1, INCOMPLETE_CHAIN),
            company("commonname.test", 15, 1, 1, CN_ONLY),
            company("corporate.test", 15, 2, 1, STRANGE_ROOT),
            // faulty TLS
            company("partners.test", 12, 1, 1, CLIENT_CERTIFICATE),
            company("brokentls.test", 15, 3, 1, CLOSES_AFTER_STARTTLS, ALERT, ONE_PACKET),
            company("keylost.test", 12, 2, 1, TLS_454, STARTTLS_502),
            company("strictly.test", 10, 1, 1, MUST_ISSUE_STARTTLS),
            // no STARTTLS, or seemingly none
            company("plainmail.test", 40, 3, 1, NO_STARTTLS),
            company("veteran.test", 12, 2, 1, HELO_ONLY, ONE_LINE),
            company("muted.test", 15, 2, 1, MUTED),
            company("inspected.test", 15, 2, 1, MASKED, MASKED_WHOLE),
            company("tampered.test", 8, 1, 1, INJECTED),
            // refuses or limits clients
            company("fastidious.test", 30, 2, 1, BLOCKED_421),
            company("denylist.test", 20, 2, 1, BLOCKED_554, BARE_554),
            company("limits.test", 30, 2, 1, TOO_MANY_CONNECTIONS, TOO_MANY_TLS_SESSIONS),
            company("graymail.test", 25, 2, 1, GREYLISTING),
            // slow, unreachable, or not SMTP
            company("tarpits.test", 15, 2, 1, TARPIT, DRIP),
            company(
                    "ruins.test",
                    20,
                    8,
                    1,
                    SILENT,
                    RESETS,
                    CLOSES,
                    REFUSES,
                    CLOSES_AT_EHLO,
                    NO_MAIL,
                    NOT_SMTP,
                    TEMPORARY_421),
            // counts a client's connections over all its servers
            swiftmail());

    /** Companies that each test one limit or one behavior, and some without any for comparison. */
    static final List<LabCompany> WITH_RULES = List.of(
            swiftmail(),
            company("manydomains.test", 1_000, 1, 2, TLS_1_3),
            company("oneatatime.test", 60, 6, 2, TLS_1_3).with(ThrottlePolicy.limits(1, ThrottlePolicy.UNLIMITED)),
            company("fewaminute.test", 60, 4, 3, TLS_1_3).with(ThrottlePolicy.limits(ThrottlePolicy.UNLIMITED, 6)),
            company("turncoat.test", 60, 6, 2, TLS_1_3).with(ThrottlePolicy.hostileAfter(5)),
            company("firstminute.test", 40, 4, 1, TLS_1_3)
                    .with(ThrottlePolicy.closedFor(
                            Duration.ofMinutes(1), "421 {host} Service unavailable - try again later")),
            company("graymail.test", 40, 4, 1, GREYLISTING),
            company("plainmail.test", 20, 2, 1, NO_STARTTLS),
            company("lapsed.test", 20, 2, 1, EXPIRED, SELF_SIGNED),
            company("sharedhost.test", 20, 2, 1, WRONG_NAME, GREET_DELAY),
            company("inspected.test", 10, 2, 1, MASKED),
            company("fastidious.test", 40, 6, 1, BLOCKED_421));

    /** The same, and companies that serve a client again only after a back-off of up to an hour. */
    static final List<LabCompany> WITH_STRICTER_RULES = Stream.concat(
                    WITH_RULES.stream(),
                    Stream.of(
                            company("muted.test", 10, 2, 1, MUTED, HELO_ONLY),
                            company("twoaminute.test", 60, 20, 3, TLS_1_3)
                                    .with(ThrottlePolicy.limits(ThrottlePolicy.UNLIMITED, 2)),
                            company("busyatfirst.test", 40, 20, 1, TLS_1_3, TLS_1_2)
                                    .with(ThrottlePolicy.closedFor(
                                            Duration.ofMinutes(1), ThrottlePolicy.TOO_MANY_A_MINUTE)),
                            company("forgiving.test", 40, 4, 1, TLS_1_3)
                                    .with(ThrottlePolicy.closedFor(
                                            Duration.ofMinutes(40),
                                            "554 5.7.1 {host} Service denied: your host is blocked by our"
                                                    + " reputation system for the time being"))))
            .toList();

    /** Twenty companies of twelve servers each. If troubled, one of them is slow and one limits all connections. */
    static List<LabCompany> neighbours(boolean areTroubled) {
        var calm = IntStream.range(0, 18).mapToObj(i -> company("calm-%02d.test".formatted(i), 12, 12, 1, TLS_1_3));
        return Stream.concat(
                        calm,
                        areTroubled
                                ? Stream.of(
                                        company("slow.test", 12, 12, 1, TARPIT, DRIP),
                                        company("busy.test", 12, 12, 1, TOO_MANY_CONNECTIONS))
                                : Stream.of(
                                        company("slow.test", 12, 12, 1, TLS_1_3),
                                        company("busy.test", 12, 12, 1, TLS_1_3)))
                .toList();
    }

    LabCompany {
        behaviors = List.copyOf(behaviors);
    }

    ServerBehavior behaviorOf(int host) {
        return behaviors.get(host % behaviors.size());
    }

    /** The name of the host with this index, from 0. */
    String host(int index) {
        return (tenants ? "tenant-%02d.mx.".formatted(index + 1) : "mx" + (index + 1) + ".") + domain;
    }

    /** The tenants' host names on the address with this index, from 0. Each name has one address. */
    List<String> hostsOn(int address) {
        return IntStream.range(0, hosts)
                .filter(host -> host % addresses == address)
                .mapToObj(this::host)
                .toList();
    }

    /**
     * The hosts of a customer in order of preference: all hosts; one at a company with tenants; two, chosen in turn,
     * where a company's servers behave differently.
     */
    List<Integer> hostsOf(int customer) {
        if (tenants) return List.of(customer % hosts);
        if (behaviors.size() > 1) return List.of(customer % hosts, (customer + 1) % hosts);
        return IntStream.range(0, hosts).boxed().toList();
    }

    private static LabCompany company(
            String domain, int customers, int hosts, int addresses, ServerBehavior... behaviors) {
        return new LabCompany(domain, customers, hosts, addresses, false, List.of(behaviors), ThrottlePolicy.NONE);
    }

    private static LabCompany tenants(String domain, int customers, int names, int addresses, ServerBehavior behavior) {
        return new LabCompany(domain, customers, names, addresses, true, List.of(behavior), ThrottlePolicy.NONE);
    }

    /** 200 domains, each with its own host name, on 10 addresses. Its limits count a client over all addresses. */
    private static LabCompany swiftmail() {
        return tenants("swiftmail.test", 200, 200, 10, TLS_1_3)
                .with(ThrottlePolicy.limits(5, 30).blocksAfter(3, ThrottlePolicy.A_NIGHT));
    }

    private LabCompany with(ThrottlePolicy other) {
        return new LabCompany(domain, customers, hosts, addresses, tenants, behaviors, other);
    }
}
