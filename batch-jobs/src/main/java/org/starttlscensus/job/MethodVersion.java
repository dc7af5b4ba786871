package org.starttlscensus.job;

/**
 * The version of the definitions by which nights are measured and judged. datasets/CHANGES.md lists what each changed.
 */
public final class MethodVersion {

    public static final String VERSION = "2026-11g";

    private MethodVersion() {}
}
