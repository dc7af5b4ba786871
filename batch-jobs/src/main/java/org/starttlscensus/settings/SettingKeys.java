package org.starttlscensus.settings;

import static org.starttlscensus.settings.SettingKey.ValueKind.LIST;
import static org.starttlscensus.settings.SettingKey.ValueKind.PATH;
import static org.starttlscensus.settings.SettingKey.ValueKind.PATHS;
import static org.starttlscensus.settings.SettingKey.ValueKind.SECRET;
import static org.starttlscensus.settings.SettingKey.ValueKind.VALUE;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** All setting keys. */
final class SettingKeys {

    static final SettingKey DATABASE_URL = SettingKey.of(
                    "census.database.url",
                    SECRET,
                    "The PostgreSQL server and database of your own that store the nights.",
                    "URL",
                    "jdbc:postgresql://HOST:PORT/DATABASE (PostgreSQL 15 or newer); "
                            + "without it the embedded PostgreSQL is used")
            .sample("jdbc:postgresql://localhost:5432/census");
    static final SettingKey DATABASE_USER = SettingKey.of(
                    "census.database.user",
                    VALUE,
                    "The role that connects to census.database.url.",
                    "role",
                    "a PostgreSQL role")
            .sample("census");
    static final SettingKey DATABASE_PASSWORD = SettingKey.of(
                    "census.database.password",
                    SECRET,
                    "The password of that role.",
                    "password",
                    "that role's password")
            .sample("secret");
    static final SettingKey DATABASE_DIRECTORY = SettingKey.of(
                    "census.database.directory",
                    PATH,
                    "The folder of the embedded PostgreSQL, which stores the nights unless there is a URL.",
                    "folder",
                    "the directory of the embedded PostgreSQL; only without census.database.url")
            .byDefault(".census/pg")
            .sample("/var/lib/starttls-census/.census/pg");
    static final SettingKey LISTS = SettingKey.of(
                    "census.lists",
                    PATHS,
                    "The lists of domains that a run reads if it is given no --list.",
                    "files",
                    "list files, comma-separated")
            .sample("tranco.csv.zip");
    static final SettingKey SOURCE_ADDRESSES = SettingKey.of(
                    "census.source-addresses",
                    LIST,
                    "The addresses that calls are made from, each with our name in EHLO; established: without warm-up.",
                    "addresses with names",
                    "ADDRESS=EHLO-NAME[=established], comma-separated, for example 192.0.2.1=census.example.org; "
                            + "IPv4 and IPv6, each address of this machine and with a name of its own")
            .sample("192.0.2.1=census.example.org");
    static final SettingKey WINDOW = SettingKey.of(
                    "census.window",
                    VALUE,
                    "The hours in which a night makes its calls; the last one is 45 minutes before the end. "
                            + "It does not apply in a lab.",
                    "hours",
                    "HH:MM-HH:MM ZONE, for example 22:00-06:00 UTC or 23:00-07:00 Europe/Berlin; 2 h to 16 h")
            .byDefault("22:00-06:00 UTC")
            .ceiling("at least 2 h, at most 16 h");
    static final SettingKey SMTP_PORT = SettingKey.of(
                    "census.smtp.port",
                    VALUE,
                    "The TCP port of the mail servers that are called.",
                    "port",
                    "a port, 1 to 65535")
            .byDefault("25");
    static final SettingKey SMTP_EHLO_NAME = SettingKey.of(
                    "census.smtp.ehlo-name",
                    VALUE,
                    "Our name in EHLO, where census.source-addresses gives none.",
                    "host name",
                    "a host name such as census.example.org")
            .sample("census.example.org");
    static final SettingKey CANARIES = SettingKey.of(
                    "census.canaries",
                    LIST,
                    "Mail servers of your own, or whose operators agreed: they show that calls get out from here.",
                    "host names or addresses",
                    "host names or IP addresses of mail servers, comma-separated, for example mail.example.org")
            .sample("mail.example.org");
    static final SettingKey DNS_RESOLVERS = SettingKey.of(
                    "census.dns.resolvers",
                    LIST,
                    "The DNS resolvers that are asked. Best is a validating one on this machine.",
                    "addresses with ports",
                    "ADDRESS:PORT, comma-separated, for example 127.0.0.1:53 or [::1]:53")
            .sample("127.0.0.1:53");
    static final SettingKey DNS_QUERIES_PER_SECOND = SettingKey.of(
                    "census.dns.queries-per-second",
                    VALUE,
                    "How many queries are sent to the resolvers in a second, all together.",
                    "queries a second",
                    "a whole number of queries, 1 to " + DnsSettings.MOST_QUERIES_PER_SECOND)
            .byDefault(String.valueOf(DnsSettings.MOST_QUERIES_PER_SECOND))
            .ceiling("at most " + DnsSettings.MOST_QUERIES_PER_SECOND);
    static final SettingKey TRUST_STORE = SettingKey.of(
                    "census.tls.trust-store",
                    PATH,
                    "The roots that judge certificate chains; without it those that the database or the program has.",
                    "file",
                    "a PEM file that can be read")
            .sample("roots-2026-11-01.pem");
    static final SettingKey TRUST_STORE_NAME = SettingKey.of(
                    "census.tls.trust-store-name",
                    VALUE,
                    "The name of these roots, which is stored with every verdict.",
                    "name",
                    "the trust store's name and date, for example mozilla-2026-11-01")
            .sample("mozilla-2026-11-01");
    static final SettingKey PROVIDERS = SettingKey.of(
                    "census.providers",
                    PATH,
                    "Which mail servers belong to one provider, and what single providers bear.",
                    "file",
                    "a file in the form of datasets/providers.csv, used instead of it")
            .sample("providers.csv");
    static final SettingKey OLD_VERSIONS_PER_NIGHT = SettingKey.of(
                    "census.tls.old-versions-per-night",
                    VALUE,
                    "How many servers a night asks whether they still accept TLS 1.0 and 1.1.",
                    "calls a night",
                    "a whole number of calls, not above the policy's 1000; 0 disables the old-version campaign")
            .byDefault(String.valueOf(TlsSettings.MOST_OLD_VERSIONS_PER_NIGHT))
            .ceiling("at most " + TlsSettings.MOST_OLD_VERSIONS_PER_NIGHT);
    static final SettingKey PREVIOUS_OFFER_PERCENT = SettingKey.of(
                    "census.tls.previous-offer-percent",
                    VALUE,
                    "The share of addresses that get the previous ClientHello, in a night that compares both.",
                    "percent",
                    "0 to 50: the share of addresses that get the previous ClientHello, in a night that compares both")
            .byDefault("0")
            .ceiling("at most 50");
    static final SettingKey CONTACT_LOG = SettingKey.of(
                    "census.retention.contact-log",
                    VALUE,
                    "How long permits, plans and raw replies are kept at least, before the last night. "
                            + "census prune drops whole months before that.",
                    "duration",
                    "35 d to 3660 d, in whole days; the census itself reads the last 35")
            .byDefault("90 d")
            .ceiling("at least 35 d, at most 3660 d");
    static final SettingKey IDENTITY_CONTACT = SettingKey.of(
                    "census.identity.contact",
                    VALUE,
                    "How the operator of the census can be reached by those who are called.",
                    "URI",
                    "mailto:NAME@DOMAIN or an https URL")
            .sample("mailto:census@example.org");
    static final SettingKey IDENTITY_PAGE = SettingKey.of(
                    "census.identity.page",
                    VALUE,
                    "The page that says who calls and why, and how to opt out.",
                    "URL",
                    "an https URL that everybody can read")
            .sample("https://census.example.org/");
    static final SettingKey LAB_NETWORKS = SettingKey.of(
                    "census.lab.networks",
                    LIST,
                    "The networks of a lab on this machine; nothing outside them is called.",
                    "networks",
                    "networks inside 127.0.0.0/8, ::1, or routed to the interface lo, comma-separated")
            .sample("127.20.0.0/16");
    static final SettingKey LAB_TIME_SCALE = SettingKey.of(
                    "census.lab.time-scale",
                    VALUE,
                    "By what every limit of time is multiplied, in a lab only.",
                    "factor",
                    "0 to 1; 0 disables pacing")
            .byDefault("1")
            .ceiling("at most 1");
    static final SettingKey LAB_PATIENCE_SCALE = SettingKey.of(
                    "census.lab.patience-scale",
                    VALUE,
                    "By what every deadline of a call is multiplied, in a lab only.",
                    "factor",
                    "0 to 1")
            .byDefault("1")
            .ceiling("at most 1");

