package org.starttlscensus.settings;

import static org.starttlscensus.settings.Key.Kind.LIST;
import static org.starttlscensus.settings.Key.Kind.NOT_YET;
import static org.starttlscensus.settings.Key.Kind.SECRET;
import static org.starttlscensus.settings.Key.Kind.VALUE;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.starttlscensus.politeness.LimitKey;

/** Every key there is. */
final class Keys {

    static final Key DATABASE_URL = new Key("census.database.url", SECRET,
            "jdbc:postgresql://HOST:PORT/DATABASE (PostgreSQL 15 or newer); without it the embedded PostgreSQL is used");
    static final Key DATABASE_USER = new Key("census.database.user", VALUE, "a PostgreSQL role");
    static final Key DATABASE_PASSWORD = new Key("census.database.password", SECRET, "that role's password");
    static final Key DATABASE_DIRECTORY = new Key("census.database.directory", VALUE,
            "the directory of the embedded PostgreSQL; only without census.database.url");
    static final Key LISTS = new Key("census.lists", LIST, "list files");
    static final Key SOURCE_ADDRESSES = new Key("census.source-addresses", LIST,
            "ADDRESS=EHLO-NAME[=established], comma-separated, for example 192.0.2.1=census.example.org");
    static final Key SMTP_PORT = new Key("census.smtp.port", VALUE, "a port, 1 to 65535");
    static final Key SMTP_EHLO_NAME = new Key("census.smtp.ehlo-name", VALUE, "a host name such as census.example.org");
    static final Key DNS_RESOLVERS = new Key("census.dns.resolvers", LIST,
            "ADDRESS:PORT, comma-separated, for example 127.0.0.1:53 or [::1]:53");
    static final Key TRUST_STORE = new Key("census.tls.trust-store", VALUE, "a PEM file that can be read");
    static final Key TRUST_STORE_NAME = new Key("census.tls.trust-store-name", VALUE,
            "the trust store's name and date, for example mozilla-2026-11-01");
    static final Key PROVIDERS = new Key("census.providers", VALUE,
            "a file in the form of datasets/providers.csv, used instead of it");
    static final Key OLD_VERSIONS_PER_NIGHT = new Key("census.tls.old-versions-per-night", VALUE,
            "a whole number of calls, not above the policy's 1000; 0 switches the old-version campaign off");
    static final Key LAB_NETWORKS = new Key("census.lab.networks", LIST,
            "networks inside 127.0.0.0/8, ::1, or routed to the interface lo, comma-separated");
    static final Key LAB_TIME_SCALE = new Key("census.lab.time-scale", VALUE, "0 to 1; 0 switches pacing off");
    static final Key LAB_PATIENCE_SCALE = new Key("census.lab.patience-scale", VALUE, "0 to 1");

    private static final List<Key> LIMITS = Arrays.stream(LimitKey.values())
            .flatMap(key -> Stream.of(limitOpen(key), limitGap(key), limitPerNight(key)))
            .toList();

    private static final List<Key> NOT_YET_ACTED_ON = Stream.of(
                    "census.window", "census.https.port", "census.dns.trust-anchors", "census.dns.validation",
                    "census.identity.contact", "census.identity.page", "census.canaries",
                    "census.broker.url", "census.broker.user", "census.broker.password", "census.publish.signing-key",
                    "census.retention.contact-log", "census.limits.policy-host.open", "census.limits.policy-host.gap")
            .map(name -> new Key(name, NOT_YET, ""))
            .toList();

    static final List<Key> ALL = Stream.of(
                    List.of(DATABASE_URL, DATABASE_USER, DATABASE_PASSWORD, DATABASE_DIRECTORY, LISTS, SOURCE_ADDRESSES,
                            SMTP_PORT, SMTP_EHLO_NAME, DNS_RESOLVERS, TRUST_STORE, TRUST_STORE_NAME, OLD_VERSIONS_PER_NIGHT, PROVIDERS, LAB_NETWORKS,
                            LAB_TIME_SCALE, LAB_PATIENCE_SCALE),
                    LIMITS, NOT_YET_ACTED_ON)
            .flatMap(List::stream)
            .toList();

    private Keys() {}

    static Key limitOpen(LimitKey key) {
        return new Key("census.limits." + key.word() + ".open", VALUE, "a whole number of calls, not above the policy's");
    }

    static Key limitGap(LimitKey key) {
        return new Key("census.limits." + key.word() + ".gap", VALUE,
                "a duration with its unit (ms, s, m, h, d), such as 90s, not below the policy's");
    }

    static Key limitPerNight(LimitKey key) {
        return new Key("census.limits." + key.word() + ".per-night", VALUE, "a whole number of calls, not above the policy's");
    }

    static Optional<Key> named(String name) {
        return ALL.stream().filter(key -> key.name().equals(name)).findFirst();
    }

    static Optional<Key> ofVariable(String variable) {
        return ALL.stream().filter(key -> key.variable().equals(variable)).findFirst();
    }
}
