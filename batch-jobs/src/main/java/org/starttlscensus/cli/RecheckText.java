package org.starttlscensus.cli;

import java.io.PrintWriter;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.starttlscensus.fact.CensusNight;
import org.starttlscensus.job.SecondOpinion;
import org.starttlscensus.ondemand.CheckedServer;

/** What {@code census recheck} says to people. */
final class RecheckText {

    private RecheckText() {}

    static void print(
            PrintWriter words,
            CensusNight night,
            List<CheckedServer> servers,
            List<SecondOpinion.Reviewed> reviewed,
            List<SecondOpinion.Rewriting> published) {
        words.printf("Looked again, for night %s:%n", night);
        for (var server : servers) words.printf("  %-50s %s%n", server.endpoint(), words(server, reviewed));
        published.forEach(one -> words.println("Files: " + one.words() + "."));
        answer(words, night, reviewed, published);
    }

    /** What the operator may answer the postmaster. */
    private static void answer(
            PrintWriter words,
            CensusNight night,
            List<SecondOpinion.Reviewed> reviewed,
            List<SecondOpinion.Rewriting> published) {
        var corrected = reviewed.stream()
                .filter(one -> one.rowState() == SecondOpinion.RowState.CORRECTED)
                .toList();
        if (corrected.isEmpty()) return;
        words.println();
        words.println("An answer to the postmaster could be:");
        words.printf(
                "  We have looked again, and you are right. Night %s %s:%n"
                        + "  %s. What comes next is measured as every night.%n",
                night,
                published.stream()
                        .filter(one -> one.night().equals(night))
                        .map(one -> words(one.fileState()))
                        .findFirst()
                        .orElse("is put right"),
                String.join(
                        ", ",
                        corrected.stream().map(one -> one.endpoint().toString()).toList()));
    }

    private static String words(CheckedServer server, List<SecondOpinion.Reviewed> reviewed) {
        return switch (server.finding()) {
            case CheckedServer.Finding.Called _ ->
                reviewed.stream()
                        .filter(one -> one.endpoint().equals(server.endpoint()))
                        .map(one -> words(one.rowState()))
                        .findFirst()
                        .orElse("called");
            case CheckedServer.Finding.NotMeasured(var reason, var detail, var when) -> {
                var parts = new ArrayList<String>();
                parts.add("not called: " + CheckWords.of(reason));
                detail.map(Printable::line).ifPresent(parts::add);
                parts.add(when.map(at ->
                                "ask again: " + Moments.of(at, Clock.systemUTC().instant()))
                        .or(() -> CheckWords.again(reason).map(text -> text.replaceFirst("\\.$", "")))
                        .orElse("asking again shows no more"));
                yield String.join("; ", parts);
            }
            case CheckedServer.Finding.Reused _ -> "not called again";
        };
    }

    private static String words(SecondOpinion.FileState state) {
        return switch (state) {
            case WRITTEN -> "is published again with the new row, and a line in CHANGES.md";
            case UNCHANGED -> "is published with the new row";
            case NOT_THERE -> "is put right; its published files are to follow";
            case NOT_ACCEPTED -> "is not published yet, and will be with the new row";
        };
    }

    private static String words(SecondOpinion.RowState state) {
        return switch (state) {
            case CORRECTED -> "called; the night's row is put right";
            case AS_PUBLISHED -> "called; it shows nothing better than the night's row says, so the row stays";
            case NOT_PUBLISHED_YET -> "called; the night is not complete, and takes this look into account by itself";
            case NO_ROW -> "called; the night's files have no row that rests on a call to it, so the next night has it";
            case OTHER_VERSION -> "called; the night was judged by older definitions, so its row stays";
        };
    }
}
