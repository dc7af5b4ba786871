package org.starttlscensus.dane;

import static java.util.Comparator.comparing;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.starttlscensus.fact.Hostname;
import org.starttlscensus.fact.Octets;
import org.starttlscensus.tls.CertificateReader;
import org.starttlscensus.verdict.AnchorSearch;
import org.starttlscensus.verdict.AnchoredPath;
import org.starttlscensus.verdict.ChainStatus;
import org.starttlscensus.verdict.NameJudge;
import org.starttlscensus.verdict.NameMatch;
import org.starttlscensus.verdict.SubjectKeyInfo;

/**
 * Judges the certificates that a mail server sent against its TLSA records.
 *
 * <p>Usage 3 compares the server's own certificate or key, and ignores names and dates. Usage 2 needs a valid path to
 * an issuer that the record names, and one of the reference names in the certificate. An issuer counts only if the
 * server sent its certificate, or if the record holds all of its certificate or key: nothing is taken from any store.
 *
 * <p>The chain is untrusted input, and so are the records: work is bounded as in {@code verdict}. Thread-safe.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7671#section-5">RFC 7671, section 5: the usages</a>
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7672#section-3.1">RFC 7672, section 3.1: the usages for SMTP</a>
 */
public final class DaneJudge {

    private final UsableRecords usable;
    private final List<Octets> chain;
    private final List<Hostname> names;
    private final Instant at;
    private final List<DaneFinding> findings;

    private DaneJudge(UsableRecords usable, List<Octets> chain, List<Hostname> names, Instant at) {
        this.usable = usable;
        this.chain = chain;
        this.names = names;
        this.at = at;
        this.findings = new ArrayList<>(usable.findings());
    }

    /**
     * The verdict, as if DNSSEC protected the records.
     *
     * @param chain DER as sent, the server's own certificate first
     * @param names the reference names for usage 2: the base name of the records, the mail domain
     * @param at    the time of the call
     */
    public static DaneVerdict judge(List<TlsaRecord> records, List<Octets> chain, List<Hostname> names, Instant at) {
        if (records.isEmpty()) {
            return DaneVerdict.unmatched(DaneStatus.NONE, List.of(DaneFinding.of(DaneReason.NO_RECORDS)));
        }
        var usable = UsableRecords.of(records);
        if (usable.isEmpty()) return DaneVerdict.unmatched(DaneStatus.UNUSABLE, usable.findings());
        return new DaneJudge(usable, List.copyOf(chain), names, at).judge();
    }

    private DaneVerdict judge() {
        if (chain.isEmpty()) return fail(DaneFinding.of(DaneReason.NO_CERTIFICATE));
        var own = usable.matching(TlsaRecord.END_ENTITY, chain.getFirst());
        if (own.isPresent()) return matched(DaneStatus.PASS, 0, own.get(), DaneReason.SERVER_CERTIFICATE_MATCHES);
        if (usable.ofUsage(TlsaRecord.TRUST_ANCHOR).findAny().isEmpty()) {
            return fail(DaneFinding.of(DaneReason.NOTHING_MATCHES));
        }
        return byAnchor();
    }

    private DaneVerdict byAnchor() {
        var anchors = new ArrayList<Octets>();
        chain.stream()
                .distinct()
                .filter(each -> !each.equals(chain.getFirst()))
                .filter(each -> usable.matching(TlsaRecord.TRUST_ANCHOR, each).isPresent())
                .forEach(anchors::add);
        var isSent = !anchors.isEmpty();
        anchors.addAll(whole(TlsaRecord.CERTIFICATE));
        var found = AnchorSearch.of(chain, anchors, unsentKeys(anchors));
        found.problems().forEach(problem -> findings.add(DaneFinding.of(DaneReason.SEARCH_CUT_SHORT, problem)));
        return found.paths().stream()
                .min(comparing((AnchoredPath path) -> path.at(at) != ChainStatus.TRUSTED)
                        .thenComparingInt(AnchoredPath::depth))
                .map(path -> along(path, found.isCutShort()))
                .orElseGet(() -> unmatched(
                        unlessCutShort(found.isCutShort()),
                        DaneFinding.of(isSent ? DaneReason.NO_PATH : DaneReason.NOTHING_MATCHES)));
    }

