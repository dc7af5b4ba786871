#!/usr/bin/env bash
# A Bouncy Castle client accepts an unknown Diffie-Hellman prime and refuses one that RFC 7919 recommends.
#
# Seen with: Bouncy Castle 1.84 (bctls-jdk18on), OpenSSL 3.0.19 as the server, Temurin 25.0.3.
# Expected:  that a TLS 1.2 client which offers DHE suites and names only elliptic curves in supported_groups leaves the
#            server's prime to its TlsDHGroupVerifier, so that a verifier which accepts everything refuses nothing. If
#            any prime were refused, it would be an unknown one. RFC 7919, section 4, allows a server to choose one of
#            its groups for a client that names none of them.
# Behaviour: the client recognises the prime of ffdhe2048 as a named group that it did not name, and ends the handshake
#            with illegal_parameter. It does not ask the verifier. MODP group 14 of RFC 3526 has the same size, goes to
#            the verifier, and the handshake finishes. A client that wants to reach every server must name all groups of
#            RFC 7919.
# Output:    for both primes: the result of a client that names only curves, and of one that names ffdhe2048 as well.
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
import java.security.SecureRandom;
import java.util.List;
import java.util.Vector;
import org.bouncycastle.tls.CertificateRequest;
import org.bouncycastle.tls.CipherSuite;
import org.bouncycastle.tls.DefaultTlsClient;
import org.bouncycastle.tls.NamedGroup;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.TlsAuthentication;
import org.bouncycastle.tls.TlsClientProtocol;
import org.bouncycastle.tls.TlsCredentials;
import org.bouncycastle.tls.TlsDHGroupVerifier;
import org.bouncycastle.tls.TlsServerCertificate;
import org.bouncycastle.tls.crypto.DHGroup;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCrypto;

public class Finding {

    static final class Client extends DefaultTlsClient {

        private final List<Integer> groups;
        private String prime = "nothing";

        Client(List<Integer> groups) {
            super(new BcTlsCrypto(new SecureRandom()));
            this.groups = groups;
        }

        @Override
        protected ProtocolVersion[] getSupportedVersions() {
            return ProtocolVersion.TLSv12.only();
        }

        @Override
        protected int[] getSupportedCipherSuites() {
            return new int[] {CipherSuite.TLS_DHE_RSA_WITH_AES_128_GCM_SHA256};
        }

        @Override
        protected Vector<Integer> getSupportedGroups(@SuppressWarnings("rawtypes") Vector roles) {
            return new Vector<>(groups);
        }

        @Override
        public TlsDHGroupVerifier getDHGroupVerifier() {
            return this::accept;
        }

        private boolean accept(DHGroup group) {
            prime = group.getP().bitLength() + " bits";
            return true;
        }

        @Override
        public TlsAuthentication getAuthentication() {
            return new TlsAuthentication() {
                @Override
                public void notifyServerCertificate(TlsServerCertificate certificate) {
                    // any will do
                }

                @Override
                public TlsCredentials getClientCredentials(CertificateRequest request) {
                    return null;
                }
            };
        }
    }

    public static void main(String[] arguments) throws IOException {
        int port = Integer.parseInt(arguments[0]);
        var curves = List.of(NamedGroup.x25519, NamedGroup.secp256r1);
        var more = List.of(NamedGroup.x25519, NamedGroup.secp256r1, NamedGroup.ffdhe2048);
        System.out.println(arguments[1] + ", curves named:               " + handshake(port, new Client(curves)));
        System.out.println(arguments[1] + ", curves and ffdhe2048 named: " + handshake(port, new Client(more)));
    }

    private static String handshake(int port, Client client) throws IOException {
        try (var socket = new Socket("127.0.0.1", port)) {
            socket.setSoTimeout(10_000);
            var protocol = new TlsClientProtocol(socket.getInputStream(), socket.getOutputStream());
            protocol.connect(client);
            protocol.close();
            return "finished, the verifier was shown " + client.prime;
        } catch (IOException e) {
            return e.getMessage() + ", the verifier was shown " + client.prime;
        }
    }
}
JAVA

openssl req -x509 -newkey rsa:2048 -nodes -keyout key.pem -out certificate.pem -subj /CN=localhost -days 3 \
    2> openssl.log
"$java" -version 2>&1 | sed -n 2p
openssl version
for group in ffdhe2048 modp_2048; do
    openssl genpkey -genparam -algorithm DH -pkeyopt "group:$group" -out group.pem 2>> openssl.log
    port=$((20000 + RANDOM % 10000))
    openssl s_server -accept "127.0.0.1:$port" -cert certificate.pem -key key.pem -dhparam group.pem -tls1_2 -www \
        > "$group.log" 2>&1 &
    server=$!
    for _ in $(seq 100); do
        if grep -q ACCEPT "$group.log"; then break; fi
        sleep 0.1
    done
    timeout 60 "$java" -cp 'lib/*' Finding.java "$port" "$group" 2> finding.log || true
    kill "$server" 2> /dev/null || true
done > seen
cat seen

diff seen - <<'SEEN' || { cat ./*.log >&2; echo "this has changed" >&2; exit 1; }
ffdhe2048, curves named:               illegal_parameter(47), the verifier was shown nothing
ffdhe2048, curves and ffdhe2048 named: finished, the verifier was shown nothing
modp_2048, curves named:               finished, the verifier was shown 2048 bits
modp_2048, curves and ffdhe2048 named: finished, the verifier was shown 2048 bits
SEEN
