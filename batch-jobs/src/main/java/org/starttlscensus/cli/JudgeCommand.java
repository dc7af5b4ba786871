package org.starttlscensus.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "judge",
        description = {
            "Run one judge of the census by itself: on replies, certificate chains, names, "
                    + "TLSA records or MTA-STS policies.",
            "Reads one JSON object per line from stdin, and prints one verdict per line. "
                    + "Needs no database and no network."
        },
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            JudgeReplyCommand.class,
            JudgeChainCommand.class,
            JudgeNameCommand.class,
            JudgeDaneCommand.class,
            JudgeMtaStsCommand.class
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  census judge reply < replies.jsonl > classes.jsonl",
            "  echo '{\"input\":\"B\\u00fccher.example\"}' | census judge name"
        })
final class JudgeCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "judge: no command was given; the commands are: "
                        + String.join(", ", spec.subcommands().keySet()));
    }
}
