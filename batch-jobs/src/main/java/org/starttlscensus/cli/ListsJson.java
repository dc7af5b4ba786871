package org.starttlscensus.cli;

import java.util.List;

/** {@code census lists --json}. */
record ListsJson(List<ListJson> lists) {}
