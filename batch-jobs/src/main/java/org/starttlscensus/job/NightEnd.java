package org.starttlscensus.job;

/** How a night is to end. */
enum NightEnd {
    /** Whoever is planned is called, and the files are published. */
    PUBLISHED,
    /** Its date is over: nobody more is called, it is judged by what it has, and nothing is published. */
    CLOSED_EARLY
}
