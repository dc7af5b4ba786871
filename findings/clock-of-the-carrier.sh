#!/usr/bin/env bash
# Processor time of a virtual thread: the JDK says -1, and the system's clock charges it with what others compute.
#
# Seen with: Temurin 25.0.3, Linux 6.18 (glibc 2.36).
# Expected:  that a thread which may ask for its processor time (isCurrentThreadCpuTimeSupported() and
#            isThreadCpuTimeEnabled() are true) is told it. And, as it is not, that clock_gettime(CLOCK_THREAD_CPUTIME_ID)
#            will do for code that only computes: it neither reads nor sleeps, so it should stay on its carrier from one
#            reading to the next.
# Behaviour: in a virtual thread the two questions are answered by true, and getCurrentThreadCpuTime() by -1. The system's
#            clock is the carrier's. A lock that somebody else has for a moment makes a virtual thread leave its carrier,
#            since JDK 24 at "synchronized" too, and the carrier's clock goes on for those who have it meanwhile. Locks
#            are where one does not see them: all objects of SecureRandom share one on Linux, for instance.
# Output:    what the bean says, and what the carrier's clock says of an empty synchronized block: when the lock is free,
#            and when it is not and another virtual thread computes meanwhile, with one carrier.
#
# Needs a JDK 25 (JAVA_HOME or /usr/lib/jvm); fetches and sends nothing.
# Exit 0: as described; 1: it has changed; 77: it cannot run here.
set -euo pipefail

java=
for home in "${JAVA_HOME:-}" /usr/lib/jvm/*; do
    if [ -n "$home" ] && grep -Eqs '^JAVA_VERSION="25["._+-]' "$home/release"; then java=$home/bin/java; break; fi
done
[ -n "$java" ] || { echo "no JDK 25: looked at JAVA_HOME and /usr/lib/jvm" >&2; exit 77; }
[ "$(uname -sm)" = "Linux x86_64" ] || { echo "the number of the clock and the form of its time are those of Linux on x86_64" >&2; exit 77; }

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
cat > Clock.java <<'JAVA'
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.management.ManagementFactory;

class Clock {
    static final int CLOCK_THREAD_CPUTIME_ID = 3;
    static final MethodHandle CLOCK_GETTIME = Linker.nativeLinker().downcallHandle(
            Linker.nativeLinker().defaultLookup().findOrThrow("clock_gettime"),
            FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.ADDRESS));
    static final Object LOCK = new Object();

    static long milliseconds() {
        try (var arena = Arena.ofConfined()) {
            var time = arena.allocate(16, 8);
            int failed = (int) CLOCK_GETTIME.invokeExact(CLOCK_THREAD_CPUTIME_ID, time);
            if (failed != 0) throw new IllegalStateException("no such clock");
            return time.get(ValueLayout.JAVA_LONG, 0) * 1_000 + time.get(ValueLayout.JAVA_LONG, 8) / 1_000_000;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    static void block(String when) {
        long before = milliseconds();
        synchronized (LOCK) {
            // nothing is computed here
        }
        System.out.println(when + ": " + (milliseconds() - before < 300 ? "less than 300 ms" : "300 ms or more"));
    }

    static void compute() {
        long before = milliseconds();
        while (milliseconds() - before < 300) Thread.onSpinWait();
    }

    static void bean() {
        var bean = ManagementFactory.getThreadMXBean();
        System.out.println("ThreadMXBean: supported " + bean.isCurrentThreadCpuTimeSupported() + ", enabled "
                + bean.isThreadCpuTimeEnabled() + ", time " + bean.getCurrentThreadCpuTime());
    }

    public static void main(String[] arguments) throws InterruptedException {
        Thread.ofVirtual().start(Clock::bean).join();
        Thread.ofVirtual().start(() -> block("the lock is free")).join();
        var waits = Thread.ofVirtual().unstarted(() -> block("it is not, and another computes"));
        synchronized (LOCK) { // of the main thread, which is a platform thread
            waits.start();
            while (waits.getState() != Thread.State.BLOCKED) Thread.onSpinWait();
            Thread.ofVirtual().start(Clock::compute).join();
        }
        waits.join();
    }
}
JAVA

"$java" -version 2>&1 | sed -n 2p
timeout 60 "$java" --enable-native-access=ALL-UNNAMED -Djdk.virtualThreadScheduler.parallelism=1 \
    -Djdk.virtualThreadScheduler.maxPoolSize=1 Clock.java | tee seen

diff seen - <<'SEEN' || { echo "this has changed" >&2; exit 1; }
ThreadMXBean: supported true, enabled true, time -1
the lock is free: less than 300 ms
it is not, and another computes: 300 ms or more
SEEN
