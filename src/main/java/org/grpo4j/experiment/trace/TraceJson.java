package org.grpo4j.experiment.trace;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.grpo4j.math.DoubleVector;
import org.grpo4j.math.TokenTable;

/**
 * JSON of the trace: records in snake case, vectors and tables as arrays. A number is written so
 * that it is read back to the same bits; those that JSON does not have are the strings {@code
 * "NaN"}, {@code "Infinity"} and {@code "-Infinity"}. Unknown, missing and duplicate keys are
 * errors.
 */
final class TraceJson {

  /** Above it not every integer is a double. */
  private static final double LARGEST_INTEGER = 1L << 53;

  static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .addModule(new Jdk8Module())
          .addModule(
              new SimpleModule()
                  .addSerializer(DoubleVector.class, new VectorWriter())
                  .addDeserializer(DoubleVector.class, new VectorReader())
                  .addSerializer(TokenTable.class, new TableWriter())
                  .addDeserializer(TokenTable.class, new TableReader()))
          .build();

  private TraceJson() {}

  private static void write(DoubleVector vector, JsonGenerator out) throws IOException {
    out.writeStartArray();
    for (int i = 0; i < vector.size(); i++) {
      double value = vector.get(i);
      boolean integer = value == Math.rint(value) && Math.abs(value) < LARGEST_INTEGER;
      if (integer && Double.doubleToRawLongBits(value) != Long.MIN_VALUE) { // not -0.0
        out.writeNumber((long) value);
      } else {
        out.writeNumber(value);
      }
    }
    out.writeEndArray();
  }

  private static DoubleVector readVector(JsonParser in, DeserializationContext context)
      throws IOException {
    requireArray(in, context);
    double[] values = new double[8];
    int size = 0;
    while (in.nextToken() != JsonToken.END_ARRAY) {
      if (size == values.length) {
        values = Arrays.copyOf(values, 2 * size);
      }
      values[size++] = readNumber(in, context);
    }
    return DoubleVector.of(Arrays.copyOf(values, size));
  }

  private static double readNumber(JsonParser in, DeserializationContext context)
      throws IOException {
    if (in.currentToken().isNumeric()) {
      return in.getDoubleValue();
    }
    String text = in.currentToken() == JsonToken.VALUE_STRING ? in.getText() : "";
    return switch (text) {
      case "NaN" -> Double.NaN;
      case "Infinity" -> Double.POSITIVE_INFINITY;
      case "-Infinity" -> Double.NEGATIVE_INFINITY;
      default ->
          throw context.wrongTokenException(
              in, double.class, JsonToken.VALUE_NUMBER_FLOAT, "a number is needed");
    };
  }

  private static void requireArray(JsonParser in, DeserializationContext context)
      throws IOException {
    if (!in.isExpectedStartArrayToken()) {
      throw context.wrongTokenException(
          in, DoubleVector.class, JsonToken.START_ARRAY, "an array of numbers is needed");
    }
  }

  private static final class VectorWriter extends StdSerializer<DoubleVector> {
    private static final long serialVersionUID = 1;

    VectorWriter() {
      super(DoubleVector.class);
    }

    @Override
    public void serialize(DoubleVector vector, JsonGenerator out, SerializerProvider provider)
        throws IOException {
      write(vector, out);
    }
  }

  private static final class VectorReader extends StdDeserializer<DoubleVector> {
    private static final long serialVersionUID = 1;

    VectorReader() {
      super(DoubleVector.class);
    }

    @Override
    public DoubleVector deserialize(JsonParser in, DeserializationContext context)
        throws IOException {
      return readVector(in, context);
    }
  }

  private static final class TableWriter extends StdSerializer<TokenTable> {
    private static final long serialVersionUID = 1;

    TableWriter() {
      super(TokenTable.class);
    }

    @Override
    public void serialize(TokenTable table, JsonGenerator out, SerializerProvider provider)
        throws IOException {
      out.writeStartArray();
      for (int i = 0; i < table.rows(); i++) {
        write(table.row(i), out);
      }
      out.writeEndArray();
    }
  }

  private static final class TableReader extends StdDeserializer<TokenTable> {
    private static final long serialVersionUID = 1;

    TableReader() {
      super(TokenTable.class);
    }

    @Override
    public TokenTable deserialize(JsonParser in, DeserializationContext context)
        throws IOException {
      requireArray(in, context);
      List<DoubleVector> rows = new ArrayList<>();
      while (in.nextToken() != JsonToken.END_ARRAY) {
        rows.add(readVector(in, context));
      }
      return TokenTable.of(rows);
    }
  }
}
