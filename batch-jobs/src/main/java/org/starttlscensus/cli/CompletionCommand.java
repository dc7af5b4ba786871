package org.starttlscensus.cli;

import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "completion",
        description = {
            "Print a script that completes commands and options when Tab is pressed.",
            "It is made of the commands of this version: after an update, make it again."
        },
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  source <(census completion bash)       for this shell",
            "  census completion bash > ~/.local/share/bash-completion/completions/census",
            "  autoload -U +X bashcompinit && bashcompinit && source <(census completion bash)     in zsh"
        })
final class CompletionCommand implements Callable<Integer> {

    /** The shells that there is a script for. */
    enum CompletionShell {
        BASH;

        /** As it is typed, and offered when Tab is pressed. */
        @Override
        public String toString() {
            return "bash";
        }
    }

    @Parameters(paramLabel = "SHELL", description = "The shell: bash. Its script also serves zsh.")
    private CompletionShell shell = CompletionShell.BASH;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        var root = spec.root().commandLine();
        var out = spec.commandLine().getOut();
        switch (shell) {
            case BASH -> out.println(AutoComplete.bash(root.getCommandName(), root));
        }
        out.flush();
        return ExitCode.OK;
    }
}
