package org.starttlscensus.cli;

/** How the operator calls this program, so that a command that is shown can be copied. */
final class CommandName {

    private CommandName() {}

    /** The launcher tells it; a path that a shell would split is not repeated. */
    static String typed() {
        var told = System.getProperty("census.command", "");
        return told.matches("[\\p{Alnum}./_+@-]+") ? told : "census";
    }
}
