package org.starttlscensus.cli;

import java.util.Locale;
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
            "  source <(census completion bash)       for this bash",
            "  source <(census completion zsh)        for this zsh; the same line in ~/.zshrc: for each",
            "  census completion bash > ~/.local/share/bash-completion/completions/census"
        })
final class CompletionCommand implements Callable<Integer> {

    /** The shells that there is a script for. */
    enum CompletionShell {
        BASH,
        ZSH;

        /** As it is typed, and offered when Tab is pressed. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Parameters(paramLabel = "SHELL", description = "The shell: bash or zsh.")
    private CompletionShell shell = CompletionShell.BASH;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        var root = spec.root().commandLine();
        var out = spec.commandLine().getOut();
        switch (shell) {
            // One script: in zsh it switches on what zsh has for scripts of bash.
            case BASH, ZSH -> out.println(AutoComplete.bash(root.getCommandName(), root));
        }
        out.flush();
        return ExitCode.OK;
    }
}
