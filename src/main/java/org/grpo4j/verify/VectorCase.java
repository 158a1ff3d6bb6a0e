package org.grpo4j.verify;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * One problem of a golden vector file.
 *
 * @param name unique in its file
 * @param kind what is computed
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
    double relativeTolerance) {}
