#!/usr/bin/env bash
# A Bouncy Castle client sees a stapled OCSP response in TLS 1.2, but not in TLS 1.3.
#
# Seen with: Bouncy Castle 1.84 (bctls-jdk18on), OpenSSL 3.0.19 as the server, Temurin 25.0.3.
# Expected:  that TlsServerCertificate.getCertificateStatus(), which returns the stapled response in TLS 1.2, returns it
#            in TLS 1.3 as well. The client asks with the same extension in both. Only the place of the response on the
#            wire differs, and hiding that is what the method is for.
# Behaviour: in TLS 1.3 it returns null, although the response has arrived. The response stays in the extensions of the
#            certificate's entry, where the caller has to find and parse it. A program that counts staples by the method
#            reports that servers give up stapling when they move to TLS 1.3.
# Output:    for both versions: what the method returns, and what the certificate's entry holds.
#
# Downloads the packages with Maven into a temporary folder (and Maven's own cache). Everything else is on loopback, and
# ended at the end. Needs mvn, openssl 3 and a JDK 25 (JAVA_HOME or /usr/lib/jvm).
# Exit 0: as described; 1: it has changed; 77: it cannot run here.
set -euo pipefail

java=
for home in "${JAVA_HOME:-}" /usr/lib/jvm/*; do
    if [ -n "$home" ] && grep -Eqs '^JAVA_VERSION="25["._+-]' "$home/release"; then java=$home/bin/java; break; fi
done
[ -n "$java" ] || { echo "no JDK 25: looked at JAVA_HOME and /usr/lib/jvm" >&2; exit 77; }
for tool in mvn openssl; do
    command -v "$tool" > /dev/null || { echo "no $tool here" >&2; exit 77; }
done

folder=$(mktemp -d)
server=
finish() {
    [ -z "$server" ] || kill "$server" 2> /dev/null || true
    rm -rf "$folder"
}
trap finish EXIT
cd "$folder"

cat > pom.xml <<'POM'
<project xmlns="http://maven.apache.org/POM/4.0.0">
    <modelVersion>4.0.0</modelVersion>
    <groupId>finding</groupId><artifactId>finding</artifactId><version>1</version>
    <dependencies>
        <dependency>
            <groupId>org.bouncycastle</groupId><artifactId>bctls-jdk18on</artifactId><version>1.84</version>
        </dependency>
    </dependencies>
</project>
POM
mvn -B -q org.apache.maven.plugins:maven-dependency-plugin:3.7.0:copy-dependencies -DoutputDirectory=lib \
    || { echo "the packages cannot be had" >&2; exit 77; }

cat > Finding.java <<'JAVA'
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Hashtable;
import org.bouncycastle.tls.CertificateRequest;
import org.bouncycastle.tls.CertificateStatus;
import org.bouncycastle.tls.DefaultTlsClient;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.TlsAuthentication;
import org.bouncycastle.tls.TlsClientProtocol;
import org.bouncycastle.tls.TlsCredentials;
import org.bouncycastle.tls.TlsExtensionsUtils;
import org.bouncycastle.tls.TlsServerCertificate;
import org.bouncycastle.tls.TlsUtils;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCrypto;

public class Finding {

    static final class Client extends DefaultTlsClient {

        private final ProtocolVersion version;
        private final byte[] staple;
        private String seen = "nothing";

        Client(ProtocolVersion version, byte[] staple) {
            super(new BcTlsCrypto(new SecureRandom()));
            this.version = version;
            this.staple = staple;
        }

        @Override
        protected ProtocolVersion[] getSupportedVersions() {
            return version.only();
        }

        @Override
        public TlsAuthentication getAuthentication() {
            return new TlsAuthentication() {
                @Override
                public void notifyServerCertificate(TlsServerCertificate certificate) throws IOException {
                    Hashtable<?, ?> entry = certificate.getCertificate().getCertificateEntryAt(0).getExtensions();
                    var extension = TlsUtils.getExtensionData(entry, TlsExtensionsUtils.EXT_status_request);
                    var status = certificate.getCertificateStatus();
                    seen = "the method gives "
                            + (status == null ? "nothing" : isIt(status) ? "the response" : "something else")
                            + ", the entry holds "
                            + (extension == null ? "nothing" : isIt(extension) ? "the response" : "something else");
                }

                @Override
                public TlsCredentials getClientCredentials(CertificateRequest request) {
                    return null;
                }
            };
        }

        private boolean isIt(CertificateStatus status) throws IOException {
            return Arrays.equals(staple, status.getOCSPResponse().getEncoded());
        }

        /** Behind its type (1, OCSP) and its length in three octets. */
        private boolean isIt(byte[] extension) {
            return extension[0] == 1 && Arrays.equals(staple, Arrays.copyOfRange(extension, 4, extension.length));
        }
    }

    public static void main(String[] arguments) throws IOException {
        for (var version : new ProtocolVersion[] {ProtocolVersion.TLSv12, ProtocolVersion.TLSv13}) {
            var client = new Client(version, Files.readAllBytes(Path.of("staple.der")));
            try (var socket = new Socket("127.0.0.1", Integer.parseInt(arguments[0]))) {
                socket.setSoTimeout(10_000);
                var protocol = new TlsClientProtocol(socket.getInputStream(), socket.getOutputStream());
                protocol.connect(client);
                protocol.close();
            }
            System.out.println(version + ": " + client.seen);
        }
    }
}
JAVA

{
    openssl req -x509 -newkey rsa:2048 -nodes -keyout issuer.key -out issuer.pem -subj /CN=issuer -days 3
    openssl req -newkey rsa:2048 -nodes -keyout key.pem -out request.pem -subj /CN=localhost
    openssl x509 -req -in request.pem -CA issuer.pem -CAkey issuer.key -set_serial 4096 -days 3 -out certificate.pem
    printf 'V\t301231235959Z\t\t1000\tunknown\t/CN=localhost\n' > index.txt
    openssl ocsp -issuer issuer.pem -cert certificate.pem -no_nonce -reqout question.der
    openssl ocsp -index index.txt -rsigner issuer.pem -rkey issuer.key -CA issuer.pem \
        -reqin question.der -respout staple.der -ndays 2
} > openssl.log 2>&1
"$java" -version 2>&1 | sed -n 2p
openssl version
port=$((20000 + RANDOM % 10000))
openssl s_server -accept "127.0.0.1:$port" -cert certificate.pem -key key.pem -status_file staple.der -www \
    > server.log 2>&1 &
server=$!
for _ in $(seq 100); do
    if grep -q ACCEPT server.log; then break; fi
    sleep 0.1
done
timeout 60 "$java" -cp 'lib/*' Finding.java "$port" 2> finding.log | tee seen || true

diff seen - <<'SEEN' || { cat ./*.log >&2; echo "this has changed" >&2; exit 1; }
TLS 1.2: the method gives the response, the entry holds nothing
TLS 1.3: the method gives nothing, the entry holds the response
SEEN
