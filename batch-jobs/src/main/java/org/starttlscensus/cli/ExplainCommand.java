package org.starttlscensus.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.starttlscensus.fact.Address;
import org.starttlscensus.fact.CensusNight;
import org.starttlscensus.fact.Hostname;
import org.starttlscensus.job.ConfiguredTrustStore;
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
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "explain",
        description = {
            "Why a night says what it says of one domain or one mail host; or what it did at one address.",
            "Route, plan, every attempt with what was said, TLS and certificate, and what was concluded. Looks only into "
                    + "the database, and calls nobody."
        },
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:explained", "2:the night or the name is unknown", "5:the database cannot be used"},
        footerHeading = "%nExamples:%n",
        footer = {
            "  census explain example.org",
            "  census explain mx1.example.org --night 2026-11-23",
            "  census explain example.org --json",
            "  census explain --address 192.0.2.25       for a postmaster who asks what we did there, when and why",
            "  census explain NAME --set census.database.directory=.census/demo/pg   of the demo"
        })
final class ExplainCommand implements Callable<Integer> {

    @Parameters(
            paramLabel = "NAME",
            arity = "0..1",
            description = "A domain of the night's lists, or a mail host that one of them leads to.")
    private String name = "";

    @Option(
            names = "--address",
            paramLabel = "IP",
            description = "What was done at this address of a mail server, when, and why.")
    private @Nullable String address;

    @Mixin
    private NightOption night;

    @Mixin
    private OutputOptions output;

    @Mixin
    private SettingsOptions options;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        if (name.isEmpty() == (address == null)) {
            throw new ParameterException(
                    spec.commandLine(), "explain what? Give the name of a domain or mail host, or --address IP");
        }
        if (address != null) {
            explainAddress(options.read(), address(address));
            return CommandLine.ExitCode.OK;
        }
        var host = host();
        var settings = options.read();
        try (var database = Databases.open(settings.database())) {
            var row = night.find(database);
            explain(database, row, host, chainJudge(settings, row));
            return CommandLine.ExitCode.OK;
        }
    }

    private Address address(String literal) {
        try {
            return Address.of(literal);
        } catch (IllegalArgumentException notOne) {
            throw new ParameterException(
                    spec.commandLine(),
                    "\"%s\" is no IP address; expected is one like 192.0.2.25 or 2001:db8::25".formatted(literal));
        }
    }

    /** Of the night asked for, or else the last one that has the address in its plan. */
    private void explainAddress(CensusSettings settings, Address asked) {
        try (var database = Databases.open(settings.database())) {
            var explanations = new AddressExplanations(database);
            var nights = explanations.nights(asked);
            var found = nights.stream()
                    .map(ExplainedAddress.Night::night)
                    .filter(one -> night.given().orElse(one).equals(one))
                    .findFirst()
                    .orElseThrow(() -> notPlanned(database, asked, nights));
            var row = new Nights(database).find(found).orElseThrow();
            var explained = new ExplainAddress(explanations.of(found, asked, nights), chainJudge(settings, row));
            output.print(explained::asJson, explained::print);
        }
    }

    private RefusedRequestException notPlanned(Database database, Address asked, List<ExplainedAddress.Night> nights) {
        return new RefusedRequestException("%s has %s in the plan of %s, so nobody was called there.%s"
                .formatted(
                        Printable.line(database.where()),
                        asked,
                        night.given().map(one -> "no night " + one).orElse("no night"),
                        nights.isEmpty()
                                ? ""
                                : " The last one was: --night "
                                        + nights.getFirst().night()));
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

    private void explain(Database database, NightRow row, Hostname name, Optional<ChainJudge> chains) {
        var explanations = new Explanations(database);
        var read = DomainNames.read(name.ascii());
        var domain = read instanceof ParsedDomain.Usable(var one)
                ? explanations.domain(row.night(), one).filter(ExplainCommand::isListed)
                : Optional.<ExplainedDomain>empty();
        var host = explanations
                .host(row.night(), name)
                .filter(found -> found.status().isPresent() || !found.servers().isEmpty())
                .filter(found -> domain.stream()
                        .flatMap(one -> one.hosts().stream())
                        .noneMatch(other -> other.host().equals(found.host())));
        if (domain.isEmpty() && host.isEmpty()) {
            throw unknown(
                    database,
                    row,
                    name,
                    read instanceof ParsedDomain.Usable(var one) ? explanations.lastListed(one) : Optional.empty());
        }
        output.print(
                () -> ExplanationJson.of(
                        row,
                        domain.map(one -> ExplainedDomainJson.of(one, chains)),
                        host.map(one -> ExplainedHostJson.of(one, chains))),
                out -> print(out, row, domain, host, chains));
    }

    private static boolean isListed(ExplainedDomain domain) {
        return !domain.listings().isEmpty();
    }

    private static RefusedRequestException unknown(
            Database database, NightRow row, Hostname name, Optional<CensusNight> lastListed) {
        return new RefusedRequestException("night %s (%s) knows no domain and no mail host %s. %s"
                .formatted(
                        row.night(),
                        Printable.line(database.where()),
                        name,
                        lastListed
                                .map(last -> "It stood on a list last on night %s: census explain %s --night %s"
                                        .formatted(last, name, last))
                                .orElse("Expected is a domain of its lists, or a host that the MX records of one name. "
                                        + "Check the spelling.")));
    }

    private static void print(
            PrintWriter out,
            NightRow row,
            Optional<ExplainedDomain> domain,
            Optional<ExplainedHost> host,
            Optional<ChainJudge> chains) {
        var text = new ExplainText(out, chains);
        domain.ifPresent(one -> text.print(row.night(), one));
        if (domain.isPresent() && host.isPresent()) out.println();
        host.ifPresent(one -> text.print(row.night(), one));
        if (row.completedAt().isEmpty()) out.printf("%nThe night is not complete: more may come.%n");
        if (chains.isEmpty()) {
            out.printf(
                    "%nChains of that night were judged with the trust store %s, so no reasons are given here.%n"
                            + "To have them, name it and its file: --set census.tls.trust-store=FILE --set census.tls.trust-store-name=NAME%n",
                    Printable.line(row.trustStore()));
        }
    }

    /** Only with the roots of that night can its chains be judged again. */
    private static Optional<ChainJudge> chainJudge(CensusSettings settings, NightRow row) {
        return Optional.of(ConfiguredTrustStore.of(settings))
                .filter(store -> store.name().equals(row.trustStore()))
                .map(ChainJudge::new);
    }
}
