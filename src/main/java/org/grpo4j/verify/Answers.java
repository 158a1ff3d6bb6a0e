package org.grpo4j.verify;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.grpo4j.math.DoubleVector;
import org.grpo4j.math.TokenTable;

/** The named results that a check computed. */
public final class Answers {

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private final ObjectNode values = JSON.objectNode();

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
    values.set(name, array(value));
    return this;
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
    values.set(name, array(value));
    return this;
  }

  /** Adds tables of numbers. */
  Answers with(String name, List<TokenTable> value) {
    ArrayNode tables = JSON.arrayNode();
    for (TokenTable table : value) {
      tables.add(array(table));
    }
    values.set(name, tables);
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

  private static ArrayNode array(DoubleVector vector) {
    ArrayNode array = JSON.arrayNode();
    for (int i = 0; i < vector.size(); i++) {
      array.add(vector.get(i));
    }
    return array;
  }

  private static ArrayNode array(TokenTable table) {
    ArrayNode rows = JSON.arrayNode();
    for (int i = 0; i < table.rows(); i++) {
      rows.add(array(table.row(i)));
    }
    return rows;
  }
}
