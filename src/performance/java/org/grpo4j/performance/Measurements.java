package org.grpo4j.performance;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.grpo4j.experiment.files.Json;

/**
 * The file of a part: every single measurement, and the circumstances.
 *
 * @param circumstances where and when
 * @param rounds how often the rounds of the part were made
 * @param series the numbers, in the order in which they were first measured
 */
record Measurements(Circumstances circumstances, int rounds, List<Series> series) {

  /**
   * One number, measured again and again; in two series of a part that is made in rounds, equal
   * places are of the same round.
   *
   * @param subject what was measured, such as {@code grpo4j}
   * @param at its size or number of cores
   * @param quantity what of it, with its unit: {@code step_seconds}
   * @param values the measurements in their order
   */
  record Series(String subject, String at, String quantity, List<Double> values) {

    private boolean is(String ofSubject, String ofSize, String ofQuantity) {
      return subject.equals(ofSubject) && at.equals(ofSize) && quantity.equals(ofQuantity);
    }
  }

  static Measurements begin(int rounds) {
    return new Measurements(Circumstances.now(), rounds, new ArrayList<>());
  }

  void add(String subject, String at, String quantity, double value) {
    Series known =
        series.stream()
            .filter(one -> one.is(subject, at, quantity))
            .findFirst()
            .orElseGet(
                () -> {
                  Series added = new Series(subject, at, quantity, new ArrayList<>());
                  series.add(added);
                  return added;
                });
    known.values().add(value);
  }

  /** Adds every number of an object under its name. */
  void add(String subject, String at, JsonNode numbers) {
    numbers
        .properties()
        .forEach(
            entry -> {
              if (entry.getValue().isNumber()) {
                add(subject, at, entry.getKey(), entry.getValue().doubleValue());
              }
            });
  }

  /** The measurements of one quantity; nothing if there is none. */
  Sample sample(String subject, String at, String quantity) {
    return new Sample(
        series.stream()
            .filter(one -> one.is(subject, at, quantity))
            .flatMap(one -> one.values().stream())
            .toList());
  }

  /** The subjects measured at {@code at}, in order. */
  List<String> subjects(String at) {
    return distinct(series.stream().filter(one -> one.at().equals(at)).map(Series::subject));
  }

  /** The sizes at which {@code subject} was measured, in order. */
  List<String> sizes(String subject) {
    return distinct(series.stream().filter(one -> one.subject().equals(subject)).map(Series::at));
  }

  private static List<String> distinct(Stream<String> all) {
    return all.distinct().toList();
  }

  void write(Path file) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    Files.writeString(file, Json.pretty(Json.tree(this)));
  }

  static Measurements read(Path file) throws IOException {
    return Json.record(Json.read(file), Measurements.class);
  }
}
