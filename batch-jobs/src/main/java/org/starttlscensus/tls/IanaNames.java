package org.starttlscensus.tls;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.CipherSuite;
import org.bouncycastle.tls.ExtensionType;
import org.bouncycastle.tls.NamedGroup;
import org.bouncycastle.tls.SignatureScheme;

/**
 * One IANA registry of TLS: code points to names and back. Bouncy Castle names its constants as IANA does, so they are
 * the table; a code that it does not know is written as {@code 0x1A2B}.
 *
 * @see <a href="https://www.iana.org/assignments/tls-parameters/tls-parameters.xhtml">IANA: TLS parameters</a>
 */
final class IanaNames {

    static final IanaNames CIPHER_SUITES = new IanaNames(CipherSuite.class);
    static final IanaNames GROUPS = new IanaNames(NamedGroup.class);
    static final IanaNames SIGNATURE_SCHEMES = new IanaNames(SignatureScheme.class);
    static final IanaNames EXTENSIONS = new IanaNames(ExtensionType.class);
    static final IanaNames ALERTS = new IanaNames(AlertDescription.class);

    private final Map<Integer, String> names = new HashMap<>();
    private final Map<String, Integer> codes = new HashMap<>();

    private IanaNames(Class<?> constants) {
        for (var field : constants.getFields()) {
            if (!isCodePoint(field)) continue;
            var code = codeOf(field);
            names.putIfAbsent(code, field.getName());
            codes.put(field.getName(), code);
        }
    }

    String name(int code) {
        return Optional.ofNullable(names.get(code)).orElseGet(() -> "0x%04X".formatted(code));
    }

    /** For our own words only: a name that is not in the registry is an error of ours. */
    int code(String name) {
        return Optional.ofNullable(codes.get(name))
                .orElseThrow(
                        () -> new IllegalArgumentException("not in IANA's registry as we know it: \"" + name + "\""));
    }

    private static boolean isCodePoint(Field field) {
        return Modifier.isStatic(field.getModifiers())
                && (field.getType() == int.class || field.getType() == short.class)
                && !field.getName().startsWith("DRAFT_")
                && !field.getName().startsWith("OQS_");
    }

    private static int codeOf(Field field) {
        try {
            return field.getInt(null);
        } catch (IllegalAccessException impossible) {
            throw new IllegalStateException("public constants can be read: " + field, impossible);
        }
    }
}