    /** Keys without the limits, whose defaults are in {@link org.starttlscensus.politeness.Limits} alone. */
    static final List<SettingKey> BUT_LIMITS = List.of(
            DATABASE_URL,
            DATABASE_USER,
            DATABASE_PASSWORD,
            DATABASE_DIRECTORY,
            LISTS,
            SOURCE_ADDRESSES,
            WINDOW,
            SMTP_PORT,
            SMTP_EHLO_NAME,
            CANARIES,
            DNS_RESOLVERS,
            DNS_QUERIES_PER_SECOND,
            TRUST_STORE,
            TRUST_STORE_NAME,
            OLD_VERSIONS_PER_NIGHT,
            PREVIOUS_OFFER_PERCENT,
            PROVIDERS,
            CONTACT_LOG,
            IDENTITY_CONTACT,
            IDENTITY_PAGE,
            LAB_NETWORKS,
            LAB_TIME_SCALE,
            LAB_PATIENCE_SCALE);

    static final List<SettingKey> ALL = Stream.of(BUT_LIMITS, LimitSettingKeys.all(), PlannedSettingKeys.all())
            .flatMap(List::stream)
            .toList();

    private SettingKeys() {}

    static Optional<SettingKey> named(String name) {
        return ALL.stream().filter(settingKey -> settingKey.name().equals(name)).findFirst();
    }

    static Optional<SettingKey> ofVariable(String variable) {
        return ALL.stream()
                .filter(settingKey -> settingKey.variable().equals(variable))
                .findFirst();
    }
}
