#!/usr/bin/env bash
# CPU time of a virtual thread: the JDK returns -1, and the system's thread clock counts other threads' work.
#
# Seen with: Temurin 25.0.3, Linux 6.18 (glibc 2.36).
# Expected:  that ThreadMXBean.getCurrentThreadCpuTime() works when isCurrentThreadCpuTimeSupported() and
#            isThreadCpuTimeEnabled() return true. And, since it does not, that clock_gettime(CLOCK_THREAD_CPUTIME_ID)
#            is right for code that only computes: such code neither does I/O nor sleeps, so the virtual thread should
#            stay on its carrier between two readings.
# Behaviour: in a virtual thread both questions return true, and getCurrentThreadCpuTime() returns -1. The system's
#            clock belongs to the carrier. A contended lock makes a virtual thread leave its carrier (since JDK 24 also
#            at "synchronized"), and the carrier's clock then counts what other virtual threads compute. Such locks hide
#            in libraries: on Linux all SecureRandom objects of the default kind share one.
# Output:    what ThreadMXBean says, then the carrier's clock around an empty synchronized block: once with the lock
#            free, once with the lock taken while another virtual thread computes. There is one carrier.
#
# Needs a JDK 25 (JAVA_HOME or /usr/lib/jvm); fetches and sends nothing.
# Exit 0: as described; 1: it has changed; 77: it cannot run here.
set -euo pipefail

java=
for home in "${JAVA_HOME:-}" /usr/lib/jvm/*; do
    if [ -n "$home" ] && grep -Eqs '^JAVA_VERSION="25["._+-]' "$home/release"; then java=$home/bin/java; break; fi
done
[ -n "$java" ] || { echo "no JDK 25: looked at JAVA_HOME and /usr/lib/jvm" >&2; exit 77; }
[ "$(uname -sm)" = "Linux x86_64" ] || { echo "this calls clock_gettime as Linux on x86_64 has it" >&2; exit 77; }

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
