package org.starttlscensus.dane;

import static java.util.Comparator.comparing;
import static java.util.Comparator.reverseOrder;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.starttlscensus.fact.Octets;
import org.starttlscensus.verdict.SubjectKeyInfo;

/**
 * The records that take part, in the order in which they are tried: usage 3 first, then keys before certificates, then
 * the stronger digest.
 *
 * <p>Of the digests of one usage and selector only the strongest is believed, so that a broken algorithm can be
 * replaced. Whole certificates and keys always count.
 *
 * @param findings why the others do not take part
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7671#section-9">RFC 7671, section 9: digest algorithm agility</a>
 */
record UsableRecords(List<TlsaRecord> records, List<DaneFinding> findings) {

    UsableRecords {
        records = List.copyOf(records);
        findings = List.copyOf(findings);
    }

    static UsableRecords of(List<TlsaRecord> given) {
        var findings = new ArrayList<DaneFinding>();
        var usable = given.stream()
                .distinct()
                .filter(record -> isUsable(record, findings))
                .toList();
        var withSha512 = usable.stream()
                .filter(record -> record.matchingType() == TlsaRecord.SHA_512)
                .map(UsableRecords::subject)
                .collect(Collectors.toSet());
        var records = usable.stream()
                .filter(record -> isStrongest(record, withSha512, findings))
                .sorted(comparing(TlsaRecord::usage, reverseOrder())
                        .thenComparing(TlsaRecord::selector, reverseOrder())
                        .thenComparing(TlsaRecord::matchingType, reverseOrder()))
                .toList();
        return new UsableRecords(records, findings);
    }

    private static boolean isUsable(TlsaRecord record, List<DaneFinding> findings) {
        var why = record.unusable();
        why.ifPresent(reason -> findings.add(DaneFinding.of(reason, record)));
        return why.isEmpty();
    }

    private static boolean isStrongest(TlsaRecord record, Set<String> withSha512, List<DaneFinding> findings) {
        var isWeaker = record.matchingType() == TlsaRecord.SHA_256 && withSha512.contains(subject(record));
        if (isWeaker) findings.add(DaneFinding.of(DaneReason.WEAKER_DIGEST, record));
        return !isWeaker;
    }

    private static String subject(TlsaRecord record) {
        return record.usage() + " " + record.selector();
    }

    boolean isEmpty() {
        return records.isEmpty();
    }

    Stream<TlsaRecord> ofUsage(int usage) {
        return records.stream().filter(record -> record.usage() == usage);
    }

    /** The first record of a usage that matches a certificate. */
    Optional<TlsaRecord> matching(int usage, Octets certificate) {
        var subject = new TlsaSubject(certificate);
        return ofUsage(usage).filter(subject::matches).findFirst();
    }

    /** What records are compared with; each digest is computed once, however many records there are. */
    private static final class TlsaSubject {

        private final List<Octets> certificate;
        private final List<Octets> key;

        TlsaSubject(Octets der) {
            this.certificate = forms(der);
            this.key = SubjectKeyInfo.of(der).map(TlsaSubject::forms).orElse(List.of());
        }

        /** In the order of matching types. */
        private static List<Octets> forms(Octets whole) {
            return List.of(whole, whole.sha256(), sha512(whole));
        }

        boolean matches(TlsaRecord record) {
            var forms = record.selector() == TlsaRecord.KEY ? key : certificate;
            return !forms.isEmpty() && forms.get(record.matchingType()).equals(record.data());
        }
    }

    private static Octets sha512(Octets whole) {
        try {
            return Octets.of(MessageDigest.getInstance("SHA-512").digest(whole.toArray()));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("this Java platform has no SHA-512", impossible);
        }
    }
}
