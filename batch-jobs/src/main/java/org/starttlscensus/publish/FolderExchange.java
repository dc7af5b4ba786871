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
 * Exchanges two folders atomically. Java's own file operations cannot: {@code rename(2)} does not replace a folder that
 * is not empty. Linux has {@code renameat2(2)} since 3.15, for most file systems.
 *
 * @see <a href="https://man7.org/linux/man-pages/man2/rename.2.html">renameat2(2), RENAME_EXCHANGE</a>
 */
final class FolderExchange {

    private static final int AT_FDCWD = -100;
    private static final int RENAME_EXCHANGE = 1 << 1;

    @SuppressWarnings("restricted") // calling the native function is the purpose of this class
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

    /**
     * Whether the folders were exchanged. If not (another system, a mount point, a file system without it), nothing has
     * changed.
     */
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
