package org.grpo4j.experiment.trace;

import com.fasterxml.jackson.annotation.JacksonInject;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.InjectableValues;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import com.fasterxml.jackson.databind.introspect.AnnotatedMember;
import com.fasterxml.jackson.databind.introspect.AnnotatedParameter;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.grpo4j.math.DoubleVector;
import org.grpo4j.math.TokenTable;
import org.jspecify.annotations.Nullable;

/**
 * JSON of the trace: records in snake case, vectors and tables as arrays. A number is written so
 * that it is read back to the same bits; those that JSON does not have are the strings {@code
 * "NaN"}, {@code "Infinity"} and {@code "-Infinity"}. Unknown, missing and duplicate keys are
 * errors; only what {@link JsonInclude} leaves out when it is written may be missing.
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
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
          .annotationIntrospector(new MayBeMissing())
          .injectableValues(new InjectableValues.Std().addValue(Optional.class, Optional.empty()))
          .addMixIn(DoubleVector.class, VectorAsArray.class)
          .addMixIn(TokenTable.class, TableAsArrays.class)
          .build();

  private TraceJson() {}

  /** Gives a creator an empty {@link Optional} for what is not written if it is empty. */
  private static final class MayBeMissing extends JacksonAnnotationIntrospector {
    private static final long serialVersionUID = 1;

    @Override
    public JacksonInject.@Nullable Value findInjectableValue(AnnotatedMember member) {
      return member instanceof AnnotatedParameter && member.hasAnnotation(JsonInclude.class)
          ? JacksonInject.Value.forId(Optional.class.getName()).withUseInput(true)
          : null;
    }
  }

  /** {@link DoubleVector} in JSON. */
  @JsonSerialize(using = VectorWriter.class)
  private interface VectorAsArray {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static DoubleVector of(double... values) {
      return DoubleVector.of(values);
    }
  }

  /** {@link TokenTable} in JSON. */
  @JsonSerialize(using = TableWriter.class)
  private interface TableAsArrays {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static TokenTable of(List<DoubleVector> rows) {
      return TokenTable.of(rows);
    }
  }

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
}
