package org.starttlscensus.policy;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.starttlscensus.fact.Hostname;
import org.starttlscensus.policy.StarttlsPolicyList.ListedPolicy;

/** Whether a domain keeps what the policy list of STARTTLS Everywhere says of it. */
public enum ListedPolicyStatus {
    /** Each mail server is on the list, and has TLS 1.2 or newer with a valid certificate for a listed name. */
    HOLDS,
    /** The domain has no mail server. */
    NO_MAIL,
    /** A mail server is not on the list. */
    SERVER_NOT_LISTED,
    /** A mail server offers no STARTTLS, or no TLS 1.2. */
    NO_MODERN_TLS,
    /** The certificate of a mail server is not valid, or is for none of the listed names. */
    CERTIFICATE_INVALID,
    /** A mail server did not show enough. */
    UNKNOWN;

    /**
     * What is known of one mail server of the domain.
     *
     * @param modernTls   whether it offers STARTTLS with TLS 1.2 or newer; empty if unknown
     * @param certificate whether its certificate is valid and for a listed name, by public CAs; empty if unknown
     */
    public record ListedServer(Hostname host, Optional<Boolean> modernTls, Optional<Boolean> certificate) {}

    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What is certainly broken comes before what is unknown. */
    public static ListedPolicyStatus of(ListedPolicy policy, List<ListedServer> servers) {
        if (servers.isEmpty()) return NO_MAIL;
        if (servers.stream()
                .anyMatch(server -> policy.patterns().stream().noneMatch(pattern -> pattern.covers(server.host)))) {
            return SERVER_NOT_LISTED;
        }
        if (servers.stream().anyMatch(server -> isNo(server.modernTls))) return NO_MODERN_TLS;
        if (servers.stream().anyMatch(server -> isNo(server.certificate))) return CERTIFICATE_INVALID;
        return servers.stream().allMatch(server -> server.modernTls.isPresent() && server.certificate.isPresent())
                ? HOLDS
                : UNKNOWN;
    }

    private static boolean isNo(Optional<Boolean> known) {
        return known.filter(yes -> !yes).isPresent();
    }
}
