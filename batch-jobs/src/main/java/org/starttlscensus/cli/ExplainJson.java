package org.starttlscensus.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.starttlscensus.fact.Certificate;
import org.starttlscensus.fact.HandshakeMessage;
import org.starttlscensus.fact.HostAddresses;
import org.starttlscensus.fact.Observation;
import org.starttlscensus.fact.Octets;
import org.starttlscensus.fact.SmtpReply;
import org.starttlscensus.fact.TlsTraits;
import org.starttlscensus.store.ExplainedDomain;
import org.starttlscensus.store.ExplainedHost;
import org.starttlscensus.store.ExplainedServer;
import org.starttlscensus.verdict.ChainJudge;

/** An explanation as a program reads it: the same facts, in the labels of the contract; null is unknown or not there. */
final class ExplainJson {

    private static final int MOST_OF_A_REPLY = 1_000;
    private static final int MOST_NAMES = 100;

    private final Optional<ChainJudge> chains;

    ExplainJson(Optional<ChainJudge> chains) {
        this.chains = chains;
    }

    Map<String, @Nullable Object> of(ExplainedDomain domain) {
        var map = new LinkedHashMap<String, @Nullable Object>();
        map.put("domain", domain.domain().ascii());
        map.put("lists", domain.listings().stream().map(listing -> object("list_id", listing.listId(), "rank", listing.rank())).toList());
        map.put("route", plain(domain.route().map(found -> found.route().label())));
        map.put("route_since", plain(domain.route().flatMap(ExplainedDomain.FoundRoute::since).map(Object::toString)));
        map.put("mx_hosts", plain(domain.route().map(ExplainedDomain.FoundRoute::seen)));
        map.put("hosts", domain.hosts().stream().map(this::of).toList());
        map.put("verdict", plain(domain.explainedDomainVerdict().map(explainedDomainVerdict -> object("starttls_any", explainedDomainVerdict.any(), "starttls_primary", explainedDomainVerdict.primary(),
                "starttls_all_reachable", explainedDomainVerdict.allReachable(), "measured", explainedDomainVerdict.measured(), "truncated", explainedDomainVerdict.truncated(),
                "mixed_provider", explainedDomainVerdict.mixedProvider(), "observed_at", explainedDomainVerdict.observedAt().map(Object::toString),
                "method_version", explainedDomainVerdict.methodVersion()))));
        return map;
    }

    Map<String, @Nullable Object> of(ExplainedHost host) {
        return object("mx_host", host.host().ascii(), "preference", host.preference(), "status", host.status().map(HostAddresses.Status::label),
                "since", host.since().map(Object::toString), "aliases", host.aliases(),
                "addresses", host.addresses().stream().map(Object::toString).toList(), "servers", host.servers().stream().map(this::of).toList());
    }

    private Map<String, @Nullable Object> of(ExplainedServer server) {
        return object("ip", server.endpoint().address().toString(),
                "provider", server.plan().map(ExplainedServer.Plan::provider),
                "planned", server.plan().map(plan -> plan.notAttempted().isEmpty()).orElse(false),
                "not_attempted", server.plan().flatMap(ExplainedServer.Plan::notAttempted),
                "inherits_from", server.plan().flatMap(ExplainedServer.Plan::donor),
                "attempts", server.explainedCalls().stream().map(this::of).toList(),
                "verdict", server.explainedServerVerdict().map(explainedServerVerdict -> object("outcome", explainedServerVerdict.outcome(), "starttls", explainedServerVerdict.starttls(),
                        "usable", explainedServerVerdict.usable(), "reply_code", explainedServerVerdict.replyCode(), "enhanced_code", explainedServerVerdict.enhancedCode(),
                        "chain", explainedServerVerdict.chain(), "weak", explainedServerVerdict.weak(), "name", explainedServerVerdict.name(), "revoked", explainedServerVerdict.revoked(), "detail", explainedServerVerdict.detail(),
                        "flags", explainedServerVerdict.flags(), "method_version", explainedServerVerdict.methodVersion())));
    }

