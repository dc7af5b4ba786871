package org.starttlscensus.lab;

import java.nio.file.Path;

/**
 * A list file of the lab.
 *
 * @param good lines that name a domain
 * @param bad  lines that do not, there on purpose
 */
public record LabList(Path file, int good, int bad) {}
