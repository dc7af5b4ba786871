package org.starttlscensus.cli;

import java.io.PrintWriter;
import java.util.Optional;
import org.starttlscensus.fact.MailDomain;
import org.starttlscensus.lab.LabUniverse;
import org.starttlscensus.lab.ServerBehavior;

/** What can be done with the result of a demo. All of it works as it stands. */
final class DemoNextSteps {

    private DemoNextSteps() {}

    static void print(LabUniverse universe, DemoHome home, PrintWriter out) {
        var name = CommandName.typed();
        var without = served(universe, ServerBehavior.NO_STARTTLS);
        var expired = served(universe, ServerBehavior.EXPIRED);
        out.printf("%nWhat now? These commands read what was stored, and call no server:%n");
        line(out, name + " status --demo", "the steps and the outcomes again");
        without.ifPresent(domain -> line(
                out, name + " explain " + domain.ascii() + " --demo", "all evidence for a domain without STARTTLS"));
        line(out, name + " provider list --demo", "what each provider saw of the night");
        line(out, name + " database psql --demo", "the database, for SQL");
        line(out, name + " database --demo", "how other programs reach it");
        out.printf("These call the simulated servers again:%n");
        expired.ifPresent(domain -> line(
                out, name + " check " + domain.ascii() + " --demo", "one domain now; its certificate has expired"));
        line(out, name + " demo", "the next night");
        out.printf("To remove all of it: %s%n", removal(home));
        out.flush();
    }

    /** For a shell, whatever the name of the folder has. */
    static String removal(DemoHome home) {
        return "rm -r '%s'"
                .formatted(Printable.line(home.directory().toString()).replace("'", "'\\''"));
    }

    private static void line(PrintWriter out, String command, String what) {
        out.printf("  %-44s %s%n", command, what);
    }

    /** The first domain with a server of its own that behaves like this. */
    private static Optional<MailDomain> served(LabUniverse universe, ServerBehavior behavior) {
        return universe.domains().stream()
                .filter(one -> universe.endpoints().entrySet().stream()
                        .anyMatch(server -> server.getValue() == behavior
                                && server.getKey()
                                        .mxHost()
                                        .ascii()
                                        .equals("mail." + one.domain().ascii())))
                .map(one -> one.domain())
                .findFirst();
    }
}
