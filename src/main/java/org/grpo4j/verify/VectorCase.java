package org.grpo4j.verify;

import com.fasterxml.jackson.databind.JsonNode;
import org.grpo4j.math.RowGroups;

/**
 * One problem of a golden vector file.
 *
 * @param name unique in its file
 * @param kind the kind of problem
 * @param inputs named numbers and arrays
 * @param options the configuration
 * @param expected named results
 * @param absoluteTolerance accepted is {@code |got - want| <= absolute + relative |want|}
 * @param relativeTolerance see there
 */
public record VectorCase(
    String name,
    String kind,
    CaseValues inputs,
    CaseValues options,
    JsonNode expected,
    double absoluteTolerance,
    double relativeTolerance) {

  /**
   * The groups of {@code rows} rows: the option {@code group_size}, or rows alone for estimators
   * that compare nothing within a group.
   */
  RowGroups groups(int rows) {
    boolean alone = kind.equals("advantage_remax");
    return RowGroups.consecutive(rows, alone ? 1 : options.integer("group_size"));
  }
}
