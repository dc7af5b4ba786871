package org.starttlscensus.job;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps what a person would have been told. */
final class ToldProgress implements Progress {

    final List<String> said = new CopyOnWriteArrayList<>();

    @Override
    public void begin(String step) {}

    @Override
    public void at(long done, long total) {}

    @Override
    public void say(String words) {
        said.add(words);
    }
}
