package org.starttlscensus.lab;

import java.nio.file.Path;

/**
 * How to open a lab.
 *
 * @param directory  where its files go; created if missing, existing files are overwritten
 * @param network    the first two numbers of its addresses: {@code 127.} and 1 to 255
 * @param population which domains, companies and servers it has
 * @param patience   the factor of the census's deadlines, above 0 and at most 1; the servers' delays have it too
 * @param timeScale  the factor of the census's limits, 0 to 1; the companies' limits per minute and the durations of
 *                   their blocks have it too, so a census that is polite at one scale is polite at every scale
 */
public record LabOptions(Path directory, String network, LabPopulation population, double patience, double timeScale) {

    private static final String DEFAULT_NETWORK = "127.20";
    private static final double DEFAULT_PATIENCE = 0.02;
    private static final double DEFAULT_TIME_SCALE = 0.001;

    public LabOptions {
        if (!network.matches("127\\.([1-9]|[1-9]\\d|1\\d\\d|2[0-4]\\d|25[0-5])")) {
            throw new IllegalArgumentException(
                    "network \"%s\": a lab's addresses begin with 127. and a number from 1 to 255, for example %s"
                            .formatted(network, DEFAULT_NETWORK));
        }
        if (!(patience > 0 && patience <= 1)) {
            throw new IllegalArgumentException(
                    "patience " + patience + ": must be above 0 and at most 1, for example 0.02");
        }
        if (!(timeScale >= 0 && timeScale <= 1)) {
            throw new IllegalArgumentException("time scale " + timeScale + ": must be 0 to 1, for example 0.001");
        }
    }

    /**
     * The default options. The banner deadline becomes 65 s x 0.02 = 1.3 s. Half an hour between attempts becomes
     * 1.8 seconds, and 5 seconds between the calls to one provider become 5 ms.
     */
    public static LabOptions in(Path directory) {
        return new LabOptions(directory, DEFAULT_NETWORK, LabPopulation.INTERNET, DEFAULT_PATIENCE, DEFAULT_TIME_SCALE);
    }

    public LabOptions withNetwork(String other) {
        return new LabOptions(directory, other, population, patience, timeScale);
    }

    public LabOptions withPopulation(LabPopulation other) {
        return new LabOptions(directory, network, other, patience, timeScale);
    }

    public LabOptions withPatience(double other) {
        return new LabOptions(directory, network, population, other, timeScale);
    }

    public LabOptions withTimeScale(double other) {
        return new LabOptions(directory, network, population, patience, other);
    }
}
