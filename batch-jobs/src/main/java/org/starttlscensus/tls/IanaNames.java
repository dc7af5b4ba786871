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
 * One IANA registry of TLS: maps code points to names and back. The table is Bouncy Castle's constants, which have
 * IANA's names. A code that is not among them is written as {@code 0x1A2B}. Immutable.
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

    /** For names in our own files only: a name that is not in the registry is our bug. */
    int code(String name) {
        return Optional.ofNullable(codes.get(name))
                .orElseThrow(() -> new IllegalArgumentException("not a name in IANA's registry: \"" + name + "\""));
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
            throw new IllegalStateException("a public constant cannot be read: " + field, impossible);
        }
    }
}
