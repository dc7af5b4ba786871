package org.starttlscensus.job;

/** How a night is meant to end. */
enum NightEnd {
    /** The planned servers are called, and the files are published. */
    PUBLISHED,
    /** Its date has passed: no more servers are called, it is judged by what it has, and nothing is published. */
    CLOSED_EARLY
}
