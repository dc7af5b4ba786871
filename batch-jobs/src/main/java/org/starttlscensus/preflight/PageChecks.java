package org.starttlscensus.preflight;

import static org.starttlscensus.preflight.PreflightCheck.PAGE;
import static org.starttlscensus.preflight.PreflightCheck.PROBING;
import static org.starttlscensus.preflight.PreflightFinding.fine;
import static org.starttlscensus.preflight.PreflightFinding.refuse;
import static org.starttlscensus.preflight.PreflightFinding.warn;

import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.starttlscensus.identity.CallingSource;
import org.starttlscensus.identity.IdentityPage;
import org.starttlscensus.identity.ProbingFile;
import org.starttlscensus.identity.ServedProbing;
import org.starttlscensus.identity.ServedProbing.ProbingFault;
import org.starttlscensus.preflight.PageFetcher.PageAnswer;

/** Whether others find what {@code census identity} wrote, and whether it is still true. */
final class PageChecks {

    private static final String WRITE =
            "census identity write makes the files, census identity says where each belongs";

    private final PageFetcher fetcher;
    private final Instant now;

    PageChecks(PageFetcher fetcher, Instant now) {
        this.fetcher = fetcher;
        this.now = now;
    }

    static List<PreflightFinding> notSet() {
        return List.of(refuse(
                PAGE,
                "",
                "census.identity.contact or census.identity.page is not set",
                "set both: how you are reached, and the page that says who calls and how to opt out. " + WRITE));
    }

    /** One file for each name, however many addresses have it. */
    List<PreflightFinding> probing(List<CallingSource> sources, URI contact) {
        var findings = new ArrayList<PreflightFinding>();
        for (var place : sources.stream()
                .map(source -> ProbingFile.at(source, ProbingFile.PROBING))
                .distinct()
                .toList()) {
            findings.add(probing(place, contact));
        }
        return findings;
    }

    private PreflightFinding probing(URI place, URI contact) {
        return switch (fetcher.fetch(place)) {
            case PageAnswer.NotServed(var why) ->
                refuse(
                        PROBING,
                        place.toString(),
                        "it cannot be fetched: " + why,
                        "serve it there over HTTPS. " + WRITE);
            case PageAnswer.ServedPage(var type, var text) ->
                probing(place, type, ServedProbing.of(text).faults(contact, place, now));
        };
    }

    private static PreflightFinding probing(URI place, String type, List<ProbingFault> faults) {
        var words = new ArrayList<>(faults.stream().map(ProbingFault::words).toList());
        if (!type.startsWith("text/plain"))
            words.add("its Content-Type is %s, not text/plain".formatted(type.isEmpty() ? "not said" : type));
        if (words.isEmpty()) return fine(PROBING, place.toString(), "served, and not expired");
        var seen = String.join("; ", words);
        return faults.stream().anyMatch(ProbingFault::isGrave)
                ? refuse(PROBING, place.toString(), seen, "write it anew. " + WRITE)
                : warn(PROBING, place.toString(), seen, "write it anew. " + WRITE);
    }

    PreflightFinding page(URI page, URI contact, List<CallingSource> sources) {
        return switch (fetcher.fetch(page)) {
            case PageAnswer.NotServed(var why) ->
                refuse(PAGE, page.toString(), "it cannot be fetched: " + why, "serve it there over HTTPS. " + WRITE);
            case PageAnswer.ServedPage(var _, var text) -> content(page, text, contact, sources);
        };
    }

    /** The file for programs, beside the page. */
    PreflightFinding sourcesFile(URI page, List<CallingSource> sources) {
        var place = IdentityPage.sourcesFile(page);
        var toDo = "serve it beside the page. " + WRITE;
        return switch (fetcher.fetch(place)) {
            case PageAnswer.NotServed(var why) -> warn(PAGE, place.toString(), "it cannot be fetched: " + why, toDo);
            case PageAnswer.ServedPage(var _, var text) -> {
                var unnamed = unnamed(text, sources);
                yield unnamed.isEmpty()
                        ? fine(PAGE, place.toString(), "served, with all source addresses")
                        : warn(PAGE, place.toString(), "it does not name " + unnamed, toDo);
            }
        };
    }

    private static String unnamed(String text, List<CallingSource> sources) {
        return sources.stream()
                .map(source -> source.address().toString())
                .filter(address -> !text.contains(address))
                .collect(Collectors.joining(", "));
    }

    private static PreflightFinding content(URI page, String text, URI contact, List<CallingSource> sources) {
        var missing = new ArrayList<String>();
        if (!text.contains(contact.getSchemeSpecificPart())) missing.add("the contact " + contact);
        if (!text.contains(IdentityPage.OPT_OUT_TEXT)) missing.add("the record to opt out by");
        var unnamed = unnamed(text, sources);
        if (!unnamed.isEmpty()) missing.add("the addresses that call: " + unnamed);
        return missing.isEmpty()
                ? fine(PAGE, page.toString(), "served, with the contact, all source addresses and how to opt out")
                : warn(
                        PAGE,
                        page.toString(),
                        "it does not say %s".formatted(String.join("; ", missing)),
                        "write it anew, or add that. " + WRITE);
    }
}
