#!/usr/bin/env bash
# In Spring Batch 6 a chunk with a task executor is a barrier: one slow item holds up the whole step.
#
# Seen with: spring-batch-core 6.0.6, Temurin 25.0.3.
# Expected:  that a step with a task executor of 100 threads processes up to 100 items at once, and that the other
#            threads go on with later chunks while one item is slow. This is how the older builder method, chunk(size,
#            transactionManager), works: each thread has a chunk of its own. It is deprecated in favour of chunk(size),
#            which accepts the same task executor.
# Behaviour: with chunk(size) one thread reads a chunk, hands its items to the executor, waits for all of them, and
#            writes them. No more items are processed at once than the chunk size, whatever the executor allows. While
#            one item is slow, nothing else begins.
# Output:    for each of the two methods, with 40 items, chunks of 10 and 100 threads: how many items had begun when
#            item 0 ended. Item 0 waits until the other chunks have begun, for two seconds at most.
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
            <groupId>org.springframework.batch</groupId>
            <artifactId>spring-batch-core</artifactId><version>6.0.6</version>
        </dependency>
    </dependencies>
</project>
POM
mvn -B -q org.apache.maven.plugins:maven-dependency-plugin:3.7.0:copy-dependencies -DoutputDirectory=lib \
    || { echo "the packages cannot be had" >&2; exit 77; }

cat > Finding.java <<'JAVA'
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.repository.support.ResourcelessJobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.batch.infrastructure.item.ItemProcessor;
import org.springframework.batch.infrastructure.item.ItemReader;
import org.springframework.batch.infrastructure.item.ItemWriter;
import org.springframework.batch.infrastructure.support.transaction.ResourcelessTransactionManager;
import org.springframework.core.task.SimpleAsyncTaskExecutor;

public class Finding {

    static final int ITEMS = 40;
    static final int CHUNK = 10;

    interface Builder {
        Step build(JobRepository jobs, ItemReader<Integer> reader, ItemProcessor<Integer, Integer> processor,
                ItemWriter<Integer> writer, SimpleAsyncTaskExecutor executor);
    }

    public static void main(String[] arguments) throws Exception {
        var withSize = begunMeanwhile((jobs, reader, processor, writer, executor) ->
                new StepBuilder("step", jobs).<Integer, Integer>chunk(CHUNK)
                        .transactionManager(new ResourcelessTransactionManager())
                        .reader(reader).processor(processor).writer(writer).taskExecutor(executor).build());
        System.out.println("chunk(size):                     " + withSize);
        var withSizeAndManager = begunMeanwhile((jobs, reader, processor, writer, executor) ->
                new StepBuilder("step", jobs).<Integer, Integer>chunk(CHUNK, new ResourcelessTransactionManager())
                        .reader(reader).processor(processor).writer(writer).taskExecutor(executor).build());
        System.out.println("chunk(size, transactionManager): " + withSizeAndManager);
    }

    private static String begunMeanwhile(Builder builder) throws Exception {
        var items = new ConcurrentLinkedQueue<>(IntStream.range(0, ITEMS).boxed().toList());
        // Without the others of item 0's own chunk: with the older method they follow it on the same thread.
        var toBegin = new CountDownLatch(ITEMS - CHUNK + 1);
        var begunMeanwhile = new AtomicReference<String>();
        ItemProcessor<Integer, Integer> processor = item -> {
            toBegin.countDown();
            if (item == 0) {
                boolean others = toBegin.await(2, TimeUnit.SECONDS);
                begunMeanwhile.set(others ? "31 or more" : "only " + (ITEMS - CHUNK + 1 - toBegin.getCount()));
            }
            return item;
        };
        var executor = new SimpleAsyncTaskExecutor();
        executor.setConcurrencyLimit(100);
        var jobs = new ResourcelessJobRepository();
        var step = builder.build(jobs, items::poll, processor, written -> {}, executor);
        var instance = jobs.createJobInstance("job", new JobParameters());
        var job = jobs.createJobExecution(instance, new JobParameters(), new ExecutionContext());
        var execution = jobs.createStepExecution("step", job);
        step.execute(execution);
        return begunMeanwhile + " had begun when item 0 ended, "
                + execution.getWriteCount() + " were written in the end";
    }
}
JAVA
"$jdk/java" -version 2>&1 | sed -n 2p
timeout 60 "$jdk/java" -cp 'lib/*' Finding.java 2> finding.log | tee seen || { cat finding.log >&2; exit 1; }

diff seen - <<'SEEN' || { echo "this has changed" >&2; exit 1; }
chunk(size):                     only 10 had begun when item 0 ended, 40 were written in the end
chunk(size, transactionManager): 31 or more had begun when item 0 ended, 40 were written in the end
SEEN
