package org.starttlscensus.job;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Records the messages. */
class RecordedProgress implements Progress {

    final List<String> messages = new CopyOnWriteArrayList<>();

    @Override
    public void begin(String step) {}

    @Override
    public void at(long done, long total) {}

    @Override
    public void say(String message) {
        messages.add(message);
    }
}
