package org.starttlscensus.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.starttlscensus.fact.Address;
import org.starttlscensus.fact.CensusNight;
import org.starttlscensus.fact.Hostname;
import org.starttlscensus.names.AsciiName;
import org.starttlscensus.names.DomainNames;
import org.starttlscensus.names.ParsedDomain;
import org.starttlscensus.settings.CensusSettings;
import org.starttlscensus.store.AddressExplanations;
import org.starttlscensus.store.Database;
import org.starttlscensus.store.ExplainedAddress;
import org.starttlscensus.store.ExplainedDomain;
import org.starttlscensus.store.ExplainedHost;
import org.starttlscensus.store.Explanations;
import org.starttlscensus.store.NightRow;
import org.starttlscensus.store.Nights;
import org.starttlscensus.verdict.ChainJudge;
import org.starttlscensus.verdict.TrustStore;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(name = "explain",
        description = {"Why a night says what it says of one domain or one mail host; or what it did at one address.",
            "Route, plan, every attempt with what was said, TLS and certificate, and what was concluded. Looks only into "
                    + "the database, and calls nobody."},
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:explained", "2:the night or the name is unknown", "5:the database cannot be used"},
        footerHeading = "%nExamples:%n",
        footer = {
            "  census explain example.org",
            "  census explain mx1.example.org --night 2026-11-23",
            "  census explain example.org --json",
            "  census explain --address 192.0.2.25       for a postmaster who asks what we did there, when and why",
            "  census explain NAME --set census.database.directory=.census/demo/pg   of the demo"})
final class ExplainCommand implements Callable<Integer> {

    @Parameters(paramLabel = "NAME", arity = "0..1", description = "A domain of the night's lists, or a mail host that one of them leads to.")
    private String name = "";

    @Option(names = "--address", paramLabel = "IP", description = "What was done at this address of a mail server, when, and why.")
    private @Nullable String address;

    @Option(names = "--night", paramLabel = "DATE", converter = NightConverter.class, description = "The night (default: the last one).")
    private @Nullable CensusNight night;

    @Option(names = "--json", description = "As JSON, for programs.")
    private boolean json;

