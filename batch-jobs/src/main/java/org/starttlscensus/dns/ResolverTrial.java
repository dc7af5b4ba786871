package org.starttlscensus.dns;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.xbill.DNS.DClass;
import org.xbill.DNS.ExtendedFlags;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/**
 * What one resolver does with signatures. Two names are asked for once each: the root, which is signed and which every
 * resolver knows, and a name whose signatures are wrong on purpose. If that one fails, it is asked for once more
 * without validation, because only then is the failure known to be due to its signatures.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc4035#section-3.2">RFC 4035, section 3.2: recursive name servers</a>
 */
public record ResolverTrial(SignedAnswer signed, BrokenAnswer broken) {

    /** Signed by its owner, and wrong for good, so that everybody can test a resolver with it. */
    public static final String BROKEN_NAME = "dnssec-failed.org";

    /** The answer for a name that is signed. */
    public enum SignedAnswer {
        /** With its signatures, and the resolver says that it has validated them. */
        VALIDATED,
        /** With its signatures, and nobody has validated them. */
        ONLY_SIGNED,
        /** The resolver, or something before it, has removed the signatures. */
        STRIPPED,
        /** No answer, or an error. */
        NONE
    }

    /** The answer for the name whose signatures are wrong. */
    public enum BrokenAnswer {
        /** Refused, as it should be: without validation there is an answer. */
        REJECTED,
        /** Given out as if nothing were wrong. */
        ACCEPTED,
        /** Neither: no answer, or it fails without validation too. */
        NOT_KNOWN
    }

    public static ResolverTrial of(InetSocketAddress resolver, Duration timeout) {
        return new ResolverTrial(signed(resolver, timeout), broken(resolver, timeout));
    }

    private static SignedAnswer signed(InetSocketAddress resolver, Duration timeout) {
        try {
            var answer = ask(resolver, Name.root, Type.SOA, false, timeout);
            if (answer.getRcode() != Rcode.NOERROR || !has(answer, Type.SOA)) return SignedAnswer.NONE;
            if (!has(answer, Type.RRSIG)) return SignedAnswer.STRIPPED;
            return answer.getHeader().getFlag(Flags.AD) ? SignedAnswer.VALIDATED : SignedAnswer.ONLY_SIGNED;
        } catch (IOException noAnswer) {
            return SignedAnswer.NONE;
        }
    }

    private static BrokenAnswer broken(InetSocketAddress resolver, Duration timeout) {
        var name = Name.fromConstantString(BROKEN_NAME + ".");
        try {
            var answer = ask(resolver, name, Type.A, false, timeout);
            if (answer.getRcode() == Rcode.NOERROR && has(answer, Type.A)) return BrokenAnswer.ACCEPTED;
            if (answer.getRcode() != Rcode.SERVFAIL) return BrokenAnswer.NOT_KNOWN;
            if (DnssecErrors.in(answer)) return BrokenAnswer.REJECTED;
            var unchecked = ask(resolver, name, Type.A, true, timeout);
            return unchecked.getRcode() == Rcode.NOERROR && has(unchecked, Type.A)
                    ? BrokenAnswer.REJECTED
                    : BrokenAnswer.NOT_KNOWN;
        } catch (IOException noAnswer) {
            return BrokenAnswer.NOT_KNOWN;
        }
    }

    private static Message ask(
            InetSocketAddress resolver, Name name, int type, boolean checkingDisabled, Duration timeout)
            throws IOException {
        var query = Message.newQuery(Record.newRecord(name, type, DClass.IN));
        query.addRecord(new OPTRecord(Resolvers.UDP_OCTETS, 0, 0, ExtendedFlags.DO), Section.ADDITIONAL);
        if (checkingDisabled) query.getHeader().setFlag(Flags.CD);
        var octets = query.toWire();
        var answer = read(BlockingSockets.overUdp(resolver, octets, timeout));
        return answer.getHeader().getFlag(Flags.TC) ? read(BlockingSockets.overTcp(resolver, octets, timeout)) : answer;
    }

    /** dnsjava's parser throws more than it declares for octets that are no message. */
    private static Message read(byte[] octets) throws IOException {
        try {
            return new Message(octets);
        } catch (RuntimeException unreadable) {
            throw new IOException("an answer that cannot be read", unreadable);
        }
    }

    private static boolean has(Message answer, int type) {
        return answer.getSection(Section.ANSWER).stream().anyMatch(record -> record.getType() == type);
    }
}
