package org.starttlscensus.preflight;

import static org.starttlscensus.preflight.PreflightCheck.SOURCE_NAME;
import static org.starttlscensus.preflight.PreflightCheck.TRUST_STORE;
import static org.starttlscensus.preflight.PreflightFinding.fine;
import static org.starttlscensus.preflight.PreflightFinding.notAsked;
import static org.starttlscensus.preflight.PreflightFinding.warn;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import org.starttlscensus.dns.MailResolver;
import org.starttlscensus.dns.ResolverSettings;
import org.starttlscensus.dns.ResolverTrial;
import org.starttlscensus.identity.CallingSource;
import org.starttlscensus.settings.CensusSettings;
import org.starttlscensus.settings.ResolverAddress;
import org.starttlscensus.settings.SourceAddress;

/**
 * All checks of this machine. What depends on the network is asked at the same time, each within its own deadline, so
 * that the whole takes less than a minute and a half whatever is broken.
 */
public final class Preflight {

    private static final Duration DNS_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration PORT_CONNECT = Duration.ofSeconds(10);
    private static final Duration PORT_GREETING = Duration.ofSeconds(30);
    /** As many questions may be under way, each with a socket of its own. */
    private static final int DNS_SOCKETS = 500;

    private final PortCall portCall;

    private Preflight(PortCall portCall) {
        this.portCall = portCall;
    }

    public static Preflight ofThisMachine() {
        return new Preflight(new PortCall(PORT_CONNECT, PORT_GREETING));
    }

    /** Whether a night may begin. */
    public static boolean passes(List<PreflightFinding> findings) {
        return findings.stream().noneMatch(finding -> finding.severity() == PreflightSeverity.REFUSE);
    }

    /** @return in the order of {@link PreflightCheck}; in a lab only what concerns this machine */
    public List<PreflightFinding> findings(PreflightRequest request) throws InterruptedException {
        var findings = new ArrayList<>(ofMachine(request));
        findings.addAll(request.otherThings());
        if (request.settings().lab().isEmpty()) findings.addAll(ofNetwork(request));
        findings.sort(Comparator.comparing(PreflightFinding::check));
        return List.copyOf(findings);
    }

    private static List<PreflightFinding> ofMachine(PreflightRequest request) {
        var settings = request.settings();
        var findings = new ArrayList<PreflightFinding>();
        findings.add(MachineChecks.java(Runtime.version().feature()));
        findings.add(MachineChecks.database(request.database()));
        findings.add(MachineChecks.clock(request.database()));
        findings.add(MachineChecks.disk(
                settings.database(), request.database().knownOctetsPerNight(), MachineChecks::freeSpace));
        findings.add(MachineChecks.openFiles(MachineChecks.limits(), sockets(settings)));
        findings.addAll(MachineChecks.lists(settings.lists(), request.now()));
        findings.add(request.oldRoots()
                .map(old -> warn(TRUST_STORE, "", old, "census trust-store update FILE"))
                .orElseGet(() -> fine(TRUST_STORE, "", "current, or without a date in its name")));
        return findings;
    }

    private static int sockets(CensusSettings settings) {
        return settings.tonightsLimits().source().open()
                        * Math.max(1, settings.sourceAddresses().size())
                + DNS_SOCKETS;
    }

    /** Only who calls: names in the DNS, and pages. No mail server is called. */
    public List<PreflightFinding> ofIdentity(PreflightRequest request) throws InterruptedException {
        return asked(request, false).stream()
                .sorted(Comparator.comparing(PreflightFinding::check))
                .toList();
    }

    private List<PreflightFinding> ofNetwork(PreflightRequest request) throws InterruptedException {
        var findings = new ArrayList<PreflightFinding>();
        SourceChecks.families(request.settings().sourceAddresses()).ifPresent(findings::add);
        for (var source : request.settings().sourceAddresses()) findings.add(SourceChecks.present(source));
        findings.addAll(asked(request, true));
        return findings;
    }

    /** @param callsToo whether resolvers are tried and mail servers of the operator's own are called */
    private List<PreflightFinding> asked(PreflightRequest request, boolean callsToo) throws InterruptedException {
        var settings = request.settings();
        var resolvers = settings.dns().resolvers();
        var questions = new ArrayList<Callable<List<PreflightFinding>>>();
        try (var dns = dns(resolvers)) {
            if (resolvers.isEmpty()) questions.add(() -> List.of(ResolverChecks.none()));
            for (var source : settings.sourceAddresses()) questions.add(() -> List.of(name(source, dns.resolver())));
            questions.addAll(pages(request));
            if (callsToo) questions.addAll(calls(settings, dns.resolver()));
            return together(questions);
        }
    }

    private List<Callable<List<PreflightFinding>>> calls(CensusSettings settings, Optional<MailResolver> dns) {
        var questions = new ArrayList<Callable<List<PreflightFinding>>>();
        for (var resolver : settings.dns().resolvers())
            questions.add(() -> List.of(
                    ResolverChecks.of(resolver, ResolverTrial.of(resolver.toInetSocketAddress(), DNS_TIMEOUT))));
        var ports = new PortChecks(portCall, settings.smtp().port());
        var sources = settings.sourceAddresses();
        for (var source : sources) questions.add(() -> List.of(ports.own(source)));
        questions.add(() -> ports.outgoing(sources, settings.smtp().canaries(), dns));
        return questions;
    }

    private static PreflightFinding name(SourceAddress source, Optional<MailResolver> dns) {
        return dns.map(resolver -> SourceChecks.name(source, resolver))
                .orElseGet(() -> notAsked(SOURCE_NAME, source.address().toString(), "there is no resolver to ask"));
    }

    private static List<Callable<List<PreflightFinding>>> pages(PreflightRequest request) {
        var identity = request.settings().identity();
        if (identity.contact().isEmpty() || identity.page().isEmpty()) return List.of(PageChecks::notSet);
        var contact = identity.contact().get();
        var page = identity.page().get();
        var sources = request.settings().sourceAddresses().stream()
                .map(source -> new CallingSource(source.address(), source.ehloName()))
                .toList();
        var checks = new PageChecks(PageFetcher.of(request), request.now());
        return List.of(
                () -> checks.probing(sources, contact),
                () -> List.of(checks.page(page, contact, sources)),
                () -> List.of(checks.sourcesFile(page, sources)));
    }

    /** The resolver for look-ups, if there is one. */
    private record LookUps(Optional<MailResolver> resolver) implements AutoCloseable {

        @Override
        public void close() {
            resolver.ifPresent(MailResolver::close);
        }
    }

    private static LookUps dns(List<ResolverAddress> resolvers) {
        if (resolvers.isEmpty()) return new LookUps(Optional.empty());
        var addresses =
                resolvers.stream().map(ResolverAddress::toInetSocketAddress).toList();
        return new LookUps(Optional.of(new MailResolver(ResolverSettings.of(addresses))));
    }

    private static List<PreflightFinding> together(List<Callable<List<PreflightFinding>>> questions)
            throws InterruptedException {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var findings = new ArrayList<PreflightFinding>();
            for (var answer : threads.invokeAll(questions)) findings.addAll(answer.get());
            return findings;
        } catch (ExecutionException bug) {
            throw new IllegalStateException("a check of the preflight failed", bug.getCause());
        }
    }
}
