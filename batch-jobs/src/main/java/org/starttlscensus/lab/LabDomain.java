package org.starttlscensus.lab;

import java.util.List;
import org.starttlscensus.fact.MailDomain;
import org.starttlscensus.fact.MailExchange;
import org.starttlscensus.fact.Route;

/**
 * A domain of the lab and what a census must find out about it.
 *
 * @param domain    the name in the DNS
 * @param spelling  the name in the lists: internationalised names in their own script
 * @param route     what a lookup must find
 * @param exchanges the mail servers' names, in order of preference; for an implicit MX the domain itself
 */
public record LabDomain(MailDomain domain, String spelling, Route route, List<MailExchange> exchanges) {

    public LabDomain {
        exchanges = exchanges.stream().sorted().toList();
    }
}
