package org.starttlscensus.settings;

import static org.starttlscensus.settings.SettingKey.ValueKind.LIST;
import static org.starttlscensus.settings.SettingKey.ValueKind.NOT_YET;
import static org.starttlscensus.settings.SettingKey.ValueKind.SECRET;
import static org.starttlscensus.settings.SettingKey.ValueKind.VALUE;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.starttlscensus.politeness.LimitKey;

/** All setting keys. */
final class SettingKeys {

    static final SettingKey DATABASE_URL = new SettingKey(
            "census.database.url",
            SECRET,
            "jdbc:postgresql://HOST:PORT/DATABASE (PostgreSQL 15 or newer); "
                    + "without it the embedded PostgreSQL is used");
    static final SettingKey DATABASE_USER = new SettingKey("census.database.user", VALUE, "a PostgreSQL role");
    static final SettingKey DATABASE_PASSWORD =
            new SettingKey("census.database.password", SECRET, "that role's password");
    static final SettingKey DATABASE_DIRECTORY = new SettingKey(
            "census.database.directory",
            VALUE,
            "the directory of the embedded PostgreSQL; only without census.database.url");
    static final SettingKey LISTS = new SettingKey("census.lists", LIST, "list files");
    static final SettingKey SOURCE_ADDRESSES = new SettingKey(
            "census.source-addresses",
            LIST,
            "ADDRESS=EHLO-NAME[=established], comma-separated, for example 192.0.2.1=census.example.org");
    static final SettingKey SMTP_PORT = new SettingKey("census.smtp.port", VALUE, "a port, 1 to 65535");
    static final SettingKey SMTP_EHLO_NAME =
            new SettingKey("census.smtp.ehlo-name", VALUE, "a host name such as census.example.org");
    static final SettingKey DNS_RESOLVERS = new SettingKey(
            "census.dns.resolvers", LIST, "ADDRESS:PORT, comma-separated, for example 127.0.0.1:53 or [::1]:53");
    static final SettingKey TRUST_STORE =
            new SettingKey("census.tls.trust-store", VALUE, "a PEM file that can be read");
    static final SettingKey TRUST_STORE_NAME = new SettingKey(
            "census.tls.trust-store-name", VALUE, "the trust store's name and date, for example mozilla-2026-11-01");
    static final SettingKey PROVIDERS = new SettingKey(
            "census.providers", VALUE, "a file in the form of datasets/providers.csv, used instead of it");
    static final SettingKey OLD_VERSIONS_PER_NIGHT = new SettingKey(
            "census.tls.old-versions-per-night",
            VALUE,
            "a whole number of calls, not above the policy's 1000; 0 disables the old-version campaign");
    static final SettingKey PREVIOUS_OFFER_PERCENT = new SettingKey(
            "census.tls.previous-offer-percent",
            VALUE,
            "0 to 50: the share of addresses that get the previous ClientHello, in a night that compares both");
    static final SettingKey LAB_NETWORKS = new SettingKey(
            "census.lab.networks",
            LIST,
            "networks inside 127.0.0.0/8, ::1, or routed to the interface lo, comma-separated");
    static final SettingKey LAB_TIME_SCALE =
            new SettingKey("census.lab.time-scale", VALUE, "0 to 1; 0 disables pacing");
    static final SettingKey LAB_PATIENCE_SCALE = new SettingKey("census.lab.patience-scale", VALUE, "0 to 1");

    private static final List<SettingKey> LIMITS = Arrays.stream(LimitKey.values())
            .flatMap(key -> Stream.of(limitOpen(key), limitGap(key), limitPerNight(key)))
            .toList();

    private static final List<SettingKey> NOT_YET_IMPLEMENTED = Stream.of(
                    "census.window",
                    "census.https.port",
                    "census.dns.trust-anchors",
                    "census.dns.validation",
                    "census.identity.contact",
                    "census.identity.page",
                    "census.canaries",
                    "census.broker.url",
                    "census.broker.user",
                    "census.broker.password",
                    "census.publish.signing-key",
                    "census.retention.contact-log",
                    "census.limits.policy-host.open",
                    "census.limits.policy-host.gap")
            .map(name -> new SettingKey(name, NOT_YET, ""))
            .toList();

    static final List<SettingKey> ALL = Stream.of(
                    List.of(
                            DATABASE_URL,
                            DATABASE_USER,
                            DATABASE_PASSWORD,
                            DATABASE_DIRECTORY,
                            LISTS,
                            SOURCE_ADDRESSES,
                            SMTP_PORT,
                            SMTP_EHLO_NAME,
                            DNS_RESOLVERS,
                            TRUST_STORE,
                            TRUST_STORE_NAME,
                            OLD_VERSIONS_PER_NIGHT,
                            PREVIOUS_OFFER_PERCENT,
                            PROVIDERS,
                            LAB_NETWORKS,
                            LAB_TIME_SCALE,
                            LAB_PATIENCE_SCALE),
                    LIMITS,
                    NOT_YET_IMPLEMENTED)
            .flatMap(List::stream)
            .toList();

    private SettingKeys() {}

    static SettingKey limitOpen(LimitKey key) {
        return new SettingKey(
                "census.limits." + key.settingName() + ".open",
                VALUE,
                "a whole number of calls, not above the policy's");
    }

    static SettingKey limitGap(LimitKey key) {
        return new SettingKey(
                "census.limits." + key.settingName() + ".gap",
                VALUE,
                "a duration with its unit (ms, s, m, h, d), such as 90s, not below the policy's");
    }

    static SettingKey limitPerNight(LimitKey key) {
        return new SettingKey(
                "census.limits." + key.settingName() + ".per-night",
                VALUE,
                "a whole number of calls, not above the policy's");
    }

    static Optional<SettingKey> named(String name) {
        return ALL.stream().filter(settingKey -> settingKey.name().equals(name)).findFirst();
    }

    static Optional<SettingKey> ofVariable(String variable) {
        return ALL.stream()
                .filter(settingKey -> settingKey.variable().equals(variable))
                .findFirst();
    }
}
