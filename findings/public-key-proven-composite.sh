#!/usr/bin/env bash
# To read an RSA public key costs Bouncy Castle many times as much as to verify a signature with it.
#
# Seen with: Bouncy Castle 1.84 (bcprov-jdk18on), Temurin 25.0.3.
# Expected:  that reading a public key is parsing, which costs next to nothing, and that of all that a TLS client does with
#            a server's RSA certificate the verification costs most.
# Behaviour: whoever makes the key (PublicKeyFactory, RSAKeyParameters) has its modulus tested: that it is not a prime, by
#            rounds of Miller and Rabin with exponents as long as the modulus, whereas a verification has an exponent of 17
#            bits. The longer the key, the larger the factor. The result is remembered, so a benchmark with one key does
#            not show it; a program that meets many servers pays for each of them. RSAKeyParameters takes a flag of a key
#            that was tested before.
# Output:    processor time for keys that were not seen before, of 3,072 bits: to read one, to verify a signature with it, to
#            read it again; and whether they compare as said. Eight keys, after two to warm up.
#
# Downloads the packages with Maven into a temporary folder (and Maven's own cache). Needs mvn and a JDK 25 (JAVA_HOME or
# /usr/lib/jvm). Exit 0: as described; 1: it has changed; 77: it cannot run here.
set -euo pipefail

jdk=
for home in "${JAVA_HOME:-}" /usr/lib/jvm/*; do
    if [ -n "$home" ] && grep -Eqs '^JAVA_VERSION="25["._+-]' "$home/release"; then jdk=$home/bin; break; fi
done
[ -n "$jdk" ] || { echo "no JDK 25: looked at JAVA_HOME and /usr/lib/jvm" >&2; exit 77; }
command -v mvn > /dev/null || { echo "no mvn here" >&2; exit 77; }

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

cat > pom.xml <<'POM'
<project xmlns="http://maven.apache.org/POM/4.0.0">
    <modelVersion>4.0.0</modelVersion>
    <groupId>finding</groupId><artifactId>finding</artifactId><version>1</version>
    <dependencies>
        <dependency><groupId>org.bouncycastle</groupId><artifactId>bcprov-jdk18on</artifactId><version>1.84</version></dependency>
    </dependencies>
</project>
POM
mvn -B -q org.apache.maven.plugins:maven-dependency-plugin:3.7.0:copy-dependencies -DoutputDirectory=lib \
    || { echo "the packages cannot be had" >&2; exit 77; }

cat > Finding.java <<'JAVA'
import java.lang.management.ManagementFactory;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.signers.RSADigestSigner;
import org.bouncycastle.crypto.util.PublicKeyFactory;

public class Finding {

    private interface Work {
        void run() throws Exception;
    }

    public static void main(String[] arguments) throws Exception {
        var text = new byte[100];
        long read = 0;
        long verify = 0;
        long readAgain = 0;
        for (int i = 0; i < 10; i++) {
            if (i == 2) read = verify = readAgain = 0;
            var pair = pair();
            var encoded = pair.getPublic().getEncoded();
            var signing = Signature.getInstance("SHA256withRSA");
            signing.initSign(pair.getPrivate());
            signing.update(text);
            var signature = signing.sign();
            read += nanoseconds(() -> PublicKeyFactory.createKey(encoded));
            var key = PublicKeyFactory.createKey(encoded);
            verify += nanoseconds(() -> {
                var verifying = new RSADigestSigner(new SHA256Digest());
                verifying.init(false, key);
                verifying.update(text, 0, text.length);
                if (!verifying.verifySignature(signature)) throw new IllegalStateException("a good signature was refused");
            });
            readAgain += nanoseconds(() -> PublicKeyFactory.createKey(encoded));
        }
        System.err.printf("read %d us, verify %d us, read again %d us%n", read / 8_000, verify / 8_000, readAgain / 8_000);
        System.out.println("to read a key costs " + (read > 5 * verify ? "more than" : "at most") + " five times a verification");
        System.out.println("to read it again costs " + (readAgain < verify ? "less than" : "at least") + " a verification");
    }

    private static KeyPair pair() throws GeneralSecurityException {
        var generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(3_072);
        return generator.generateKeyPair();
    }

    private static long nanoseconds(Work work) throws Exception {
        var clock = ManagementFactory.getThreadMXBean();
        long before = clock.getCurrentThreadCpuTime();
        work.run();
        return clock.getCurrentThreadCpuTime() - before;
    }
}
JAVA
"$jdk/java" -version 2>&1 | sed -n 2p
timeout 100 "$jdk/java" -cp 'lib/*' Finding.java | tee seen || true

diff seen - <<'SEEN' || { echo "this has changed" >&2; exit 1; }
to read a key costs more than five times a verification
to read it again costs less than a verification
SEEN
