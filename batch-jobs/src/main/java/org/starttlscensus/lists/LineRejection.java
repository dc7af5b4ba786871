package org.starttlscensus.lists;

import org.starttlscensus.names.NameFault;

/** Why a line names no mail domain. */
public sealed interface LineRejection {

    /** The line was not even looked at for its name. */
    record OfLine(LineFault fault) implements LineRejection {

        @Override
        public String label() {
            return fault.label();
        }

        @Override
        public String words() {
            return fault.words();
        }
    }

    /** Its name is none that mail can go to. */
    record OfName(NameFault fault) implements LineRejection {

        @Override
        public String label() {
            return fault.label();
        }

        @Override
        public String words() {
            return fault.words();
        }
    }

    /** The word in the database. */
    String label();

    /** What was found, for people. */
    String words();
}
