package org.starttlscensus.cli;

import java.time.Instant;
import java.time.LocalDate;

/** {@code census pause --json}, {@code resume} and {@code stop}. */
record RunRequestJson(LocalDate night, String request, Instant requestedAt) {}
