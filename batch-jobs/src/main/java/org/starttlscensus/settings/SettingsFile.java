package org.starttlscensus.settings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.springframework.boot.env.PropertiesPropertySourceLoader;
import org.springframework.boot.env.PropertySourceLoader;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.boot.origin.OriginTrackedValue;
import org.springframework.boot.origin.TextResourceOrigin;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.io.FileSystemResource;

/** Reads one settings file, YAML or properties. Paths in it are relative to its own folder. */
final class SettingsFile {

    private static final Pattern YAML_PLACE = Pattern.compile("line ([0-9]+), column [0-9]+");

    private final Path file;

    private SettingsFile(Path file) {
        this.file = file;
    }

    static Layer read(Path file) {
        return new SettingsFile(file).layer();
    }

    private Layer layer() {
        requireReadable();
        var loader = loader();
        try {
            return load(loader);
        } catch (IOException | RuntimeException e) {
            if (e instanceof SettingException refused) throw refused;
            throw new SettingException(
                    "configuration file %s%s: cannot be read as %s: %s"
                            .formatted(file, place(e), loader.getFileExtensions()[0], e.getMessage()),
                    e);
        }
    }

    private void requireReadable() {
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) throw refused("does not exist");
        if (!Files.exists(file)) throw refused("is a link that leads nowhere");
        if (!Files.isRegularFile(file)) throw refused("is not a file");
        if (!Files.isReadable(file)) throw refused("cannot be read by this user");
    }

    private SettingException refused(String what) {
        return new SettingException("configuration file %s: %s".formatted(file, what));
    }

    private PropertySourceLoader loader() {
        var name = String.valueOf(file.getFileName());
        if (name.endsWith(".yaml") || name.endsWith(".yml")) return new YamlPropertySourceLoader();
        if (name.endsWith(".properties")) return new PropertiesPropertySourceLoader();
        throw refused("its name must end in .yaml, .yml or .properties");
    }

    /** YAML's messages name places; the last one is where it went wrong. */
    private static String place(Exception e) {
        return YAML_PLACE
                .matcher(String.valueOf(e.getMessage()))
                .results()
                .reduce((_, last) -> last)
                .map(last -> ", line " + last.group(1))
                .orElse("");
    }

    private Layer load(PropertySourceLoader loader) throws IOException {
        var documents = loader.load(file.toString(), new FileSystemResource(file));
        if (documents.size() > 1) throw refused("has %d YAML documents; expected is one".formatted(documents.size()));
        var given = new LinkedHashMap<String, Layer.Given>();
        for (var document : documents) {
            var properties = (EnumerablePropertySource<?>) document;
            for (var name : properties.getPropertyNames()) {
                var value = Objects.requireNonNull(properties.getProperty(name));
                given.put(name, given(name, value.toString().strip(), document.getSource()));
            }
        }
        return new Layer(given);
    }

    private Layer.Given given(String name, String value, Object source) {
        var tracked = source instanceof Map<?, ?> map && map.get(name) instanceof OriginTrackedValue origin
                ? origin.getOrigin()
                : null;
        var line = tracked instanceof TextResourceOrigin text && text.getLocation() != null
                ? ", line " + (text.getLocation().getLine() + 1)
                : "";
        return new Layer.Given(located(name, value), file + line);
    }

    private String located(String name, String value) {
        var kind = SettingKeys.named(Layer.withoutIndex(name)).map(SettingKey::valueKind);
        if (kind.isEmpty() || !kind.get().isPath() || value.isEmpty()) return value;
        var isOneOfAList = !name.equals(Layer.withoutIndex(name));
        if (!kind.get().isList() || isOneOfAList) return located(value);
        return Arrays.stream(value.split(","))
                .map(String::strip)
                .map(this::located)
                .collect(Collectors.joining(","));
    }

    /** A text that is no path is refused later, with its key. */
    private String located(String path) {
        try {
            return Optional.ofNullable(file.getParent())
                    .map(folder -> folder.resolve(path).normalize().toString())
                    .orElse(path);
        } catch (InvalidPathException e) {
            return path;
        }
    }
}
