package org.starttlscensus.dispatch;

/** Why a planned endpoint was not called tonight after all; labels of the plan and of the outcomes {@code not_attempted_*}. */
public enum NotCalled {
    /** Its provider is left alone for the rest of the night. */
    SUSPENDED("suspended"),
    /** Its operator has asked us to stay away. */
    OPTED_OUT("opted_out"),
    /** A total of the night is used up. */
    BUDGET("budget"),
    /** The night's window closed, or the operator asked to stop. */
    WINDOW_END("window_end");

    private final String label;

    NotCalled(String label) {
        this.label = label;
    }

    public String label() {
        return label;
    }
}
