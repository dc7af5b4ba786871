package org.starttlscensus.cli;

import java.util.concurrent.Callable;
import org.starttlscensus.fact.OptOutSubject;
import org.starttlscensus.publish.TakedownResult;
import org.starttlscensus.store.OptOuts;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "remove",
        description = {
            "Take back what was noted with `census opt-out add`, because whoever asked says so.",
            "From the next night on it is called and published again, and the views show its earlier nights again. "
                    + "Files that were written without its rows stay without them.",
            "A wish that came by a record in the DNS ends when its owner removes the record: three nights that find no "
                    + "record are needed. This command does not end it."
        },
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:taken back", "2:it is not left out", "5:the database cannot be used"},
        footerHeading = "%nExamples:%n",
        footer = {"  census opt-out remove example.org", "  census opt-out remove 192.0.2.0/24"})
final class OptOutRemoveCommand implements Callable<Integer> {

    @Parameters(paramLabel = "WHO", converter = OptOutConverter.class, description = "As census opt-out list shows it.")
    private OptOutSubject subject = OptOutSubject.ofName("unset.invalid");

    @Mixin
    private OutputOptions output;

    @Mixin
    private LookingOptions options;

    @Override
    public Integer call() {
        var settings = options.read();
        try (var database = Databases.look(settings.database())) {
            var optOuts = new OptOuts(database);
            if (!optOuts.isThere(subject)) {
                throw new RefusedRequestException(
                        "%s: %s is not left out by itself, so nothing was changed. To see who is: census opt-out list%s"
                                .formatted(Printable.line(database.where()), subject, options.forNextCommand()));
            }
            var remains = optOuts.endTold(subject);
            var known = optOuts.known(subject);
            output.print(
                    () -> OptOutChangeJson.of(subject, remains, known, TakedownResult.NOTHING),
                    out -> out.println(
                            remains
                                    ? subject
                                            + " is still left out: its own record in the DNS asks for it, and ends it "
                                            + "when it is gone. What we were told is taken back."
                                    : subject
                                            + " is no longer left out: called again from the next night on, and shown "
                                            + "by the views for earlier nights. A wider name or network may hold it: "
                                            + "census opt-out list" + options.forNextCommand()));
            return ExitCode.OK;
        }
    }
}
