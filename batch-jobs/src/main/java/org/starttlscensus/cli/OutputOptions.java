package org.starttlscensus.cli;

import java.io.PrintWriter;
import java.util.function.Consumer;
import java.util.function.Supplier;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The form in which a command prints its result. */
final class OutputOptions {

    @Option(names = "--json", description = "Print JSON, for programs.")
    private boolean json;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    /** Makes only the requested form. */
    void print(Supplier<? extends Record> forPrograms, Consumer<PrintWriter> forPeople) {
        var out = spec.commandLine().getOut();
        if (json) out.println(Json.write(forPrograms.get()));
        else forPeople.accept(out);
        out.flush();
    }
}
