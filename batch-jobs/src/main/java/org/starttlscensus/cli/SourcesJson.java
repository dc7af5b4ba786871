package org.starttlscensus.cli;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.starttlscensus.identity.IdentityPage;
import org.starttlscensus.identity.Operator;

/** {@code sources.json}: for programs, what the page says for people. */
record SourcesJson(
        String operator,
        String contact,
        String page,
        String purpose,
        int port,
        String hours,
        boolean sendsMail,
        OptOutRecordJson optOut,
        List<SourceJson> sources,
        Instant writtenAt) {

    /** The record by which a domain or the name of an address opts out. */
    record OptOutRecordJson(String label, String text) {}

    /** One address that calls. */
    record SourceJson(String address, String ehloName) {}

    static SourcesJson of(Operator operator, Instant now) {
        return new SourcesJson(
                operator.name(),
                operator.contact().toString(),
                operator.page().toString(),
                "a census of STARTTLS at mail servers",
                25,
                operator.hours(),
                false,
                new OptOutRecordJson(IdentityPage.OPT_OUT_LABEL, IdentityPage.OPT_OUT_TEXT),
                operator.sources().stream()
                        .map(source -> new SourceJson(
                                source.address().toString(), source.name().ascii()))
                        .toList(),
                now.truncatedTo(ChronoUnit.SECONDS));
    }
}
