package org.starttlscensus.job;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import org.starttlscensus.job.NightSteps.Took;

/** The time of each step by size and night, and how it grows. */
final class NightsTable {

    private static final String LATER = "assess + aggregate + history";

    private final List<Integer> sizes;
    private final List<Integer> nights;
    private final Map<String, Map<String, Took>> steps = new LinkedHashMap<>();

    NightsTable(List<Integer> sizes, List<Integer> nights) {
        this.sizes = sizes;
        this.nights = nights;
    }

    void add(int size, int night, Map<String, Took> measured) {
        measured.forEach((step, took) -> put(step, size, night, took));
        put(LATER, size, night, sum(measured, step -> step.matches("(assess|aggregate|record).*")));
        put("all", size, night, sum(measured, _ -> true));
    }

    private static Took sum(Map<String, Took> measured, Predicate<String> wanted) {
        return measured.entrySet().stream()
                .filter(step -> wanted.test(step.getKey()))
                .map(Map.Entry::getValue)
                .reduce(new Took(0, 0), Took::plus);
    }

    private void put(String step, int size, int night, Took took) {
        steps.computeIfAbsent(step, _ -> new LinkedHashMap<>()).put(size + "@" + night, took);
    }

    void print(String title) {
        System.out.println(title);
        print("seconds, servers@night", Took::wall);
        print("processor, servers@night", Took::processor);
        System.out.println("""
                processor: seconds of all processes of the database and of this one; what else the machine does
                lengthens it less. growth: what the largest size costs beyond nothing, over what the smallest does, over
                how many times larger it is, on the last night; wanted <= 1.15. ageing: night %d over night 2, at the
                largest size; wanted <= 1.20.""".formatted(nights.getLast()));
    }

    private void print(String what, ToDoubleFunction<Took> figure) {
        var head = new StringBuilder("%-29s".formatted(what));
        var columns = new ArrayList<String>();
        for (var size : sizes) for (var night : nights) columns.add(size + "@" + night);
        for (var column : columns) head.append("%11s".formatted(column));
        System.out.println(head.append("%8s%8s".formatted("growth", "ageing")));
        steps.forEach((step, took) -> {
            var line = new StringBuilder("%-29s".formatted(step));
            for (var column : columns) line.append("%11.2f".formatted(figure.applyAsDouble(took.get(column))));
            System.out.println(line.append("%8s%8s".formatted(growth(took, figure), ageing(took, figure))));
        });
    }

    private String growth(Map<String, Took> took, ToDoubleFunction<Took> figure) {
        var night = "@" + nights.getLast();
        var nothing = figure.applyAsDouble(took.get(0 + night));
        var times = (double) sizes.getLast() / sizes.getFirst();
        return "%.2f"
                .formatted((figure.applyAsDouble(took.get(sizes.getLast() + night)) - nothing)
                        / (figure.applyAsDouble(took.get(sizes.getFirst() + night)) - nothing)
                        / times);
    }

    private String ageing(Map<String, Took> took, ToDoubleFunction<Took> figure) {
        if (!nights.contains(2)) return "-";
        return "%.2f"
                .formatted(figure.applyAsDouble(took.get(sizes.getLast() + "@" + nights.getLast()))
                        / figure.applyAsDouble(took.get(sizes.getLast() + "@2")));
    }
}
