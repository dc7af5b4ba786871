package org.starttlscensus.store;

import java.nio.file.Path;
import java.util.List;

/** Another process that uses an embedded database: says where it is, and leaves when its standard input ends. */
final class EmbeddedGuest {

    private EmbeddedGuest() {}

    public static void main(String[] arguments) throws Exception {
        try (var database = Database.openEmbedded(Path.of(arguments[0]), List.of("classpath:store/one"))) {
            var lock = arguments.length > 1 ? database.tryRunLock().isPresent() : false;
            System.out.println(database.where() + " " + lock);
            while (System.in.read() >= 0) Thread.onSpinWait();
        }
    }
}
