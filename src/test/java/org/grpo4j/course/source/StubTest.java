package org.grpo4j.course.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.grpo4j.course.Lab;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What becomes of the library's sources in the hands of a student. */
class StubTest {

  private static final Pattern JAVADOC = Pattern.compile("(?s)/\\*\\*.*?\\*/");

  private static final String SOURCE =
      """
      package a;

      /** An enum. */
      enum Kind {
        /** One. */
        ONE(1) {
          @Override
          int value() {
            // the answer
            return 1;
          }
        },
        TWO(2) {
          @Override
          int value() {
            return 2;
          }
        };

        Kind(int n) {}

        abstract int value();

        record Nested(int x) {
          int value() { return x; }
        }
      }
      """;

  @TempDir private Path directory;

  static Stream<Lab> labs() {
    return Lab.all().stream().filter(lab -> !lab.stubs().isEmpty());
  }

  @Test
  void aMethodIsNamedWithTheTypesAroundIt() {
    String stub = new Stub(List.of("ONE.value"), List.of("Nested.value")).of(SOURCE, "9");
    assertEquals(
        SOURCE
            .replace(
                "      // the answer\n      return 1;\n",
                "      throw new UnsupportedOperationException(\"lab 9: write ONE.value\");\n")
            .replace(
                "{ return x; }",
                "{\n      throw new UnsupportedOperationException("
                    + "\"Nested.value is not part of lab 9\");\n    }"),
        stub);
  }

  @Test
  void aNameThatIsNotThereIsAnError() {
    for (String name : List.of("value", "THREE.value", "Kind.ONE.value")) {
      Stub stub = new Stub(List.of(name), List.of());
      String message =
          assertThrows(IllegalArgumentException.class, () -> stub.of(SOURCE, "9")).getMessage();
      assertEquals("no such methods with a body: [" + name + "]", message);
    }
  }

  @ParameterizedTest
  @MethodSource("labs")
  void stubsCompileAgainstTheLibraryAlone(Lab lab) throws IOException {
    String classPath = System.getProperty("java.class.path");
    assertEquals(List.of(), SourceCompiler.compile(lab.template(), classPath, directory));
  }

  @ParameterizedTest
  @MethodSource("labs")
  void commentsStayAndAnswersGo(Lab lab) {
    for (Map.Entry<String, String> file : lab.template().entrySet()) {
      String real = RealSource.of(file.getKey());
      Stub stub = lab.stubs().get(file.getKey());
      assertEquals(comments(real), comments(file.getValue()), file.getKey());
      List<String> taken = new ArrayList<>();
      for (Stub.Body body : Stub.bodies(real)) {
        if (stub.write().contains(body.method()) || stub.leave().contains(body.method())) {
          real.substring(body.start() + 1, body.end() - 1)
              .lines()
              .map(String::strip)
              .filter(line -> line.matches(".*[A-Za-z].*[-+*/?]+.*;"))
              .forEach(taken::add);
        }
      }
      assertFalse(taken.isEmpty() && !file.getKey().contains("GrpoTrainer"), file.getKey());
      for (String line : taken) {
        assertFalse(file.getValue().contains(line), file.getKey() + " gives away: " + line);
      }
      assertTrue(file.getValue().contains("\"lab " + lab.id() + ": write "), file.getKey());
    }
  }

  private static List<String> comments(String source) {
    return JAVADOC.matcher(source).results().map(found -> found.group()).toList();
  }
}