    /** The data of the records that hold a whole certificate or key of an issuer. */
    private List<Octets> whole(int selector) {
        return usable.ofUsage(TlsaRecord.TRUST_ANCHOR)
                .filter(record -> record.selector() == selector && record.matchingType() == TlsaRecord.FULL)
                .map(TlsaRecord::data)
                .toList();
    }

    /**
     * A bare key counts only where no certificate with that key was sent.
     *
     * @see <a href="https://www.rfc-editor.org/rfc/rfc7671#section-5.2.3">RFC 7671, section 5.2.3: trust anchor public
     *     keys</a>
     */
    private List<Octets> unsentKeys(List<Octets> anchors) {
        var sent = anchors.stream()
                .flatMap(each -> SubjectKeyInfo.of(each).stream())
                .toList();
        return whole(TlsaRecord.KEY).stream().filter(key -> !sent.contains(key)).toList();
    }

    /** A limit of ours says nothing about the server: a mail sender may find the path that we did not look for. */
    private static DaneStatus unlessCutShort(boolean isCutShort) {
        return isCutShort ? DaneStatus.ERROR : DaneStatus.FAIL;
    }

    private DaneVerdict along(AnchoredPath path, boolean isCutShort) {
        var byCertificate = usable.matching(TlsaRecord.TRUST_ANCHOR, path.anchor());
        var record = byCertificate.or(() -> keyRecord(path.anchor())).orElseThrow();
        var reason = byCertificate.isPresent() ? DaneReason.ANCHOR_MATCHES : DaneReason.KEY_SIGNED;
        var status = path.at(at);
        if (status != ChainStatus.TRUSTED) {
            findings.add(DaneFinding.of(DaneReason.PATH_FLAWED, status.label()));
            path.reasons().forEach(words -> findings.add(DaneFinding.of(DaneReason.PATH_FLAWED, words)));
            return matched(unlessCutShort(isCutShort), path.depth(), record, reason);
        }
        return matched(named() ? DaneStatus.PASS : DaneStatus.FAIL, path.depth(), record, reason);
    }

    private Optional<TlsaRecord> keyRecord(Octets key) {
        return usable.ofUsage(TlsaRecord.TRUST_ANCHOR)
                .filter(record ->
                        record.selector() == TlsaRecord.KEY && record.data().equals(key))
                .findFirst();
    }

    /**
     * Whether the server's certificate is for one of the reference names.
     *
     * @see <a href="https://www.rfc-editor.org/rfc/rfc7672#section-3.2.3">RFC 7672, section 3.2.3: reference identifier
     *     matching</a>
     */
    private boolean named() {
        var leaf = CertificateReader.read(chain.getFirst());
        var matches = names.stream()
                .flatMap(name -> NameJudge.of(leaf, name).stream())
                .toList();
        if (matches.contains(NameMatch.MATCH)) return true;
        var byCommonName = matches.contains(NameMatch.CN_ONLY);
        findings.add(DaneFinding.of(byCommonName ? DaneReason.COMMON_NAME_ONLY : DaneReason.NAME_MISMATCH));
        return byCommonName;
    }

    private DaneVerdict matched(DaneStatus status, int depth, TlsaRecord record, DaneReason reason) {
        findings.addFirst(DaneFinding.of(reason, record));
        return new DaneVerdict(status, Optional.of(depth), Optional.of(record), findings);
    }

    private DaneVerdict fail(DaneFinding why) {
        return unmatched(DaneStatus.FAIL, why);
    }

    private DaneVerdict unmatched(DaneStatus status, DaneFinding why) {
        findings.addFirst(why);
        return DaneVerdict.unmatched(status, findings);
    }
}
