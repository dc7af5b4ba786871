package org.starttlscensus.lists;

import java.util.Arrays;
import java.util.stream.Stream;
import org.starttlscensus.names.NameFault;

/** Why a line contains no mail domain. */
public sealed interface LineRejection {

    /** No name could be taken from the line. */
    record OfLine(LineFault fault) implements LineRejection {

        @Override
        public String label() {
            return fault.label();
        }

        @Override
        public String description() {
            return fault.description();
        }
    }

    /** The name in the line is not a mail domain. */
    record OfName(NameFault fault) implements LineRejection {

        @Override
        public String label() {
            return fault.label();
        }

        @Override
        public String description() {
            return fault.description();
        }
    }

    /** The label in the database. */
    String label();

    /** A description of what was found, for people. */
    String description();

    /** The description of a stored label; the label itself if another version of the program wrote it. */
    static String describe(String label) {
        return Stream.concat(
                        Arrays.stream(LineFault.values()).map(OfLine::new),
                        Arrays.stream(NameFault.values()).map(OfName::new))
                .filter(rejection -> rejection.label().equals(label))
                .findFirst()
                .map(LineRejection::description)
                .orElse(label);
    }
}
