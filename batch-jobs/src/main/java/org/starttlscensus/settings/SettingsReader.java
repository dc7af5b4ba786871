package org.starttlscensus.settings;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.starttlscensus.fact.Hostname;
import org.starttlscensus.names.Network;
import org.starttlscensus.politeness.LimitKey;
import org.starttlscensus.politeness.Limits;
import org.starttlscensus.politeness.ProviderRules;

/** Combines the layers and checks them. Everything that it does not accept is a {@link SettingException}. */
public final class SettingsReader {

    /** The system property that the launcher sets to the project's folder. Default paths are relative to it. */
    public static final String HOME_PROPERTY = "census.home";

    private final Path home;
    private final SettingsFiles files;
    private final LoopbackRoutes routes;

    SettingsReader(Path home, SettingsFiles files, LoopbackRoutes routes) {
        this.home = home.toAbsolutePath().normalize();
        this.files = files;
        this.routes = routes;
    }

    /**
     * The settings of this process.
     *
     * @param setPairs   {@code key=value}; these override all other sources
     * @param configFile if absent, the first file that is found; see {@link SettingsFiles}
     */
    public static CensusSettings read(
            List<String> setPairs, Optional<Path> configFile, Map<String, String> environment) {
        return reading(setPairs, configFile, environment, true).settings();
    }

    /**
     * The settings of this process, and where they come from.
     *
     * @param searches whether a file is searched if none is named
     */
    public static SettingsReading reading(
            List<String> setPairs, Optional<Path> configFile, Map<String, String> environment, boolean searches) {
        var files = new SettingsFiles(SettingsFiles.MACHINE_FOLDER, Path.of("").toAbsolutePath());
        return new SettingsReader(home(), files, LoopbackRoutes.ofThisMachine())
                .all(setPairs, configFile, environment, searches);
    }

    /** The project's folder, to which default paths such as {@code .census} are relative. */
    public static Path home() {
        return Path.of(System.getProperty(HOME_PROPERTY, "")).toAbsolutePath().normalize();
    }

    CensusSettings settings(List<String> setPairs, Optional<Path> configFile, Map<String, String> environment) {
        return all(setPairs, configFile, environment, true).settings();
    }

    SettingsReading all(
            List<String> setPairs, Optional<Path> configFile, Map<String, String> environment, boolean searches) {
        var defaults = Layers.ofDefaults(home);
        var stronger = List.of(Layers.ofSetPairs(setPairs), Layers.ofEnvironment(environment));
        var search = configFile
                .map(files::named)
                .or(() -> searches ? Optional.of(search(stronger, defaults, environment)) : Optional.empty())
                .orElse(SettingsFileSearch.NONE);
        var given = search.file()
                .map(SettingsFile::read)
                .map(file -> Stream.concat(stronger.stream(), Stream.of(file)).toList())
                .orElse(stronger);
        var settings = settings(given, defaults);
        return new SettingsReading(
                settings, search, new SettingsListing(new Values(given), defaults, settings.database()).all());
    }

    private SettingsFileSearch search(List<Layer> stronger, Layer defaults, Map<String, String> environment) {
        var values =
                new Values(Stream.concat(stronger.stream(), Stream.of(defaults)).toList());
        return files.search(given(values.get(SettingKeys.DATABASE_DIRECTORY, Parsing::path)), environment);
    }

    private CensusSettings settings(List<Layer> given, Layer defaults) {
        var own = new Values(given);
        var values =
                new Values(Stream.concat(given.stream(), Stream.of(defaults)).toList());
        var dns = dns(own, values);
        var sources = sourceAddresses(values);
        var providers = values.find(
                        SettingKeys.PROVIDERS, text -> ProviderRules.read(readable(given(Parsing.path(text)))))
                .orElseGet(ProviderRules::shipped);
        return new CensusSettings(
                database(given, own, values),
                values.list(SettingKeys.LISTS, Parsing::path).stream()
                        .map(this::given)
                        .toList(),
                sources,
                smtp(values, sources),
                dns,
                tls(values),
                providers,
                limits(values).withProviders(providers.limits()),
                lab(own, values, dns),
                values.get(SettingKeys.CONTACT_LOG, text -> new RetentionSettings(Parsing.duration(text))),
                new IdentitySettings(
                        values.find(SettingKeys.IDENTITY_CONTACT, IdentitySettings::contactOf),
                        values.find(SettingKeys.IDENTITY_PAGE, IdentitySettings::pageOf)),
                values.get(SettingKeys.WINDOW, CallWindow::of));
    }

    /** Only a pace that is given counts in a lab. */
    private static DnsSettings dns(Values own, Values values) {
        var resolvers = values.list(SettingKeys.DNS_RESOLVERS, ResolverAddress::of);
        return own.find(
                        SettingKeys.DNS_QUERIES_PER_SECOND,
                        text -> new DnsSettings(resolvers, OptionalInt.of(Parsing.count(text))))
                .orElseGet(() -> new DnsSettings(resolvers, OptionalInt.empty()));
    }

