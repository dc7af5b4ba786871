package org.starttlscensus.machine;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/**
 * The file with the record, locked. It is written in place: in a folder of all users nobody may replace the file of
 * another. Only a file that is empty or has a record of ours is ever written, and never through a link.
 */
final class LastContactFile implements AutoCloseable {

    /** A file lock belongs to the whole process, so threads need one of their own. */
    private static final ReentrantLock ONE_THREAD = new ReentrantLock();

    private static final Duration BETWEEN_TRIES = Duration.ofMillis(20);
    private static final String EXPECTED =
            "Look who made it. If no database called from this machine within a day, remove it, and start again";

    private final Path path;
    private final FileChannel channel;

    private LastContactFile(Path path, FileChannel channel) {
        this.path = path;
        this.channel = channel;
    }

    /**
     * Does something with the locked file.
     *
     * @param patience how long to wait for another process, which needs the lock for a moment only
     */
    static <R> R locked(ContactPlace place, Duration patience, Function<LastContactFile, R> work) {
        ONE_THREAD.lock();
        try (var file = open(place)) {
            file.lock(patience);
            return work.apply(file);
        } catch (IOException e) {
            throw MachineFileException.in(place.file(), e);
        } finally {
            ONE_THREAD.unlock();
        }
    }

    /** Without the lock, for those who only look. A record is written in one piece. */
    static Optional<LastContact> look(ContactPlace place) {
        try {
            if (!exists(place.file())) return Optional.empty();
            requireOurKind(place.file());
            try (var channel = FileChannel.open(place.file(), StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
                return new LastContactFile(place.file(), channel).read();
            }
        } catch (IOException e) {
            throw MachineFileException.in(place.file(), e);
        }
    }

    private static LastContactFile open(ContactPlace place) throws IOException {
        var path = place.file();
        if (!exists(path)) create(path, place.fileMode());
        var before = requireOurKind(path);
        var channel =
                FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
        if (!before.equals(requireOurKind(path))) {
            channel.close();
            throw MachineFileException.refused(path, "was exchanged while it was opened", EXPECTED);
        }
        return new LastContactFile(path, channel);
    }

    private static boolean exists(Path path) throws IOException {
        try {
            Files.getAttribute(path, "unix:ino", LinkOption.NOFOLLOW_LINKS);
            return true;
        } catch (NoSuchFileException absent) {
            return false;
        }
    }

    private static void create(Path path, int mode) throws IOException {
        try {
            FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)
                    .close();
            Files.setAttribute(path, "unix:mode", mode, LinkOption.NOFOLLOW_LINKS);
        } catch (FileAlreadyExistsException another) {
            return; // another process was faster
        }
    }

    /** Its device and number, if it is a plain file with one name. */
    private static Object requireOurKind(Path path) throws IOException {
        Map<String, Object> found = Files.readAttributes(
                path, "unix:isRegularFile,isSymbolicLink,nlink,size,fileKey", LinkOption.NOFOLLOW_LINKS);
        if (Boolean.TRUE.equals(found.get("isSymbolicLink")))
            throw MachineFileException.refused(path, "is a link", EXPECTED);
        if (!Boolean.TRUE.equals(found.get("isRegularFile")))
            throw MachineFileException.refused(path, "is no plain file", EXPECTED);
        if (!Objects.equals(found.get("nlink"), 1))
            throw MachineFileException.refused(path, "has a second name (a hard link)", EXPECTED);
        return Objects.requireNonNull(found.get("fileKey"));
    }

    private void lock(Duration patience) throws IOException {
        var until = System.nanoTime() + patience.toNanos();
        while (channel.tryLock() == null) {
            if (System.nanoTime() > until)
                throw MachineFileException.refused(
                        path,
                        "another process has kept it locked for %d s".formatted(patience.toSeconds()),
                        "Expected is a moment. See which one: fuser -v " + path);
            LockSupport.parkNanos(BETWEEN_TRIES.toNanos());
        }
    }

    /** Empty if nothing was ever written: then no call was made. */
    Optional<LastContact> read() {
        try {
            var size = channel.size();
            if (size == 0) return Optional.empty();
            var octets = ByteBuffer.allocate(LastContact.OCTETS);
            while (octets.hasRemaining() && channel.read(octets, octets.position()) >= 0) {}
            var record = size == LastContact.OCTETS ? LastContact.of(octets.array()) : Optional.<LastContact>empty();
            if (record.isEmpty())
                throw MachineFileException.refused(
                        path, "its content (%,d octets) is no record of ours".formatted(size), EXPECTED);
            return record;
        } catch (IOException e) {
            throw MachineFileException.in(path, e);
        }
    }

    /** @param durably before the first call; later records only move a time by a minute */
    void write(LastContact contact, boolean durably) {
        try {
            var octets = contact.octets();
            while (octets.hasRemaining()) channel.write(octets, octets.position());
            if (durably) channel.force(true);
        } catch (IOException e) {
            throw MachineFileException.in(path, e);
        }
    }

    /** As if there had been no call. */
    void clear() {
        try {
            channel.truncate(0);
            channel.force(true);
        } catch (IOException e) {
            throw MachineFileException.in(path, e);
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
