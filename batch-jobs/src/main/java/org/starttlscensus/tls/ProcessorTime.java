package org.starttlscensus.tls;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/**
 * The processor time of the current operating system thread. For a virtual thread that is its carrier, which stays the
 * same as long as nothing blocks. The JDK offers it for platform threads only.
 *
 * @see <a href="https://man7.org/linux/man-pages/man3/clock_gettime.3.html">clock_gettime(3)</a>
 * @see <a href="https://man7.org/linux/man-pages/man3/pthread_self.3.html">pthread_self(3)</a>
 */
@SuppressWarnings("restricted") // this class exists to call native functions
final class ProcessorTime {

    private static final int CLOCK_THREAD_CPUTIME_ID = 3;
    private static final MemoryLayout TIMESPEC =
            MemoryLayout.structLayout(ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG);
    private static final MethodHandle CLOCK_GETTIME = Linker.nativeLinker()
            .downcallHandle(
                    Linker.nativeLinker().defaultLookup().findOrThrow("clock_gettime"),
                    FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.ADDRESS));
    private static final MethodHandle PTHREAD_SELF = Linker.nativeLinker()
            .downcallHandle(
                    Linker.nativeLinker().defaultLookup().findOrThrow("pthread_self"),
                    FunctionDescriptor.of(ValueLayout.JAVA_LONG));

    private ProcessorTime() {}

    /** Nanoseconds since the thread began. Only differences on one carrier have a meaning. */
    static long nanos() {
        try (var arena = Arena.ofConfined()) {
            var time = arena.allocate(TIMESPEC);
            int failed = (int) CLOCK_GETTIME.invokeExact(CLOCK_THREAD_CPUTIME_ID, time);
            if (failed != 0) throw new IllegalStateException("clock_gettime has no processor time of threads");
            return time.get(ValueLayout.JAVA_LONG, 0) * 1_000_000_000 + time.get(ValueLayout.JAVA_LONG, Long.BYTES);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e); // a downcall throws nothing
        }
    }

    /** The id of the operating system thread, unique among those that are alive. */
    static long thread() {
        try {
            return (long) PTHREAD_SELF.invokeExact();
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e); // a downcall throws nothing
        }
    }
}
