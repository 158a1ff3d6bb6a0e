package org.grpo4j.playground.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The updates of a run that are known: the settings of each, and the rewards that somebody gave by
 * hand. The first update that is not known has settings too.
 */
final class Past {

  private final List<RunSettings> versions = new ArrayList<>();
  private final List<Done> updates = new ArrayList<>();
  private int next;

  /** An update: with which version of the settings, and what was given by hand. */
  private record Done(int version, Map<Integer, Double> byHand) {
    private Done {
      byHand = new TreeMap<>(byHand); // Map.copyOf of none cannot be asked anything in a browser
    }
  }

  Past(RunSettings first) {
    versions.add(first);
  }

  /** Updates that are known. */
  int size() {
    return updates.size();
  }

  /** The settings of an update. */
  RunSettings settings(int update) {
    return versions.get(version(update));
  }

  /** Whether two updates have the same settings. */
  boolean isAlike(int update, int other) {
    return version(update) == version(other);
  }

  /** The first update of those before an update that have its settings. */
  int unchangedSince(int update) {
    int from = update;
    while (from > 0 && isAlike(from - 1, update)) {
      from--;
    }
    return from;
  }

  private int version(int update) {
    return update < updates.size() ? updates.get(update).version() : next;
  }

  /** The rewards by hand of an update that is known; none of any other. */
  Map<Integer, Double> byHand(int update) {
    return update < updates.size() ? updates.get(update).byHand() : Map.of();
  }

  /** One more update is known. */
  void add(Map<Integer, Double> byHand) {
    updates.add(new Done(next, byHand));
  }

  /** Nothing is known of this update and those after it but its settings. */
  void giveUp(int update) {
    next = version(update);
    updates.subList(update, updates.size()).clear();
  }

  /** The updates that are not known yet have other settings. */
  void change(RunSettings other) {
    versions.add(other);
    next = versions.size() - 1;
  }
}
