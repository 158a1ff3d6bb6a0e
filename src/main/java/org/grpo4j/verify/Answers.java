package org.grpo4j.verify;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.grpo4j.math.DoubleVector;
import org.grpo4j.math.TokenTable;

/** The named results that a check computed. */
public final class Answers {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final ObjectNode values = MAPPER.createObjectNode();

  /** Adds a number. */
  Answers with(String name, double value) {
    values.put(name, value);
    return this;
  }

  /** Adds a text. */
  Answers with(String name, String value) {
    values.put(name, value);
    return this;
  }

  /** Adds numbers. */
  Answers with(String name, DoubleVector value) {
    return with(name, value.toArray());
  }

  /** Adds {@code size} numbers. */
  Answers with(String name, int size, IntToDoubleFunction number) {
    return with(name, DoubleVector.of(IntStream.range(0, size).mapToDouble(number).toArray()));
  }

  /** Adds everything of {@code others}. */
  Answers and(Answers others) {
    values.setAll(others.values);
    return this;
  }

  /** Adds rows of numbers. */
  Answers with(String name, TokenTable value) {
    return with(name, value.toArrays());
  }

  /** Adds tables of numbers. */
  Answers with(String name, List<TokenTable> value) {
    return with(name, value.stream().map(TokenTable::toArrays).toArray());
  }

  private Answers with(String name, Object arrays) {
    values.set(name, MAPPER.valueToTree(arrays));
    return this;
  }

  /** Adds results under a common name. */
  Answers with(String name, Answers nested) {
    values.set(name, nested.values);
    return this;
  }

  /** Everything as JSON. */
  JsonNode json() {
    return values;
  }
}
