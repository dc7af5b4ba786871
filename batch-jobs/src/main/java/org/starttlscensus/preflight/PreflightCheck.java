package org.starttlscensus.preflight;

import java.util.Locale;

/** What is looked at before the first call, in the order in which it is told. */
public enum PreflightCheck {
    JAVA("Java", "the program is tried with Java 25 only"),
    DATABASE("database", "without its ledger nobody is called"),
    CLOCK("clock", "nights, certificates and the spacing after a crash are counted by the database's clock"),
    DISK("disk", "a night that fills the disk stops in the middle"),
    OPEN_FILES("open files", "each call and each question to the DNS takes a socket"),
    LISTS("lists", "an old list asks about domains that are gone"),
    TRUST_STORE("trust store", "roots that are too old give wrong verdicts without a sign"),
    WINDOW("window", "calls come at night, at hours that were announced"),
    OPT_OUTS("opt-outs", "whoever opted out must not be called"),
    RESOLVER("resolver", "an answer that nobody has validated may be anybody's"),
    SOURCE("source address", "calls come from an address that its operator chose and announced"),
    SOURCE_NAME(
            "name of the source",
            "mail servers refuse a caller whose name and address do not belong together, or who looks like a dial-up "
                    + "line"),
    IPV6("IPv6", "servers that have IPv6 are asked over it"),
    PORT_25("outgoing port 25", "behind a blocked port every server looks unreachable"),
    OWN_PORT_25("own port 25", "some lists of senders name every caller that has no mail server itself"),
    PROBING("probing.txt", "whoever finds us in a log looks up our name first"),
    PAGE("page", "whoever finds us in a log must learn who we are, and how to opt out");

    private final String words;
    private final String why;

    PreflightCheck(String words, String why) {
        this.words = words;
        this.why = why;
    }

    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    public String words() {
        return words;
    }

    /** Why it matters, to be read after "because". */
    public String why() {
        return why;
    }
}
