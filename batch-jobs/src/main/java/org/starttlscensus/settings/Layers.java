package org.starttlscensus.settings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.springframework.boot.env.PropertiesPropertySourceLoader;
import org.springframework.boot.env.PropertySourceLoader;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.boot.origin.OriginTrackedValue;
import org.springframework.boot.origin.TextResourceOrigin;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.FileSystemResource;
import org.springframework.core.io.Resource;

/** Reads the four sources of settings. */
final class Layers {

    private static final String VARIABLES = "CENSUS_";
    /** Read by the launcher script, not by this program. */
    private static final String LAUNCHER_VARIABLES = "CENSUS_LAUNCHER_";

    private Layers() {}

    /** If a key is given twice, the last value counts, as is usual for command-line options. */
    static Layer ofSetPairs(List<String> pairs) {
        var given = new LinkedHashMap<String, Layer.Given>();
        for (var pair : pairs) {
            int equals = pair.indexOf('=');
            if (equals < 1) {
                throw new SettingException(
                        "--set \"%s\": not a setting; expected is --set KEY=VALUE, for example --set %s=2525"
                                .formatted(pair, SettingKeys.SMTP_PORT));
            }
            given.put(
                    pair.substring(0, equals).strip(),
                    new Layer.Given(pair.substring(equals + 1).strip(), "--set"));
        }
        return new Layer(given);
    }

    /** An empty variable counts as unset, because service managers and compose files write it for "no value". */
    static Layer ofEnvironment(Map<String, String> environment) {
        var given = new LinkedHashMap<String, Layer.Given>();
        environment.forEach((variable, value) -> {
            if (!variable.startsWith(VARIABLES) || variable.startsWith(LAUNCHER_VARIABLES)) return;
            var settingKey = SettingKeys.ofVariable(variable).orElseThrow(() -> unknown(variable));
            if (!value.isBlank())
                given.put(settingKey.name(), new Layer.Given(value.strip(), "environment variable " + variable));
        });
        return new Layer(given);
    }

    private static SettingException unknown(String variable) {
        return new SettingException("environment variable %s: matches no key; %s"
                .formatted(
                        variable,
                        Spelling.nearest(
                                        variable,
                                        SettingKeys.ALL.stream()
                                                .map(SettingKey::variable)
                                                .toList())
                                .map(known -> "did you mean " + known + "?")
                                .orElse("unset it, or name it after a key: %s is %s"
                                        .formatted(SettingKeys.LISTS, SettingKeys.LISTS.variable()))));
    }

    /** The given file, else {@code census.yaml} or {@code census.properties} of the current directory. */
    static Layer ofFile(Optional<Path> given, Path currentDirectory) {
        var file = given.map(currentDirectory::resolve).or(() -> defaultFile(currentDirectory));
        return file.map(Layers::ofFile).orElseGet(() -> new Layer(Map.of()));
    }

    private static Optional<Path> defaultFile(Path directory) {
        var yaml = directory.resolve("census.yaml");
        var properties = directory.resolve("census.properties");
        if (Files.exists(yaml) && Files.exists(properties)) {
            throw new SettingException(
                    "both %s and %s exist; keep one, or choose one with --config FILE".formatted(yaml, properties));
        }
        return Files.exists(yaml) ? Optional.of(yaml) : Optional.of(properties).filter(Files::exists);
    }

    private static Layer ofFile(Path file) {
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            throw new SettingException("configuration file %s: does not exist, or cannot be read".formatted(file));
        }
        var loader = loaderOf(file);
        try {
            return load(loader, new FileSystemResource(file), file.toString(), "");
        } catch (IOException | RuntimeException e) {
            if (e instanceof SettingException refused) throw refused;
            throw new SettingException(
                    "configuration file %s: cannot be read as %s: %s"
                            .formatted(file, loader.getFileExtensions()[0], e.getMessage()),
                    e);
        }
    }

    private static PropertySourceLoader loaderOf(Path file) {
        var name = file.getFileName().toString();
        if (name.endsWith(".yaml") || name.endsWith(".yml")) return new YamlPropertySourceLoader();
        if (name.endsWith(".properties")) return new PropertiesPropertySourceLoader();
        throw new SettingException(
                "configuration file %s: its name must end in .yaml, .yml or .properties".formatted(file));
    }

    /** Only our keys, because the jar's {@code application.yaml} may also have keys of Spring. */
    static Layer ofDefaults() {
        try {
            return load(
                    new YamlPropertySourceLoader(), new ClassPathResource("application.yaml"), "built in", "census.");
        } catch (IOException e) {
            throw new IllegalStateException("the program's own application.yaml cannot be read", e);
        }
    }

    private static Layer load(PropertySourceLoader loader, Resource resource, String where, String prefix)
            throws IOException {
        var documents = loader.load(where, resource);
        if (documents.size() > 1)
            throw new SettingException(
                    "configuration file %s: has %d YAML documents; expected is one".formatted(where, documents.size()));
        var given = new LinkedHashMap<String, Layer.Given>();
        for (var document : documents) {
            var properties = (EnumerablePropertySource<?>) document;
            for (var name : properties.getPropertyNames()) {
                if (name.startsWith(prefix))
                    given.put(
                            name,
                            given(
                                    Objects.requireNonNull(properties.getProperty(name)),
                                    document.getSource(),
                                    name,
                                    where));
            }
        }
        return new Layer(given);
    }

    private static Layer.Given given(Object value, Object source, String name, String where) {
        var tracked = source instanceof Map<?, ?> map && map.get(name) instanceof OriginTrackedValue origin
                ? origin.getOrigin()
                : null;
        var line = tracked instanceof TextResourceOrigin text && text.getLocation() != null
                ? ", line " + (text.getLocation().getLine() + 1)
                : "";
        return new Layer.Given(value.toString().strip(), where + line);
    }
}
