package org.starttlscensus.identity;

import org.starttlscensus.fact.Address;
import org.starttlscensus.fact.Hostname;

/** An address of ours from which calls come, and the name that it gives in EHLO and has in the DNS. */
public record CallingSource(Address address, Hostname name) {}
