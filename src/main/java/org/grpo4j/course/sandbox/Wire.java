package org.grpo4j.course.sandbox;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.util.StdConverter;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.util.Arrays;
import org.grpo4j.course.catalogue.Pieces;
import org.grpo4j.math.DoubleVector;
import org.grpo4j.math.RowGroups;
import org.grpo4j.math.TokenTable;
import org.grpo4j.task.TokenSequence;
import org.jspecify.annotations.Nullable;

/**
 * The values of pieces as JSON, to the last bit: numbers, arrays, the library's vectors and tables
 * as arrays, records as objects; {@code NaN} and the infinities as strings of that name.
 */
final class Wire {

  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(MapperFeature.AUTO_DETECT_IS_GETTERS)
          .addModule(new Jdk8Module())
          .addMixIn(DoubleVector.class, VectorAsArray.class)
          .addMixIn(TokenTable.class, TableAsArrays.class)
          .addMixIn(TokenSequence.class, SequenceAsArray.class)
          .addMixIn(RowGroups.class, GroupsAsArray.class)
          .build();

  private abstract static class VectorAsArray {
    @JsonValue
    abstract double[] toArray();

    @JsonCreator
    static DoubleVector of(double... values) {
      return DoubleVector.of(values);
    }
  }

  private abstract static class TableAsArrays {
    @JsonValue
    abstract double[][] toArrays();

    @JsonCreator
    static TokenTable of(double[][] rows) {
      return TokenTable.of(rows);
    }
  }

  private abstract static class SequenceAsArray {
    @JsonValue
    abstract int[] toArray();

    @JsonCreator
    static TokenSequence of(int... ids) {
      return TokenSequence.of(ids);
    }
  }

  @JsonSerialize(converter = GroupOfRow.class)
  private abstract static class GroupsAsArray {
    @JsonCreator
    static RowGroups of(int... groupIds) {
      return RowGroups.of(groupIds);
    }
  }

  /** The group of every row. */
  private static final class GroupOfRow extends StdConverter<RowGroups, int[]> {

    @Override
    public int[] convert(RowGroups groups) {
      int[] ids = new int[groups.rows()];
      Arrays.setAll(ids, groups::groupOf);
      return ids;
    }
  }

  private Wire() {}

  /**
   * One line from the grader to a submission: a piece and its arguments.
   *
   * @param piece the name of the method of {@link Pieces}
   * @param arguments its arguments
   */
  record Call(String piece, JsonNode arguments) {}

  /**
   * One line back.
   *
   * @param value the result; null if there is none
   * @param failure the kind of failure, if there is no result
   * @param sentence what happened
   * @param printed the beginning of what was printed meanwhile
   */
  record Answer(
      @Nullable JsonNode value,
      SubmissionException.@Nullable Kind failure,
      @Nullable String sentence,
      @Nullable String printed) {}

  /** The piece of this name. */
  static Method piece(String name) {
    return Arrays.stream(Pieces.class.getMethods())
        .filter(method -> method.isDefault() && method.getName().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no such piece: " + name));
  }

  static JsonNode json(@Nullable Object value) {
    return MAPPER.valueToTree(value);
  }

  /** The arguments of a piece. */
  static Object[] arguments(Method piece, JsonNode arguments) throws JsonProcessingException {
    Object[] values = new Object[piece.getParameterCount()];
    for (int i = 0; i < values.length; i++) {
      values[i] = value(arguments.get(i), piece.getGenericParameterTypes()[i]);
    }
    return values;
  }

  /** The value of this type. */
  static Object value(JsonNode node, Type type) throws JsonProcessingException {
    return MAPPER.treeToValue(node, MAPPER.constructType(type));
  }

  /** The value on one line. */
  static String line(Record value) {
    return json(value).toString();
  }

  static <T extends Record> T read(String line, Class<T> type) throws JsonProcessingException {
    return MAPPER.readValue(line, type);
  }
}
