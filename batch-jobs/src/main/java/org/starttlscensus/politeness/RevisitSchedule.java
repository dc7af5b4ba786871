package org.starttlscensus.politeness;

import java.time.LocalDate;

/** On which nights servers are called that are not called every night. */
public final class RevisitSchedule {

    /** An implicit MX, whose address may be no mail server at all, is called every 30 nights. */
    private static final int IMPLICIT_MX = 30;
    /** The share of first calls. Second looks and retries need the rest. */
    private static final double FIRST_CALLS = 0.9;

    private static final int NIGHTS_TO_BE_DEAD = 3;
    private static final int FIRST_NIGHT_OF_A_SOURCE = 1_000;

    private RevisitSchedule() {}

    /**
     * Every how many nights each server of a provider is called, if the provider has this many.
     *
     * @param perNight calls that the provider allows
     */
    public static int ofProvider(long servers, int perNight) {
        return (int) Math.max(1, Math.ceil(servers / Math.max(1, Math.floor(perNight * FIRST_CALLS))));
    }

    /**
     * A new source address of ours starts with a thousand calls a night. Later it makes twice as many as it was
     * welcomed for: neither few calls nor refused ones give it a name.
     *
     * @param mostWelcomed on one of its earlier nights
     */
    public static int ofNewSource(int mostWelcomed) {
        return Math.max(FIRST_NIGHT_OF_A_SOURCE, 2 * Math.min(mostWelcomed, Integer.MAX_VALUE / 2));
    }

    /** The interval of an implicit MX; shorter in a lab with a faster clock. */
    public static int ofImplicitMx(Limits limits) {
        return (int) Math.max(1, Math.round(IMPLICIT_MX * limits.timeScale()));
    }

    /** After three nights without any answer: every 2nd, 4th, then 7th night. */
    public static LocalDate afterUnreachable(int nights, LocalDate last) {
        if (nights < NIGHTS_TO_BE_DEAD) return last.plusDays(1);
        return last.plusDays(
                switch (nights) {
                    case 3 -> 2;
                    case 4 -> 4;
                    default -> 7; // however many
                });
    }

    /** A provider that blocked us is left out for 1, 2, 4, and then always 7 nights. */
    public static LocalDate afterBlock(int nights, LocalDate last) {
        return last.plusDays(1
                + switch (nights) {
                    case 1 -> 1;
                    case 2 -> 2;
                    case 3 -> 4;
                    default -> 7; // however many
                });
    }
}
