package org.starttlscensus.tls;

import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.bouncycastle.crypto.engines.RC4Engine;
import org.bouncycastle.crypto.params.KeyParameter;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.CipherSuite;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.TlsUtils;
import org.bouncycastle.tls.crypto.TlsCipher;
import org.bouncycastle.tls.crypto.TlsCryptoParameters;
import org.bouncycastle.tls.crypto.TlsDecodeResult;
import org.bouncycastle.tls.crypto.TlsEncodeResult;
import org.bouncycastle.tls.crypto.TlsHMAC;
import org.bouncycastle.tls.crypto.impl.TlsImplUtils;
import org.bouncycastle.tls.crypto.impl.TlsSuiteHMac;

/**
 * The RC4 cipher, which Bouncy Castle's TLS does not have. A server that accepts an RC4 suite of our offer must get an
 * orderly handshake. So the engine is given a substitute suite, with AES-CBC, that differs only in the cipher. When the
 * engine asks for that cipher, it gets this one.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7465">RFC 7465: prohibiting RC4 cipher suites</a>
 */
final class Rc4 implements TlsCipher {

    private static final int KEY_OCTETS = 16;
    private static final Map<Integer, Integer> SUBSTITUTES = Map.of(
            CipherSuite.TLS_RSA_WITH_RC4_128_MD5, CipherSuite.TLS_RSA_WITH_AES_128_CBC_SHA,
            CipherSuite.TLS_RSA_WITH_RC4_128_SHA, CipherSuite.TLS_RSA_WITH_AES_128_CBC_SHA,
            CipherSuite.TLS_ECDHE_ECDSA_WITH_RC4_128_SHA, CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA,
            CipherSuite.TLS_ECDHE_RSA_WITH_RC4_128_SHA, CipherSuite.TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA);

    private final RC4Engine reading = new RC4Engine();
    private final RC4Engine writing = new RC4Engine();
    private final TlsSuiteHMac readMac;
    private final TlsSuiteHMac writeMac;

    /** For a client, whose secrets come first in the key block. */
    Rc4(TlsCryptoParameters parameters, TlsHMAC ours, TlsHMAC theirs) {
        int mac = ours.getMacLength();
        var block = TlsImplUtils.calculateKeyBlock(parameters, 2 * (mac + KEY_OCTETS));
        ours.setKey(block, 0, mac);
        theirs.setKey(block, mac, mac);
        writing.init(true, new KeyParameter(block, 2 * mac, KEY_OCTETS));
        reading.init(false, new KeyParameter(block, 2 * mac + KEY_OCTETS, KEY_OCTETS));
        writeMac = new TlsSuiteHMac(parameters, ours);
        readMac = new TlsSuiteHMac(parameters, theirs);
    }

    /** The suite that differs only in the cipher; empty for a suite without RC4. */
    static Optional<Integer> substitute(int suite) {
        return Optional.ofNullable(SUBSTITUTES.get(suite));
    }

    static boolean usesMd5(int suite) {
        return suite == CipherSuite.TLS_RSA_WITH_RC4_128_MD5;
    }

    @Override
    public int getCiphertextDecodeLimit(int plaintextLimit) {
        return plaintextLimit + readMac.getSize();
    }

    @Override
    public int getCiphertextEncodeLimit(int plaintextLimit) {
        return plaintextLimit + writeMac.getSize();
    }

    @Override
    public int getPlaintextDecodeLimit(int ciphertextLimit) {
        return ciphertextLimit - readMac.getSize();
    }

    @Override
    public int getPlaintextEncodeLimit(int ciphertextLimit) {
        return ciphertextLimit - writeMac.getSize();
    }

    @Override
    public TlsEncodeResult encodePlaintext(
            long sequence, short type, ProtocolVersion version, int header, byte[] text, int offset, int length) {
        var mac = writeMac.calculateMac(sequence, type, TlsUtils.EMPTY_BYTES, text, offset, length);
        var record = new byte[header + length + mac.length];
        writing.processBytes(text, offset, length, record, header);
        writing.processBytes(mac, 0, mac.length, record, header + length);
        return new TlsEncodeResult(record, 0, record.length, type);
    }

    @Override
    public TlsDecodeResult decodeCiphertext(
            long sequence, short type, ProtocolVersion version, byte[] record, int offset, int length)
            throws IOException {
        int text = length - readMac.getSize();
        if (text < 0) throw new TlsFatalAlert(AlertDescription.decode_error);
        reading.processBytes(record, offset, length, record, offset);
        var mac = readMac.calculateMac(sequence, type, TlsUtils.EMPTY_BYTES, record, offset, text);
        if (!Arrays.equals(mac, Arrays.copyOfRange(record, offset + text, offset + length))) {
            throw new TlsFatalAlert(AlertDescription.bad_record_mac);
        }
        return new TlsDecodeResult(record, offset, text, type);
    }

    @Override
    public void rekeyDecoder() throws IOException {
        throw new TlsFatalAlert(AlertDescription.internal_error);
    }

    @Override
    public void rekeyEncoder() throws IOException {
        throw new TlsFatalAlert(AlertDescription.internal_error);
    }

    @Override
    public boolean usesOpaqueRecordTypeDecode() {
        return false;
    }

    @Override
    public boolean usesOpaqueRecordTypeEncode() {
        return false;
    }
}
