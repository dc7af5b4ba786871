package org.starttlscensus.tls;

import java.io.IOException;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.crypto.Digest;
import org.bouncycastle.tls.DigitallySigned;
import org.bouncycastle.tls.MACAlgorithm;
import org.bouncycastle.tls.NamedGroup;
import org.bouncycastle.tls.SignatureScheme;
import org.bouncycastle.tls.TlsDHUtils;
import org.bouncycastle.tls.crypto.CryptoHashAlgorithm;
import org.bouncycastle.tls.crypto.DHGroup;
import org.bouncycastle.tls.crypto.TlsAgreement;
import org.bouncycastle.tls.crypto.TlsCertificate;
import org.bouncycastle.tls.crypto.TlsCipher;
import org.bouncycastle.tls.crypto.TlsCryptoParameters;
import org.bouncycastle.tls.crypto.TlsDHConfig;
import org.bouncycastle.tls.crypto.TlsDHDomain;
import org.bouncycastle.tls.crypto.TlsECConfig;
import org.bouncycastle.tls.crypto.TlsECDomain;
import org.bouncycastle.tls.crypto.TlsStreamVerifier;
import org.bouncycastle.tls.crypto.TlsVerifier;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCrypto;
import org.bouncycastle.tls.crypto.impl.bc.BcX25519;
import org.jspecify.annotations.Nullable;
import org.starttlscensus.fact.Octets;
import org.starttlscensus.fact.TlsFailure.Detail;

/** Bouncy Castle's primitives for one connection. Records the certificates, groups and schemes that are used. */
final class CapturingCrypto extends BcTlsCrypto {

    /** Enough for a key that protects no secret: a full-length exponent in a 10,000-bit group would take seconds. */
    private static final int EXPONENT_BITS = 256;

    private final ConnectionGuard guard;
    private final List<Octets> chain = new ArrayList<>();
    private boolean wholeChain;
    private @Nullable CapturedCertificate ownCertificate;
    private Optional<String> group = Optional.empty();
    private Optional<String> scheme = Optional.empty();
    private Optional<Integer> rc4Suite = Optional.empty();
    private final TlsAgreement x25519 = new SharedKey(new BcX25519(this));

    CapturingCrypto(SecureRandom random, ConnectionGuard guard) {
        super(random);
        this.guard = guard;
    }

    /** The certificates as sent, byte for byte: all of them, or none as long as their message is not read whole. */
    List<Octets> chain() {
        return wholeChain ? List.copyOf(chain) : List.of();
    }

    /** Called when the server's Certificate message has been read to its end. */
    void endOfChain() {
        wholeChain = true;
    }

    /** The group prepared last. Before TLS 1.3 that is the server's choice. */
    Optional<String> group() {
        return group;
    }

    Optional<String> scheme() {
        return scheme;
    }

    /**
     * Returns the server's own certificate, the first, for every certificate: a handshake uses no other. The others are
     * kept and not parsed.
     */
    @Override
    public TlsCertificate createCertificate(short type, byte[] encoding) throws IOException {
        chain.add(Octets.of(encoding));
        guard.checkCertificates(chain.size());
        if (ownCertificate == null) ownCertificate = CapturedCertificate.of(this, encoding);
        return ownCertificate;
    }

    /** Called when the version is below TLS 1.3: the groups prepared for key shares were not used. */
    void forgetShares() {
        group = Optional.empty();
    }

    /** Called with the curve that the server names, before TLS 1.3. */
    void chose(int namedGroup) {
        group = Optional.of(IanaNames.GROUPS.name(namedGroup));
    }

    @Override
    public TlsECDomain createECDomain(TlsECConfig config) {
        group = Optional.of(IanaNames.GROUPS.name(config.getNamedGroup()));
        return config.getNamedGroup() == NamedGroup.x25519 ? () -> x25519 : super.createECDomain(config);
    }

    @Override
    public Digest createDigest(int hash) {
        return switch (hash) {
            case CryptoHashAlgorithm.sha256 -> PlatformDigest.of("SHA-256", 64);
            case CryptoHashAlgorithm.sha384 -> PlatformDigest.of("SHA-384", 128);
            default -> super.createDigest(hash);
        };
    }

    @Override
    public Digest cloneDigest(int hash, Digest digest) {
        return digest instanceof PlatformDigest ours ? ours.copy() : super.cloneDigest(hash, digest);
    }

    @Override
    public TlsDHDomain createDHDomain(TlsDHConfig config) {
        if (config.getNamedGroup() >= 0) {
            group = Optional.of(IanaNames.GROUPS.name(config.getNamedGroup()));
            return super.createDHDomain(config);
        }
        var explicit = TlsDHUtils.getDHGroup(config);
        group = Optional.of("dh-" + explicit.getP().bitLength());
        return super.createDHDomain(new TlsDHConfig(shortExponent(explicit)));
    }

    private static DHGroup shortExponent(DHGroup group) {
        if (group.getL() > 0 || group.getP().bitLength() <= EXPONENT_BITS) return group;
        return new DHGroup(group.getP(), group.getQ(), group.getG(), EXPONENT_BITS);
    }

    /** Small groups are recorded, not refused. Large ones are recorded too, and refused before we compute in them. */
    boolean acceptable(BigInteger prime) {
        group = Optional.of("dh-" + prime.bitLength());
        try {
            guard.checkGroupBits(prime.bitLength());
            return true;
        } catch (LimitExceededException noted) {
            return false;
        }
    }

    void checkRsaBits(int bits) throws IOException {
        guard.checkRsaBits(bits);
    }

    IOException tooLarge() {
        return guard.refusal(Detail.KEY_TOO_LARGE);
    }

    void recordScheme(int code) {
        scheme = Optional.of(IanaNames.SIGNATURE_SCHEMES.name(code));
    }

    /** The server chose this RC4 suite; the engine has its substitute instead (see {@link Rc4}). */
    void useRc4(int suite) {
        rc4Suite = Optional.of(suite);
    }

    Optional<Integer> rc4Suite() {
        return rc4Suite;
    }

    @Override
    public TlsCipher createCipher(TlsCryptoParameters parameters, int encryption, int mac) throws IOException {
        if (rc4Suite.isEmpty()) return super.createCipher(parameters, encryption, mac);
        int hash = Rc4.usesMd5(rc4Suite.get()) ? MACAlgorithm.hmac_md5 : MACAlgorithm.hmac_sha1;
        return new Rc4(parameters, createHMAC(hash), createHMAC(hash));
    }

    /** Records the scheme, which TLS 1.2 sends with the signature. Earlier versions do not negotiate one. */
    TlsVerifier recordingScheme(TlsVerifier verifier) {
        return new TlsVerifier() {
            @Override
            public TlsStreamVerifier getStreamVerifier(DigitallySigned signed) throws IOException {
                if (signed.getAlgorithm() != null) recordScheme(SignatureScheme.from(signed.getAlgorithm()));
                return verifier.getStreamVerifier(signed);
            }

            @Override
            public boolean verifyRawSignature(DigitallySigned signed, byte[] hash) throws IOException {
                return verifier.verifyRawSignature(signed, hash);
            }
        };
    }
}
