package org.starttlscensus.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.starttlscensus.settings.SettingsExample;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "example",
        description = {
            "A settings file with every key and its default, all as comments.",
            "With FILE it is written there, readable only for you, because it may get a password. A file that exists "
                    + "is never overwritten."
        },
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:written", "2:FILE exists, or its folder does not", "5:FILE cannot be written"},
        footerHeading = "%nExamples:%n",
        footer = {
            "  census settings example | less",
            "  census settings example census.yaml",
            "  census settings --config census.yaml     shows what holds with it"
        })
final class SettingsExampleCommand implements Callable<Integer> {

    @Parameters(
            paramLabel = "FILE",
            arity = "0..1",
            description = "Where to write it, for example census.yaml (default: stdout).")
    private @Nullable Path file;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        var text = SettingsExample.text();
        var out = spec.commandLine().getOut();
        if (file == null) {
            out.print(text);
        } else {
            write(file, text);
            out.printf("Written to %s. All its settings are comments, so it changes nothing yet.%n", file);
        }
        out.flush();
        return ExitCode.OK;
    }

    private static void write(Path file, String text) {
        var forOwner = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        try (var channel =
                Files.newByteChannel(file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), forOwner)) {
            var bytes = StandardCharsets.UTF_8.encode(text);
            while (bytes.hasRemaining()) channel.write(bytes);
        } catch (FileAlreadyExistsException e) {
            throw new RefusedRequestException(
                    "%s exists, and is not overwritten. Name another file, or move this one away first."
                            .formatted(Printable.line(file.toString())));
        } catch (NoSuchFileException e) {
            throw new RefusedRequestException(unwritten(file, "its folder does not exist"));
        } catch (IOException e) {
            var reason = switch (e) {
                case AccessDeniedException _ -> "permission denied";
                case FileSystemException named ->
                    Objects.requireNonNullElse(named.getReason(), "the file system refuses it");
                default -> String.valueOf(e.getMessage()); // any other failure of the file system
            };
            throw new UnwrittenFileException(unwritten(file, reason), e);
        }
    }

    private static String unwritten(Path file, String reason) {
        return "%s cannot be written (%s). Name a file in a folder that you may write in."
                .formatted(Printable.line(file.toString()), reason);
    }
}
