package org.starttlscensus.fact;

/** Numbers of things, for people: {@code 1 call}, {@code 1,200 calls}. */
public final class Counted {

    private Counted() {}

    /** @param one the thing; several have an {@code s} more */
    public static String of(long number, String one) {
        return of(number, one, one + "s");
    }

    public static String of(long number, String one, String several) {
        return "%,d %s".formatted(number, number == 1 ? one : several);
    }
}
