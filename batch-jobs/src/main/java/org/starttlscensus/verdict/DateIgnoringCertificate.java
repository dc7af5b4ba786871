package org.starttlscensus.verdict;

import java.math.BigInteger;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.security.NoSuchProviderException;
import java.security.Principal;
import java.security.PublicKey;
import java.security.SignatureException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Date;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A certificate that is valid at any time, and otherwise the one it stands for. With it the JDK judges a path for all but
 * its dates, which may not even overlap; the dates are judged apart, because an expired certificate of an unknown root
 * is both. Nor is the signature computed again that the search for the path has verified.
 */
@SuppressWarnings("deprecation") // getIssuerDN and getSubjectDN are abstract still
final class DateIgnoringCertificate extends X509Certificate {

    private static final long serialVersionUID = 1;

    private final X509Certificate it;
    private final transient PublicKey signer;

    /** @param signer the key by which the search has verified it */
    DateIgnoringCertificate(X509Certificate it, PublicKey signer) {
        this.it = it;
        this.signer = signer;
    }

    @Override
    public void checkValidity() {}

    @Override
    public void checkValidity(Date date) {}

    @Override
    public int getVersion() {
        return it.getVersion();
    }

    @Override
    public BigInteger getSerialNumber() {
        return it.getSerialNumber();
    }

    @Override
    public Principal getIssuerDN() {
        return it.getIssuerDN();
    }

    @Override
    public Principal getSubjectDN() {
        return it.getSubjectDN();
    }

    @Override
    public Date getNotBefore() {
        return it.getNotBefore();
    }

    @Override
    public Date getNotAfter() {
        return it.getNotAfter();
    }

    @Override
    public byte[] getTBSCertificate() throws CertificateEncodingException {
        return it.getTBSCertificate();
    }

    @Override
    public byte[] getSignature() {
        return it.getSignature();
    }

    @Override
    public String getSigAlgName() {
        return it.getSigAlgName();
    }

    @Override
    public String getSigAlgOID() {
        return it.getSigAlgOID();
    }

    @Override
    public byte @Nullable [] getSigAlgParams() {
        return it.getSigAlgParams();
    }

    @Override
    public boolean @Nullable [] getIssuerUniqueID() {
        return it.getIssuerUniqueID();
    }

    @Override
    public boolean @Nullable [] getSubjectUniqueID() {
        return it.getSubjectUniqueID();
    }

    @Override
    public boolean @Nullable [] getKeyUsage() {
        return it.getKeyUsage();
    }

    @Override
    public int getBasicConstraints() {
        return it.getBasicConstraints();
    }

    @Override
    public byte[] getEncoded() throws CertificateEncodingException {
        return it.getEncoded();
    }

    @Override
    public void verify(PublicKey key)
            throws CertificateException, NoSuchAlgorithmException, InvalidKeyException, NoSuchProviderException,
                    SignatureException {
        if (!key.equals(signer)) it.verify(key);
    }

    @Override
    public void verify(PublicKey key, String provider)
            throws CertificateException, NoSuchAlgorithmException, InvalidKeyException, NoSuchProviderException,
                    SignatureException {
        if (!key.equals(signer)) it.verify(key, provider);
    }

    @Override
    public PublicKey getPublicKey() {
        return it.getPublicKey();
    }

    @Override
    public boolean hasUnsupportedCriticalExtension() {
        return it.hasUnsupportedCriticalExtension();
    }

    @Override
    public @Nullable Set<String> getCriticalExtensionOIDs() {
        return it.getCriticalExtensionOIDs();
    }

    @Override
    public @Nullable Set<String> getNonCriticalExtensionOIDs() {
        return it.getNonCriticalExtensionOIDs();
    }

    @Override
    public byte @Nullable [] getExtensionValue(String oid) {
        return it.getExtensionValue(oid);
    }

    @Override
    public String toString() {
        return it.toString();
    }
}