    @Mixin
    private SettingsOptions options;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        if (name.isEmpty() == (address == null)) {
            throw new ParameterException(spec.commandLine(), "explain what? Give the name of a domain or mail host, or --address IP");
        }
        if (address != null) return explainAddress(options.read(), address(address));
        var host = host();
        var settings = options.read();
        try (var database = Databases.open(settings.database())) {
            var nights = new Nights(database);
            var found = night == null ? nights.latest() : nights.find(night);
            if (found.isEmpty()) {
                spec.commandLine().getErr().printf("census: %s has no %s. See what it has with: census status%n",
                        Printable.line(database.where()), night == null ? "night yet" : "night " + night);
                return Faults.REFUSED;
            }
            return explain(database, found.get(), host, chainJudge(settings, found.get()));
        }
    }

    private Address address(String literal) {
        try {
            return Address.of(literal);
        } catch (IllegalArgumentException notOne) {
            throw new ParameterException(spec.commandLine(), "\"%s\" is no IP address; expected is one like 192.0.2.25 or 2001:db8::25"
                    .formatted(literal));
        }
    }

    /** Of the night asked for, or else the last one that has the address in its plan. */
    private int explainAddress(CensusSettings settings, Address asked) {
        try (var database = Databases.open(settings.database())) {
            var explanations = new AddressExplanations(database);
            var nights = explanations.nights(asked);
            var found = nights.stream().map(ExplainedAddress.Night::night).filter(one -> night == null || one.equals(night)).findFirst();
            if (found.isEmpty()) {
                spec.commandLine().getErr().printf("census: %s has %s in the plan of %s, so nobody was called there.%s%n",
                        Printable.line(database.where()), asked, night == null ? "no night" : "no night " + night,
                        nights.isEmpty() ? "" : " The last one was: --night " + nights.getFirst().night());
                return Faults.REFUSED;
            }
            var row = new Nights(database).find(found.get()).orElseThrow();
            var explained = new ExplainAddress(explanations.of(found.get(), asked, nights), chainJudge(settings, row));
            if (json) spec.commandLine().getOut().println(Json.write(explained.asMap()));
            else explained.print(spec.commandLine().getOut());
            spec.commandLine().getOut().flush();
            return CommandLine.ExitCode.OK;
        }
    }

    /** Any spelling of a name, with or without a final dot, as U-labels or A-labels; hosts may have underscores. */
    private Hostname host() {
        var ascii = switch (DomainNames.toAscii(name)) {
            case AsciiName.Converted(var converted) -> converted;
            case AsciiName.Refused _ -> name;
        };
        try {
            return new Hostname(ascii);
        } catch (IllegalArgumentException notOne) {
            throw new ParameterException(spec.commandLine(), "\"%s\" is no domain and no host name".formatted(name));
        }
    }

    private int explain(Database database, NightRow row, Hostname name, Optional<ChainJudge> chains) {
        var explanations = new Explanations(database);
        var read = DomainNames.read(name.ascii());
        var domain = read instanceof ParsedDomain.Usable(var one) ? explanations.domain(row.night(), one).filter(ExplainCommand::isListed)
                : Optional.<ExplainedDomain>empty();
        var host = explanations.host(row.night(), name).filter(found -> found.status().isPresent() || !found.servers().isEmpty())
                .filter(found -> domain.stream().flatMap(one -> one.hosts().stream()).noneMatch(other -> other.host().equals(found.host())));
        if (domain.isEmpty() && host.isEmpty()) {
            unknown(database, row, name, read instanceof ParsedDomain.Usable(var one) ? explanations.lastListed(one) : Optional.empty());
            return Faults.REFUSED;
        }
        print(row, domain, host, chains);
        return CommandLine.ExitCode.OK;
    }

    private static boolean isListed(ExplainedDomain domain) {
        return !domain.listings().isEmpty();
    }

    private void unknown(Database database, NightRow row, Hostname name, Optional<CensusNight> lastListed) {
        spec.commandLine().getErr().printf("census: night %s (%s) knows no domain and no mail host %s. %s%n", row.night(),
                Printable.line(database.where()), name, lastListed
                        .map(last -> "It stood on a list last on night %s: census explain %s --night %s".formatted(last, name, last))
                        .orElse("Expected is a domain of its lists, or a host that the MX records of one name. Check the spelling."));
    }

    private void print(NightRow row, Optional<ExplainedDomain> domain, Optional<ExplainedHost> host, Optional<ChainJudge> chains) {
        var out = spec.commandLine().getOut();
        if (json) {
            var writer = new ExplainJson(chains);
            Map<String, @Nullable Object> all = new LinkedHashMap<>();
            all.put("night", row.night().toString());
            all.put("night_completed", row.completedAt().isPresent());
            domain.ifPresent(one -> all.putAll(writer.of(one)));
            host.ifPresent(one -> all.put("host", writer.of(one)));
            out.println(Json.write(all));
            out.flush();
            return;
        }
        var text = new ExplainText(out, chains);
        domain.ifPresent(one -> text.print(row.night(), one));
        if (domain.isPresent() && host.isPresent()) out.println();
        host.ifPresent(one -> text.print(row.night(), one));
        if (row.completedAt().isEmpty()) out.printf("%nThe night is not complete: more may come.%n");
        if (chains.isEmpty()) {
            out.printf("%nChains of that night were judged with the trust store %s, so no reasons are given here.%n"
                    + "To have them, name it and its file: --set census.tls.trust-store=FILE --set census.tls.trust-store-name=NAME%n",
                    Printable.line(row.trustStore()));
        }
        out.flush();
    }

    /** Only with the roots of that night can its chains be judged again. */
    private static Optional<ChainJudge> chainJudge(CensusSettings settings, NightRow row) {
        return Optional.of(settings.tls().trustStoreSetting().map(own -> TrustStore.read(own.name(), own.file())).orElseGet(TrustStore::mozilla))
                .filter(store -> store.name().equals(row.trustStore())).map(ChainJudge::new);
    }
}
