package org.starttlscensus.names;

/** The outcome of a conversion to A-labels. */
public sealed interface AsciiName {

    /**
     * @param ascii lower case, of letters, digits and hyphens in labels of 1 to 63 octets, 253 in all; a final dot of the
     *              input is kept
     */
    record Converted(String ascii) implements AsciiName {}

    record Refused(NameFault reason) implements AsciiName {}
}
