#!/usr/bin/env bash
# Bouncy Castle spends many times more CPU on reading an RSA public key than on verifying a signature with it.
#
# Seen with: Bouncy Castle 1.84 (bcprov-jdk18on), Temurin 25.0.3.
# Expected:  that reading a public key is parsing and costs next to nothing, and that the verification is the expensive
#            part of what a TLS client does with a server's RSA key.
# Behaviour: PublicKeyFactory and RSAKeyParameters first test that the modulus is not a prime, by Miller-Rabin rounds
#            whose exponents are as long as the modulus. The exponent of a verification has 17 bits. The longer the key,
#            the larger the factor. The result is cached by modulus, so a benchmark with one key does not show it, but a
#            client that meets many servers pays for each of their keys. A constructor of RSAKeyParameters with a flag
#            skips the test.
# Output:    for 3,072-bit keys that were not seen before: how the CPU time of reading a key, and of reading it again,
#            compares with a verification. The mean times of eight keys are on stderr.
#
# Downloads the packages with Maven into a temporary folder (and Maven's own cache). Needs mvn and a JDK 25 (JAVA_HOME
# or /usr/lib/jvm). Exit 0: as described; 1: it has changed; 77: it cannot run here.
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
        <dependency>
            <groupId>org.bouncycastle</groupId><artifactId>bcprov-jdk18on</artifactId><version>1.84</version>
        </dependency>
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
                if (!verifying.verifySignature(signature)) throw new IllegalStateException("refused");
            });
            readAgain += nanoseconds(() -> PublicKeyFactory.createKey(encoded));
        }
        System.err.printf("read %d us, verify %d us, read again %d us%n",
                read / 8_000, verify / 8_000, readAgain / 8_000);
        System.out.println("reading a key costs "
                + (read > 5 * verify ? "more than five times a verification" : "at most five times a verification"));
        System.out.println("reading it again costs "
                + (readAgain < verify ? "less than a verification" : "at least a verification"));
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
reading a key costs more than five times a verification
reading it again costs less than a verification
SEEN
