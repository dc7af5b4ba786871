package org.starttlscensus.cli;

import java.io.PrintStream;
import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.starttlscensus.job.Progress;
import picocli.CommandLine;

/**
 * The progress of a night on stderr: on a terminal one line that is overwritten; elsewhere a line at the begin and
 * the end of a step, and once a minute. Thread-safe.
 *
 * <pre>
 *   resolve      12,400 / 20,000   62 %   1,240/s   6 s left
 * </pre>
 */
final class ProgressLine implements Progress, AutoCloseable {

    private static final Duration ON_TERMINAL = Duration.ofMillis(200);
    private static final Duration ELSEWHERE = Duration.ofMinutes(1);
    private static final int USUAL_COLUMNS = 80;

    private final PrintStream out;
    private final boolean terminal;
    private final boolean quiet;
    private final int columns;
    private final LongSupplier nanos;
    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().name("progress").daemon().factory());
    private String step = "";
    private long begun;
    private boolean paused;
    private long pausedAt;
    private long pausedNanos;
    private long done;
    private long total;
    private int shown;

    private ProgressLine(PrintStream out, boolean terminal, boolean quiet, int columns, LongSupplier nanos) {
        this.out = out;
        this.terminal = terminal;
        this.quiet = quiet;
        this.columns = columns;
        this.nanos = nanos;
    }

    /**
     * The launcher sets {@code census.columns}, because Java cannot find out whether stderr is a terminal on which a
     * line can be written over, nor how wide it is.
     */
    static ProgressLine onStderr(CommandLine command) {
        int columns = Integer.getInteger("census.columns", 0);
        var terminal = columns > 0;
        var every = terminal ? ON_TERMINAL : ELSEWHERE;
        return started(
                new ProgressLine(System.err, terminal, GenericOptions.isQuiet(command), columns, System::nanoTime),
                every);
    }

    static ProgressLine on(PrintStream out, boolean terminal, Duration every) {
        return on(out, terminal, every, System::nanoTime);
    }

    static ProgressLine on(PrintStream out, boolean terminal, Duration every, LongSupplier nanos) {
        return started(new ProgressLine(out, terminal, false, USUAL_COLUMNS, nanos), every);
    }

    /** @param columns the width of the terminal */
    static ProgressLine on(PrintStream out, int columns, LongSupplier nanos) {
        return started(new ProgressLine(out, true, false, columns, nanos), ELSEWHERE);
    }

    private static ProgressLine started(ProgressLine line, Duration every) {
        var _ = line.timer.scheduleAtFixedRate(
                line::showOrReport, every.toMillis(), every.toMillis(), TimeUnit.MILLISECONDS);
        return line;
    }

    @Override
    public synchronized void begin(String name) {
        finish();
        step = name;
        begun = nanos.getAsLong();
        pausedAt = begun;
        pausedNanos = 0;
        done = 0;
        total = 0;
        show();
    }

    @Override
    public synchronized void at(long doneNow, long totalNow) {
        done = doneNow;
        total = totalNow;
    }

    @Override
    public synchronized void paused(boolean isPaused) {
        if (paused == isPaused) return;
        var now = nanos.getAsLong();
        if (isPaused) pausedAt = now;
        else pausedNanos += now - pausedAt;
        paused = isPaused;
    }

    @Override
    public synchronized void say(String message) {
        clear();
        out.println(Printable.of(message));
    }

    @Override
    public synchronized void close() {
        finish();
        step = "";
        timer.shutdownNow();
    }

    /**
     * A scheduled executor hides what a task throws, so it is reported here. The night goes on without a progress line.
     */
    private void showOrReport() {
        try {
            show();
        } catch (RuntimeException | Error e) {
            timer.shutdown();
            say("the progress is not shown any more (%s); the night goes on".formatted(e));
        }
    }

    synchronized void show() {
        if (step.isEmpty() || quiet) return;
        clear();
        var line = terminal ? fitting(line()) : line();
        shown = line.length();
        if (terminal) out.print(line);
        else out.println(line);
        out.flush();
    }

    /** A line that wraps cannot be written over. */
    private String fitting(String line) {
        return line.substring(0, Math.min(line.length(), columns - 1));
    }

    private void finish() {
        if (step.isEmpty()) return;
        clear();
        if (!quiet) out.println(line() + "   done in " + Durations.of(elapsed()));
        step = "";
    }

    private void clear() {
        if (terminal && shown > 0) out.print("\r" + " ".repeat(shown) + "\r");
        shown = 0;
    }

    private String line() {
        if (total == 0) return done == 0 ? "%-10s".formatted(step).stripTrailing() : "%-10s %,d".formatted(step, done);
        var line = new StringBuilder("%-10s %,d / %,d   %d %%".formatted(step, done, total, 100 * done / total));
        var seconds = worked().toMillis() / 1_000.0;
        if (done > 0 && seconds >= 0.1) {
            var rate = done / seconds;
            line.append(rate < 10 ? "   %.1f/s".formatted(rate) : "   %,.0f/s".formatted(rate));
            if (done < total)
                line.append("   ")
                        .append(Durations.of(Duration.ofSeconds(Math.round((total - done) / rate))))
                        .append(paused ? " left when resumed" : " left");
        }
        return line.append(paused ? "   paused" : "").toString();
    }

    /** Without the time in which the work was paused, so that the pace and what is left stand still then. */
    private Duration worked() {
        return Duration.ofNanos((paused ? pausedAt : nanos.getAsLong()) - begun - pausedNanos);
    }

    private Duration elapsed() {
        return Duration.ofNanos(nanos.getAsLong() - begun);
    }
}
