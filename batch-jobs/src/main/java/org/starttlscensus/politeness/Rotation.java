package org.starttlscensus.politeness;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDate;

/**
 * Which servers are called in a night, where a provider has more than fit into one (docs/sampling.md).
 *
 * <p>A rotation is so many nights. In each rotation every unit has one night, which is drawn by a hash of the unit's
 * name and the number of the rotation. So the units of a night are a random sample, nobody is called twice in a
 * rotation, and whoever knows the name can compute the night. Neither rank nor order of names tells it.
 */
public final class Rotation {

    /** Part of every hash. Another seed would draw other samples, so it never changes. */
    private static final String SEED = "starttls-census rotation 1";

    private Rotation() {}

    /**
     * Whether a unit is due in a night.
     *
     * @param unit   its name: a host, or the first by name of several hosts that are drawn together
     * @param nights length of a rotation; 1: due every night
     */
    public static boolean isDue(String unit, LocalDate night, int nights) {
        if (nights == 1) return true;
        long rotation = Math.floorDiv(night.toEpochDay(), (long) nights);
        long turn = Math.floorMod(night.toEpochDay(), (long) nights);
        return Long.remainderUnsigned(draw(rotation + "/" + nights + "\n" + unit), nights) == turn;
    }

    /** The number by which a unit is known in a plan: the same in every rotation. */
    public static long number(String unit) {
        return draw("\n" + unit);
    }

    private static long draw(String what) {
        try {
            var digest =
                    MessageDigest.getInstance("SHA-256").digest((SEED + "\n" + what).getBytes(StandardCharsets.UTF_8));
            return ByteBuffer.wrap(digest).getLong();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
