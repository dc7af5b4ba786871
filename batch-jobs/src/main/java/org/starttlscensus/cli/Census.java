package org.starttlscensus.cli;

/** The command {@code census}. */
public final class Census {

    private Census() {}

    public static void main(String[] arguments) {
        throw new UnsupportedOperationException("the first commands are being built");
    }
}