    /** Of a URL and a directory the one in the stronger place counts. In one place they contradict each other. */
    private DatabaseSettings database(List<Layer> given, Values own, Values values) {
        var naming = given.stream()
                .filter(layer -> layer.has(SettingKeys.DATABASE_URL) || layer.has(SettingKeys.DATABASE_DIRECTORY))
                .findFirst();
        var hasUrl = naming.filter(layer -> layer.has(SettingKeys.DATABASE_URL)).isPresent();
        if (hasUrl
                && naming.filter(layer -> layer.has(SettingKeys.DATABASE_DIRECTORY))
                        .isPresent()) {
            throw new SettingException(("%s and %s are both set; keep one: the URL for a server, "
                            + "the directory for the embedded PostgreSQL")
                    .formatted(SettingKeys.DATABASE_URL, SettingKeys.DATABASE_DIRECTORY));
        }
        if (hasUrl)
            return new DatabaseSettings.Server(
                    values.get(SettingKeys.DATABASE_URL, Parsing::jdbcUrl),
                    values.find(SettingKeys.DATABASE_USER, Parsing::notBlank),
                    values.find(SettingKeys.DATABASE_PASSWORD, Secret::new));
        for (var settingKey : List.of(SettingKeys.DATABASE_USER, SettingKeys.DATABASE_PASSWORD)) {
            if (own.isGiven(settingKey) && !own.isGiven(SettingKeys.DATABASE_URL)) {
                throw new SettingException("%s (%s): has no meaning without %s"
                        .formatted(settingKey, own.whereOf(settingKey), SettingKeys.DATABASE_URL));
            }
        }
        return new DatabaseSettings.Embedded(given(values.get(SettingKeys.DATABASE_DIRECTORY, Parsing::path)));
    }

    private static List<SourceAddress> sourceAddresses(Values values) {
        var sources = values.list(SettingKeys.SOURCE_ADDRESSES, SourceAddress::of);
        var seen = new HashSet<>();
        for (var source : sources) {
            if (!seen.add(source.address()))
                throw values.refused(
                        SettingKeys.SOURCE_ADDRESSES, source.address().toString(), "it is given twice");
        }
        return sources;
    }

    private static SmtpSettings smtp(Values values, List<SourceAddress> sources) {
        var name = values.find(SettingKeys.SMTP_EHLO_NAME, Hostname::new);
        if (name.isPresent() && !sources.isEmpty()) {
            throw new SettingException("%s and %s are both set; keep one: each source address has its own name"
                    .formatted(SettingKeys.SMTP_EHLO_NAME, SettingKeys.SOURCE_ADDRESSES));
        }
        return new SmtpSettings(
                values.get(SettingKeys.SMTP_PORT, Parsing::port), name, values.list(SettingKeys.CANARIES, Canary::of));
    }

    private TlsSettings tls(Values values) {
        var file = values.find(SettingKeys.TRUST_STORE, text -> readable(given(Parsing.path(text))));
        var name = values.find(SettingKeys.TRUST_STORE_NAME, Parsing::notBlank);
        if (file.isPresent() != name.isPresent()) {
            throw new SettingException(
                    "%s and %s must be set together, because every stored verdict names its trust store"
                            .formatted(SettingKeys.TRUST_STORE, SettingKeys.TRUST_STORE_NAME));
        }
        var store = file.map(path -> new TlsSettings.TrustStoreSetting(path, name.orElseThrow()));
        var tls = values.find(SettingKeys.OLD_VERSIONS_PER_NIGHT, text -> new TlsSettings(store, Parsing.count(text)))
                .orElseGet(() -> new TlsSettings(store));
        return values.find(SettingKeys.PREVIOUS_OFFER_PERCENT, text -> tls.withPreviousOffer(Parsing.count(text)))
                .orElse(tls);
    }

    private static Limits limits(Values values) {
        var limits = Limits.CEILINGS;
        for (var key : LimitKey.values()) limits = stricter(limits, key, values);
        return limits;
    }

    private static Limits stricter(Limits limits, LimitKey key, Values values) {
        var open = values.find(LimitSettingKeys.open(key), text -> limits.withOpen(key, Parsing.count(text)))
                .orElse(limits);
        var gap = values.find(
                        LimitSettingKeys.gap(key),
                        text -> open.with(key, open.of(key).withGap(Parsing.duration(text))))
                .orElse(open);
        return values.find(
                        LimitSettingKeys.perNight(key),
                        text -> gap.with(key, gap.of(key).withPerNight(Parsing.count(text))))
                .orElse(gap);
    }

    private Optional<LabSettings> lab(Values own, Values values, DnsSettings dns) {
        var networks = values.list(SettingKeys.LAB_NETWORKS, text -> routes.requireLoopback(Network.of(text)));
        var gate = new SafetyGate(routes);
        for (var settingKey : List.of(SettingKeys.LAB_TIME_SCALE, SettingKeys.LAB_PATIENCE_SCALE)) {
            if (own.isGiven(settingKey))
                gate.requireLoopback(networks, dns, "%s (%s)".formatted(settingKey, own.whereOf(settingKey)));
        }
        var timeScale = values.get(SettingKeys.LAB_TIME_SCALE, Parsing::scale);
        var patienceScale = values.get(SettingKeys.LAB_PATIENCE_SCALE, Parsing::scale);
        return networks.isEmpty() ? Optional.empty() : Optional.of(new LabSettings(networks, timeScale, patienceScale));
    }

    private Path given(Path path) {
        return files.currentDirectory().resolve(path).normalize();
    }

    private static Path readable(Path file) {
        if (!Files.isRegularFile(file) || !Files.isReadable(file))
            throw new IllegalArgumentException(file + " is not a file that can be read");
        return file;
    }
}
