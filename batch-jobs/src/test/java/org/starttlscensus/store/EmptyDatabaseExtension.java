package org.starttlscensus.store;

import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.starttlscensus.postgres.EmbeddedPostgresFiles;

/**
 * Opens an {@link EmptyDatabase} before all tests of a class, puts it into the class's static field of type
 * {@link Database}, and closes it after all tests. Nested classes use the field of their outer class.
 */
public final class EmptyDatabaseExtension implements BeforeAllCallback, AfterAllCallback {

    private static final ExtensionContext.Namespace NAMESPACE =
            ExtensionContext.Namespace.create(EmptyDatabaseExtension.class);

    private record Opened(Database database, Path directory) {}

    @Override
    public void beforeAll(ExtensionContext context) throws IOException, IllegalAccessException {
        var field = field(context.getRequiredTestClass());
        if (field.isEmpty()) return;
        var directory = Files.createTempDirectory("empty-database-");
        var database = EmptyDatabase.in(directory);
        context.getStore(NAMESPACE).put(context.getUniqueId(), new Opened(database, directory));
        field.get().setAccessible(true);
        field.get().set(null, database);
    }

    @Override
    public void afterAll(ExtensionContext context) throws IOException {
        var opened = context.getStore(NAMESPACE).remove(context.getUniqueId(), Opened.class);
        if (opened == null) return;
        opened.database().close();
        EmbeddedPostgresFiles.removeLeftovers(
                opened.directory().getParent(), opened.directory().getFileName().toString());
    }

    private static Optional<Field> field(Class<?> testClass) {
        return Arrays.stream(testClass.getDeclaredFields())
                .filter(field -> Modifier.isStatic(field.getModifiers()) && field.getType() == Database.class)
                .findFirst();
    }
}
