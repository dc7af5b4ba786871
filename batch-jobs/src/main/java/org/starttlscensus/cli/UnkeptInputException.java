package org.starttlscensus.cli;

import java.io.IOException;
import java.nio.file.Path;

/** Standard input cannot be kept aside, for example because the disk is full: exit code 5. */
final class UnkeptInputException extends RuntimeException {

    private static final long serialVersionUID = 1;

    UnkeptInputException(Path folder, IOException cause) {
        super("""
                the list on standard input cannot be kept aside in %s (%s). It is read twice, so it is needed there. No \
                domain was looked up or called. Free some space or correct the permissions, or give a file: --list FILE\
                """.formatted(folder, cause), cause);
    }
}
