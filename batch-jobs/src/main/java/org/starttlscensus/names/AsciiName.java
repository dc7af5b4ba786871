package org.starttlscensus.names;

/** The outcome of a conversion to A-labels. */
public sealed interface AsciiName {

    /**
     * @param ascii lower case; labels of 1 to 63 letters, digits and hyphens; at most 253 octets; keeps the final dot
     *              of the input
     */
    record Converted(String ascii) implements AsciiName {}

    record Refused(NameFault reason) implements AsciiName {}
}
