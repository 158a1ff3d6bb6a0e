package org.grpo4j.course.sandbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.lang.reflect.Array;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.Map;
import java.util.StringJoiner;
import org.grpo4j.course.catalogue.Pieces;
import org.grpo4j.course.sandbox.SubmissionException.Kind;
import org.grpo4j.course.sandbox.Wire.Call;
import org.jspecify.annotations.Nullable;

/**
 * The pieces of a submission, each computed in its process. A call that has no result throws a
 * {@link SubmissionException}; the next is made all the same. Only a piece that had to be ended
 * several times is not asked again, so that a loop without end costs seconds and not the hour.
 */
public final class RemotePieces implements AutoCloseable {

  private static final int MOST_ENDED = 3;
  private static final int MOST_SHOWN = 80;

  private final SubmissionProcess process;
  private final Map<String, Integer> ended = new HashMap<>();
  private final Pieces pieces;

  /** The pieces of a submission; its process begins with the first call. */
  public RemotePieces(Submission submission, Limits limits) {
    process = new SubmissionProcess(submission, limits);
    pieces =
        (Pieces)
            Proxy.newProxyInstance(
                Pieces.class.getClassLoader(), new Class<?>[] {Pieces.class}, handler());
  }

  /** The pieces. */
  public Pieces pieces() {
    return pieces;
  }

  /** The beginning of what the submission has printed so far, safe to show. */
  public String printed() {
    return process.printed();
  }

  private InvocationHandler handler() {
    return (proxy, method, arguments) -> {
      if (method.getDeclaringClass() == Object.class) {
        return switch (method.getName()) {
          case "equals" -> proxy == arguments[0];
          case "hashCode" -> System.identityHashCode(proxy);
          default -> "a submission";
        };
      }
      return call(method, arguments == null ? new Object[0] : arguments);
    };
  }

  private Object call(Method piece, Object[] arguments) {
    String shown = shown(piece, arguments);
    if (ended.getOrDefault(piece.getName(), 0) >= MOST_ENDED) {
      throw new SubmissionException(
          Kind.TIME,
          "%s was ended %d times and is not asked again".formatted(piece.getName(), MOST_ENDED));
    }
    try {
      JsonNode value = process.call(new Call(piece.getName(), Wire.json(arguments)), shown);
      return Wire.value(value, piece.getGenericReturnType());
    } catch (JsonProcessingException e) {
      throw new SubmissionException(Kind.SHAPE, "gave no value of the right kind in " + shown);
    } catch (SubmissionException e) {
      if (e.kind() == Kind.TIME) {
        ended.merge(piece.getName(), 1, Integer::sum);
      }
      throw e;
    }
  }

  /** The call as in Java, such as {@code advantages([1, 0], [0×2])}. */
  private static String shown(Method piece, @Nullable Object[] arguments) {
    StringJoiner text = new StringJoiner(", ", piece.getName() + "(", ")");
    for (Object argument : arguments) {
      text.add(argument != null && argument.getClass().isArray() ? list(argument) : argument + "");
    }
    String line = text.toString().replace('\n', ' ');
    return line.length() <= MOST_SHOWN ? line : line.substring(0, MOST_SHOWN) + "…)";
  }

  private static String list(Object array) {
    StringJoiner text = new StringJoiner(", ", "[", "]");
    for (int i = 0; i < Array.getLength(array); i++) {
      text.add(Array.get(array, i) + "");
    }
    return text.toString();
  }

  @Override
  public void close() {
    process.close();
  }
}
