package org.starttlscensus.cli;

import java.io.PrintWriter;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import org.starttlscensus.machine.MachineContacts;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
        name = "machine",
        description = {
            "Which database calls mail servers from this machine, and when it last did. Only reads.",
            "The limits hold for a machine. So one database calls from it; another may a day after the last call, or "
                    + "after `census machine release`. A lab on loopback is exempt, and so is the demo."
        },
        mixinStandardHelpOptions = true,
        subcommands = MachineCommand.ReleaseMachine.class,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:told", "5:the record cannot be read or trusted"},
        footerHeading = "%nExamples:%n",
        footer = {"  census machine", "  census machine release"})
final class MachineCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        var clock = InstantSource.system();
        print(new MachineContacts(MachineContacts.PLACES, clock), clock.instant(), out(spec));
        return ExitCode.OK;
    }

    private static PrintWriter out(CommandSpec spec) {
        return spec.commandLine().getOut();
    }

    private static void print(MachineContacts contacts, Instant now, PrintWriter out) {
        contacts.latest()
                .ifPresentOrElse(
                        contact -> {
                            out.printf("Calls from this machine: %s%n", contact.database());
                            out.printf("Its last call: %s, or up to a minute earlier%n", contact.at());
                            var freeAt = MachineContacts.freeAt(contact);
                            if (now.isBefore(freeAt)) out.printf("Another database may call from: %s%n", freeAt);
                            else out.println("That was more than a day ago: any database may call now.");
                        },
                        () -> out.println("No database has called from this machine; any may."));
        out.printf("The record: %s%n", contacts.file());
        out.flush();
    }

    @Command(
            name = "release",
            description = {
                "Your word that the database which called last from this machine calls no more.",
                "Then another database may call at once. Its nights know nothing of those calls: the same servers may "
                        + "be called once more today."
            },
            mixinStandardHelpOptions = true,
            exitCodeListHeading = "%nExit codes:%n",
            exitCodeList = {
                "0:released, or there was nothing to release",
                "2:refused: that database is calling now",
                "5:the record cannot be read, trusted or written"
            },
            footerHeading = "%nExamples:%n",
            footer = "  census machine release")
    static final class ReleaseMachine implements Callable<Integer> {

        @Spec
        private CommandSpec spec;

        @Override
        public Integer call() {
            var contacts = new MachineContacts(MachineContacts.PLACES, InstantSource.system());
            var out = out(spec);
            contacts.release()
                    .ifPresentOrElse(
                            contact -> out.printf(
                                    "Released: %s, whose last call was at %s. Any database may call now.%n",
                                    contact.database(), contact.at()),
                            () -> out.println("There was nothing to release: any database may call."));
            out.flush();
            return ExitCode.OK;
        }
    }
}
