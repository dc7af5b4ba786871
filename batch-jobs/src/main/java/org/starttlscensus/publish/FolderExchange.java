package org.starttlscensus.publish;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Two folders change places in one step, which Java's own file operations cannot do: {@code rename(2)} does not replace a
 * folder that has something in it. Linux has it since 3.15, for most file systems.
 *
 * @see <a href="https://man7.org/linux/man-pages/man2/rename.2.html">renameat2(2), RENAME_EXCHANGE</a>
 */
final class FolderExchange {

    private static final int AT_FDCWD = -100;
    private static final int RENAME_EXCHANGE = 1 << 1;

    @SuppressWarnings("restricted") // the call of the system's own function is what this class is for
    private static final Optional<MethodHandle> RENAMEAT2 = Linker.nativeLinker()
            .defaultLookup()
            .find("renameat2")
            .map(function -> Linker.nativeLinker()
                    .downcallHandle(
                            function,
                            FunctionDescriptor.of(
                                    ValueLayout.JAVA_INT,
                                    ValueLayout.JAVA_INT,
                                    ValueLayout.ADDRESS,
                                    ValueLayout.JAVA_INT,
                                    ValueLayout.ADDRESS,
                                    ValueLayout.JAVA_INT)));

    private FolderExchange() {}

    /** Whether it was done; if not (another system, a mount point, a file system that cannot), nothing has changed. */
    static boolean exchange(Path one, Path other) {
        return RENAMEAT2.isPresent() && call(RENAMEAT2.get(), one, other) == 0;
    }

    private static int call(MethodHandle renameat2, Path one, Path other) {
        var names = Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8"));
        try (var arena = Arena.ofConfined()) {
            return (int) renameat2.invokeExact(
                    AT_FDCWD,
                    arena.allocateFrom(one.toString(), names),
                    AT_FDCWD,
                    arena.allocateFrom(other.toString(), names),
                    RENAME_EXCHANGE);
        } catch (Throwable impossible) {
            throw new IllegalStateException("renameat2 throws nothing", impossible);
        }
    }
}
