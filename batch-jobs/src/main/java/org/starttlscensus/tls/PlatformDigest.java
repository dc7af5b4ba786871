package org.starttlscensus.tls;

import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.bouncycastle.crypto.ExtendedDigest;

/** A digest of the Java platform. It uses instructions of the processor and takes a fifth of the time of Java code. */
final class PlatformDigest implements ExtendedDigest {

    private final MessageDigest digest;
    private final int blockOctets;

    private PlatformDigest(MessageDigest digest, int blockOctets) {
        this.digest = digest;
        this.blockOctets = blockOctets;
    }

    /** @param blockOctets the block size of the digest, which HMAC needs (RFC 2104) */
    static PlatformDigest of(String name, int blockOctets) {
        try {
            return new PlatformDigest(MessageDigest.getInstance(name), blockOctets);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no " + name, e);
        }
    }

    PlatformDigest copy() {
        try {
            return new PlatformDigest((MessageDigest) digest.clone(), blockOctets);
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException(digest.getAlgorithm() + " of this Java cannot be copied", e);
        }
    }

    @Override
    public String getAlgorithmName() {
        return digest.getAlgorithm();
    }

    @Override
    public int getDigestSize() {
        return digest.getDigestLength();
    }

    @Override
    public int getByteLength() {
        return blockOctets;
    }

    @Override
    public void update(byte octet) {
        digest.update(octet);
    }

    @Override
    public void update(byte[] octets, int from, int length) {
        digest.update(octets, from, length);
    }

    @Override
    public int doFinal(byte[] out, int from) {
        try {
            return digest.digest(out, from, out.length - from);
        } catch (DigestException e) {
            throw new IllegalArgumentException(e);
        }
    }

    @Override
    public void reset() {
        digest.reset();
    }
}
