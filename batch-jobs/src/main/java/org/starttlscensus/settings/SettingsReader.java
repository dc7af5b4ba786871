package org.starttlscensus.settings;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.starttlscensus.fact.Hostname;
import org.starttlscensus.names.Network;
import org.starttlscensus.politeness.LimitKey;
import org.starttlscensus.politeness.Limits;
import org.starttlscensus.politeness.ProviderRules;

/** Puts the layers together and checks them. Everything it does not accept is a {@link SettingException}. */
public final class SettingsReader {

    /** The system property by which the launcher says where the project is; default paths are relative to it. */
    public static final String HOME_PROPERTY = "census.home";

    private final Path home;
    private final Path currentDirectory;
    private final LoopbackRoutes routes;

    SettingsReader(Path home, Path currentDirectory, LoopbackRoutes routes) {
        this.home = home.toAbsolutePath().normalize();
        this.currentDirectory = currentDirectory.toAbsolutePath().normalize();
        this.routes = routes;
    }

    /**
     * The settings of this process.
     *
     * @param setPairs   {@code key=value}, the strongest
     * @param configFile absent: {@code census.yaml} or {@code census.properties} of the current directory, if there
     */
    public static CensusSettings read(List<String> setPairs, Optional<Path> configFile, Map<String, String> environment) {
        return new SettingsReader(home(), Path.of(""), LoopbackRoutes.ofThisMachine()).settings(setPairs, configFile, environment);
    }

    /** The project's root: default paths such as {@code .census} lie there. */
    public static Path home() {
        return Path.of(System.getProperty(HOME_PROPERTY, "")).toAbsolutePath().normalize();
    }

    CensusSettings settings(List<String> setPairs, Optional<Path> configFile, Map<String, String> environment) {
        var defaults = Layers.ofDefaults();
        var given = Stream.of(Layers.ofSetPairs(setPairs), Layers.ofEnvironment(environment),
                Layers.ofFile(configFile, currentDirectory)).toList();
        var own = new Values(given);
        var values = new Values(Stream.concat(given.stream(), Stream.of(defaults)).toList());
        var dns = new DnsSettings(values.list(Keys.DNS_RESOLVERS, ResolverAddress::of));
        var sources = sourceAddresses(values);
        var providers = values.find(Keys.PROVIDERS, text -> ProviderRules.read(readable(given(Parsing.path(text)))))
                .orElseGet(ProviderRules::shipped);
        return new CensusSettings(
                database(own, values),
                values.list(Keys.LISTS, Parsing::path).stream().map(this::given).toList(),
                sources, smtp(values, sources), dns, tls(values), providers,
                limits(values).withProviders(providers.limits()), lab(own, values, dns));
    }

    private DatabaseSettings database(Values own, Values values) {
        var url = values.find(Keys.DATABASE_URL, Parsing::jdbcUrl);
        if (url.isPresent()) {
            if (own.isGiven(Keys.DATABASE_DIRECTORY)) {
                throw new SettingException("%s and %s are both set; keep one: the URL for a server, the directory for the embedded PostgreSQL"
                        .formatted(Keys.DATABASE_URL, Keys.DATABASE_DIRECTORY));
            }
            return new DatabaseSettings.Server(url.get(), values.find(Keys.DATABASE_USER, Parsing::notBlank),
                    values.find(Keys.DATABASE_PASSWORD, Secret::new));
        }
        for (var key : List.of(Keys.DATABASE_USER, Keys.DATABASE_PASSWORD)) {
            if (own.isGiven(key)) {
                throw new SettingException("%s (%s): means nothing without %s".formatted(key, own.whereOf(key), Keys.DATABASE_URL));
            }
        }
        return new DatabaseSettings.Embedded(own.find(Keys.DATABASE_DIRECTORY, Parsing::path).map(this::given)
                .orElseGet(() -> home.resolve(values.get(Keys.DATABASE_DIRECTORY, Parsing::path))));
    }

    private static List<SourceAddress> sourceAddresses(Values values) {
        var sources = values.list(Keys.SOURCE_ADDRESSES, SourceAddress::of);
        var seen = new HashSet<>();
        for (var source : sources) {
            if (!seen.add(source.address())) throw values.refused(Keys.SOURCE_ADDRESSES, source.address().toString(), "it is given twice");
        }
        return sources;
    }

    private static SmtpSettings smtp(Values values, List<SourceAddress> sources) {
        var name = values.find(Keys.SMTP_EHLO_NAME, Hostname::new);
        if (name.isPresent() && !sources.isEmpty()) {
            throw new SettingException("%s and %s are both set; keep one: each source address has its own name"
                    .formatted(Keys.SMTP_EHLO_NAME, Keys.SOURCE_ADDRESSES));
        }
        return new SmtpSettings(values.get(Keys.SMTP_PORT, Parsing::port), name);
    }

    private TlsSettings tls(Values values) {
        var file = values.find(Keys.TRUST_STORE, text -> readable(given(Parsing.path(text))));
        var name = values.find(Keys.TRUST_STORE_NAME, Parsing::notBlank);
        if (file.isPresent() != name.isPresent()) {
            throw new SettingException("%s and %s belong together: every stored verdict names the trust store it was judged with"
                    .formatted(Keys.TRUST_STORE, Keys.TRUST_STORE_NAME));
        }
        var store = file.map(path -> new TlsSettings.TrustStore(path, name.orElseThrow()));
        return values.find(Keys.OLD_VERSIONS_PER_NIGHT, text -> new TlsSettings(store, Parsing.count(text)))
                .orElseGet(() -> new TlsSettings(store));
    }

    private static Limits limits(Values values) {
        var limits = Limits.CEILINGS;
        for (var key : LimitKey.values()) limits = stricter(limits, key, values);
        return limits;
    }

    private static Limits stricter(Limits limits, LimitKey key, Values values) {
        var open = values.find(Keys.limitOpen(key), text -> limits.withOpen(key, Parsing.count(text)))
                .orElse(limits);
        var gap = values.find(Keys.limitGap(key), text -> open.with(key, open.of(key).withGap(Parsing.duration(text))))
                .orElse(open);
        return values.find(Keys.limitPerNight(key), text -> gap.with(key, gap.of(key).withPerNight(Parsing.count(text))))
                .orElse(gap);
    }

    private Optional<LabSettings> lab(Values own, Values values, DnsSettings dns) {
        var networks = values.list(Keys.LAB_NETWORKS, text -> routes.requireLoopback(Network.of(text)));
        var gate = new SafetyGate(routes);
        for (var key : List.of(Keys.LAB_TIME_SCALE, Keys.LAB_PATIENCE_SCALE)) {
            if (own.isGiven(key)) gate.requireLoopback(networks, dns, "%s (%s)".formatted(key, own.whereOf(key)));
        }
        var timeScale = values.get(Keys.LAB_TIME_SCALE, Parsing::scale);
        var patienceScale = values.get(Keys.LAB_PATIENCE_SCALE, Parsing::scale);
        return networks.isEmpty() ? Optional.empty() : Optional.of(new LabSettings(networks, timeScale, patienceScale));
    }

    private Path given(Path path) {
        return currentDirectory.resolve(path).normalize();
    }

    private static Path readable(Path file) {
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) throw new IllegalArgumentException(file + " is not a file that can be read");
        return file;
    }
}
