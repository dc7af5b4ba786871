package org.starttlscensus;

import java.lang.management.ManagementFactory;

/** Prints rows of a bench's table, and measures what a process has used so far. */
public final class Figures {

    private Figures() {}

    /** @param wanted the bound for the figure, or what it is a ratio of */
    public static void row(String bench, String what, String measured, String wanted) {
        System.out.printf("%-10s %-62s %18s   %s%n", bench, what, measured, wanted);
    }

    /** The processor time of all threads of this process. */
    public static double cpuSeconds() {
        return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                        .getProcessCpuTime()
                / 1e9;
    }

    /** The live data on the heap. */
    public static double liveMegabytes() {
        for (int i = 0; i < 3; i++) System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / 1e6;
    }

    public static double seconds(Runnable work) {
        var began = System.nanoTime();
        work.run();
        return (System.nanoTime() - began) / 1e9;
    }
}
