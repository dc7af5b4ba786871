package org.starttlscensus.settings;

/**
 * The operator's configuration cannot be used: exit 2. The message names the key, the value, where it was given and
 * what is allowed; it never shows a password.
 */
public final class SettingException extends RuntimeException {

    SettingException(String message) {
        super(message);
    }

    SettingException(String message, Exception cause) {
        super(message, cause);
    }
}