    Map<String, @Nullable Object> of(ExplainedServer.ExplainedCall explainedCall) {
        var map = object("attempt", explainedCall.attempt(), "patient", explainedCall.patient(), "retry_at", explainedCall.retryAt().map(Object::toString), "permit", explainedCall.permitId(), "signal", explainedCall.signal(),
                "question", explainedCall.probeKind().label(), "old_version_showed", explainedCall.oldVersion());
        explainedCall.observation().map(seen -> JudgedCall.of(seen, chains)).ifPresent(judged -> map.putAll(of(judged)));
        return map;
    }

    private static Map<String, @Nullable Object> of(JudgedCall judged) {
        var seen = judged.seen();
        return object("started_at", seen.startedAt().toString(), "source", seen.source().map(Object::toString), "ehlo_name", seen.ehloName(),
                "millis", millis(seen), "phase", seen.phase().label(), "ending", seen.ending().label(),
                "banner", text(seen.banner()), "ehlo", text(seen.ehlo()), "helo", text(seen.helo()), "starttls", text(seen.starttls()),
                "after_tls", text(seen.afterTls()), "excerpt", seen.excerpt().first(MOST_OF_A_REPLY).latin1(), "detail", seen.detail(),
                "class", judged.reply().replyClass().label(), "rule", judged.reply().ruleId(),
                "outcome", judged.alone().outcome().label(),
                "tls_version", seen.tls().map(tls -> tls.version().label()), "cipher_suite", seen.tls().map(tls -> tls.cipherSuite()),
                "key_exchange_group", seen.tls().flatMap(tls -> tls.keyExchangeGroup()),
                "signature_scheme", seen.tls().flatMap(tls -> tls.signatureScheme()),
                "offer_id", seen.tls().map(tls -> tls.offerId()).or(() -> seen.tlsFailure().flatMap(failure -> failure.offerId())),
                "traits", seen.tls().map(tls -> of(tls.traits())),
                "broke_after", seen.tlsFailure().flatMap(failure -> failure.after()).map(HandshakeMessage::label),
                "tls_failure", seen.tlsFailure().map(failure -> failure.detail().label()),
                "certificate", judged.leaf().map(ExplainJson::of),
                "chain", judged.chain().map(chain -> chain.status().label()),
                "chain_reasons", judged.chain().map(chain -> chain.reasons()), "name", judged.name().map(name -> name.label()));
    }

    private static Map<String, @Nullable Object> of(TlsTraits traits) {
        return object("extended_master_secret", traits.extendedMasterSecret(), "secure_renegotiation", traits.secureRenegotiation(),
                "session_ticket", traits.sessionTicket(), "hello_retry_requested", traits.helloRetryRequested(),
                "stapled_ocsp", traits.stapledOcsp().map(Octets::hex), "timestamps", traits.timestamps().map(Octets::hex));
    }

    private static Map<String, @Nullable Object> of(Certificate leaf) {
        return object("sha256", leaf.sha256().hex(), "subject", leaf.subject(), "issuer", leaf.issuer(),
                "not_before", leaf.notBefore().map(Object::toString), "not_after", leaf.notAfter().map(Object::toString),
                "dns_names", leaf.dnsNames().stream().limit(MOST_NAMES).toList(), "dns_names_count", leaf.dnsNames().size());
    }

    private static Map<String, @Nullable Object> millis(Observation seen) {
        var map = new LinkedHashMap<String, @Nullable Object>();
        seen.took().entrySet().stream().sorted(Map.Entry.comparingByKey())
                .forEach(took -> map.put(took.getKey().label(), TimeUnit.MICROSECONDS.convert(took.getValue()) / 1e3));
        return map;
    }

    /** One character per octet. */
    private static Optional<String> text(Optional<SmtpReply> reply) {
        return reply.map(some -> some.raw().first(MOST_OF_A_REPLY).latin1());
    }

    /** Keys and values in turn. */
    private static Map<String, @Nullable Object> object(Object... pairs) {
        var map = new LinkedHashMap<String, @Nullable Object>();
        for (int i = 0; i < pairs.length; i += 2) map.put((String) pairs[i], plain(pairs[i + 1]));
        return map;
    }

    /** JSON knows null, and the house does not. */
    private static @Nullable Object plain(Object value) {
        return value instanceof Optional<?> some ? some.orElse(null) : value;
    }
}
