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
import org.starttlscensus.job.CurrentOptOuts;
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
import org.starttlscensus.store.OptOuts;
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
            "All evidence for the verdict of a night on one domain or mail host, or all calls to one address.",
            "Shows route, plan, every call with the server's replies, TLS, certificate, and the verdict. "
                    + "Only reads the database, and calls no server."
        },
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:explained", "2:the night or the name is unknown", "5:the database cannot be used"},
        footerHeading = "%nExamples:%n",
        footer = {
            "  census explain example.org",
            "  census explain mx1.example.org --night 2026-11-23",
            "  census explain example.org --json",
            "  census explain --address 192.0.2.25       for postmasters: which calls we made there, when and why",
            "  census explain NAME --demo                for the night of `census demo`"
        })
final class ExplainCommand implements Callable<Integer> {

    @Parameters(
            paramLabel = "NAME",
            arity = "0..1",
            description = "A domain on the night's lists, or a mail host of one of them.")
    private String name = "";

    @Option(
            names = "--address",
            paramLabel = "IP",
            description = "Which calls were made to this address of a mail server, when, and why.")
    private @Nullable String address;

    @Mixin
    private NightOption night;

    @Mixin
    private OutputOptions output;

    @Mixin
    private LookingOptions options;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        if (name.isEmpty() == (address == null)) {
            throw new ParameterException(
                    spec.commandLine(), "explain needs the name of a domain or mail host, or --address IP (not both)");
        }
        if (address != null) {
            explainAddress(options.read(), address(address));
            return CommandLine.ExitCode.OK;
        }
        var host = host();
        var settings = options.read();
        try (var database = Databases.look(settings.database())) {
            var row = night.find(database);
            explain(database, settings, row, host);
            return CommandLine.ExitCode.OK;
        }
    }

    private Address address(String literal) {
        try {
            return Address.of(literal);
        } catch (IllegalArgumentException invalid) {
            throw new ParameterException(
                    spec.commandLine(),
                    "\"%s\" is not an IP address; expected is one like 192.0.2.25 or 2001:db8::25".formatted(literal));
        }
    }

    /** The given night, or else the last one that has the address in its plan. */
    private void explainAddress(CensusSettings settings, Address given) {
        try (var database = Databases.look(settings.database())) {
            var explanations = new AddressExplanations(database);
            var nights = explanations.nights(given);
            var found = nights.stream()
                    .map(ExplainedAddress.Night::night)
                    .filter(one -> night.given().orElse(one).equals(one))
                    .findFirst()
                    .orElseThrow(() -> notPlanned(database, given, nights));
            var row = new Nights(database).find(found).orElseThrow();
            var explained = new AddressReasons(database, settings)
                    .of(row, explanations.of(found, given, nights), chainJudge(database, settings, row));
            output.print(explained::asJson, out -> {
                explained.print(out, options.forNextCommand());
                LabTime.sentence(settings).ifPresent(words -> out.printf("%n%s%n", words));
            });
        }
    }

    private RefusedRequestException notPlanned(Database database, Address given, List<ExplainedAddress.Night> nights) {
        return new RefusedRequestException("%s: %s is not in the plan of %s, so it was not called.%s"
                .formatted(
                        Printable.line(database.where()),
                        given,
                        night.given().map(one -> "night " + one).orElse("any night"),
                        nights.isEmpty()
                                ? ""
                                : " The last night that has it: --night "
                                        + nights.getFirst().night()));
    }

    /** Accepts U-labels and A-labels, with or without a final dot. Host names may have underscores. */
    private Hostname host() {
        var ascii = switch (DomainNames.toAscii(name)) {
            case AsciiName.Converted(var converted) -> converted;
            case AsciiName.Refused _ -> name;
        };
        try {
            return new Hostname(ascii);
        } catch (IllegalArgumentException invalid) {
            throw new ParameterException(
                    spec.commandLine(), "\"%s\" is neither a domain nor a host name".formatted(name));
        }
    }

    private void explain(Database database, CensusSettings settings, NightRow row, Hostname name) {
        var chains = chainJudge(database, settings, row);
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
                out -> {
                    if (CurrentOptOuts.read(new OptOuts(database)).hasName(name.ascii())) {
                        out.printf(
                                "%s asked to be left out: not called, and in no file. census opt-out list%s%n%n",
                                name, options.forNextCommand());
                    }
                    print(out, row, domain, host, chains);
                    LabTime.sentence(settings).ifPresent(words -> out.printf("%n%s%n", words));
                });
    }

    private static boolean isListed(ExplainedDomain domain) {
        return !domain.listings().isEmpty();
    }

    private RefusedRequestException unknown(
            Database database, NightRow row, Hostname name, Optional<CensusNight> lastListed) {
        return new RefusedRequestException("night %s (%s) has no domain or mail host %s. %s"
                .formatted(
                        row.night(),
                        Printable.line(database.where()),
                        name,
                        lastListed
                                .map(last -> "It was last on a list in night %s: census explain %s --night %s%s"
                                        .formatted(last, name, last, options.forNextCommand()))
                                .orElse("Expected is a domain on its lists, or a host named by their MX records. "
                                        + "Check the spelling.")));
    }

    private static void print(
            PrintWriter out,
            NightRow row,
            Optional<ExplainedDomain> domain,
            Optional<ExplainedHost> host,
            Optional<ChainJudge> chains) {
        var text = new ExplainText(out, row.contactsPrunedAt(), chains);
        domain.ifPresent(one -> text.print(row.night(), one));
        if (domain.isPresent() && host.isPresent()) out.println();
        host.ifPresent(one -> text.print(row.night(), one));
        if (row.completedAt().isEmpty()) out.printf("%nThe night is not complete: results may be added.%n");
        if (chains.isEmpty()) {
            out.printf(
                    "%nThe certificate chains of that night were judged with the trust store %s, whose roots are not "
                            + "here, so no reasons are shown.%nTo see them, set it: "
                            + "--set census.tls.trust-store=FILE --set census.tls.trust-store-name=NAME%n",
                    Printable.line(row.trustStore()));
        }
    }

    /** Empty unless that night's trust store is known here: only its roots give the same verdicts again. */
    private static Optional<ChainJudge> chainJudge(Database database, CensusSettings settings, NightRow row) {
        return ConfiguredTrustStore.named(row.trustStore(), settings, database).map(ChainJudge::new);
    }
}
