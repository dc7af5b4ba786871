package org.starttlscensus.lab;

import java.nio.file.Path;

/**
 * How to open a lab.
 *
 * @param directory where its files go; made if missing, its files are overwritten
 * @param network   the first two numbers of its addresses: {@code 127.} and 1 to 255
 * @param patience  what the census multiplies its deadlines with, above 0 and at most 1: the lab's delays follow
 */
public record LabSettings(Path directory, String network, double patience) {

    private static final String USUAL_NETWORK = "127.20";
    private static final double USUAL_PATIENCE = 0.02;

    public LabSettings {
        if (!network.matches("127\\.([1-9]|[1-9]\\d|1\\d\\d|2[0-4]\\d|25[0-5])")) {
            throw new IllegalArgumentException(
                    "network \"%s\": a lab's addresses begin with 127. and a number from 1 to 255, for example %s"
                            .formatted(network, USUAL_NETWORK));
        }
        if (!(patience > 0 && patience <= 1)) {
            throw new IllegalArgumentException("patience " + patience + ": must be above 0 and at most 1, for example 0.02");
        }
    }

    /** With a banner deadline of 65 s x 0.02 = 1.3 s. */
    public static LabSettings in(Path directory) {
        return new LabSettings(directory, USUAL_NETWORK, USUAL_PATIENCE);
    }

    public LabSettings withPatience(double other) {
        return new LabSettings(directory, network, other);
    }
}
