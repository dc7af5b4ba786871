package org.starttlscensus.smtp;

import java.time.Duration;
import org.starttlscensus.fact.CallPhase;

/**
 * How long we wait in each phase of a call. Each deadline is a total for its phase, however many octets arrive
 * meanwhile, so a peer that sends one octet a second gains no time.
 *
 * @param banner until the final line of the greeting
 * @param ehlo   for EHLO, and HELO where it follows
 * @param whole  from the first packet to the last reply
 */
public record Deadlines(
        Duration connect,
        Duration banner,
        Duration ehlo,
        Duration starttls,
        Duration handshake,
        Duration afterTls,
        Duration quit,
        Duration whole) {

    private static final Duration SHORTEST = Duration.ofMillis(1);

    public Deadlines {
        for (var each : new Duration[] {connect, banner, ehlo, starttls, handshake, afterTls, quit, whole}) {
            if (each.compareTo(SHORTEST) < 0) {
                throw new IllegalArgumentException("a deadline is %s; expected at least %s".formatted(each, SHORTEST));
            }
        }
    }

    /** The first attempts of a night. */
    public static Deadlines ordinary() {
        return ofSeconds(30, 65, 60, 60, 60, 60, 10, 180);
    }

    /** The one attempt after a tarpit, or after a greeting that did not come in time. */
    public static Deadlines patient() {
        return ofSeconds(30, 300, 300, 120, 60, 60, 10, 420);
    }

    /** All of them multiplied, for the lab on loopback. */
    public Deadlines scaled(double patienceScale) {
        return new Deadlines(
                scaled(connect, patienceScale),
                scaled(banner, patienceScale),
                scaled(ehlo, patienceScale),
                scaled(starttls, patienceScale),
                scaled(handshake, patienceScale),
                scaled(afterTls, patienceScale),
                scaled(quit, patienceScale),
                scaled(whole, patienceScale));
    }

    public Duration of(CallPhase phase) {
        return switch (phase) {
            case CONNECT -> connect;
            case BANNER -> banner;
            case EHLO -> ehlo;
            case STARTTLS -> starttls;
            case HANDSHAKE -> handshake;
            case AFTER_TLS -> afterTls;
            case QUIT -> quit;
        };
    }

    /**
     * How long we read on after our FIN. In an ordinary call this is 6 seconds: 5 for a peer to stop sending and one
     * to spare. A peer that was beyond a limit already gets 1 second.
     */
    Duration afterFin(boolean patiently) {
        return scaled(quit, patiently ? 0.6 : 0.1);
    }

    private static Duration scaled(Duration duration, double scale) {
        var nanos = Duration.ofNanos(Math.round(duration.toNanos() * scale));
        return nanos.compareTo(SHORTEST) < 0 ? SHORTEST : nanos;
    }

    private static Deadlines ofSeconds(
            int connect, int banner, int ehlo, int starttls, int handshake, int afterTls, int quit, int whole) {
        return new Deadlines(
                Duration.ofSeconds(connect),
                Duration.ofSeconds(banner),
                Duration.ofSeconds(ehlo),
                Duration.ofSeconds(starttls),
                Duration.ofSeconds(handshake),
                Duration.ofSeconds(afterTls),
                Duration.ofSeconds(quit),
                Duration.ofSeconds(whole));
    }
}
