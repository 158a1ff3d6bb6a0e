package org.grpo4j.course.source;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.grpo4j.course.Lab;

/**
 * Short solutions of the labs that are not the library's text. {@code course/solutions} has the
 * methods that a student writes and nothing else; here they are put into the stubs.
 */
public final class Solutions {

  private static final Path METHODS = Path.of("src/test/resources/course/solutions");

  private Solutions() {}

  /** The files of the lab, solved: text by path below {@code src/main/java}. */
  public static Map<String, String> of(Lab lab) throws IOException {
    Map<String, String> solved = new LinkedHashMap<>();
    for (Map.Entry<String, String> stub : lab.template().entrySet()) {
      String methods = Files.readString(METHODS.resolve(stub.getKey()));
      solved.put(stub.getKey(), solve(stub.getValue(), methods));
    }
    return solved;
  }

  /** The n-th method of a name is written as the n-th of that name among {@code methods}. */
  private static String solve(String stub, String methods) {
    Map<String, List<String>> written =
        Stub.bodies(methods).stream()
            .collect(
                Collectors.groupingBy(
                    Stub.Body::method,
                    Collectors.mapping(
                        body -> methods.substring(body.start(), body.end()),
                        Collectors.toCollection(ArrayList::new))));
    StringBuilder solved = new StringBuilder();
    int from = 0;
    for (Stub.Body body : Stub.bodies(stub)) {
      List<String> left = written.getOrDefault(body.method(), new ArrayList<>());
      if (!left.isEmpty()) {
        solved.append(stub, from, body.start()).append(left.remove(0));
        from = body.end();
      }
    }
    solved.append(stub.substring(from));
    written.forEach(
        (method, left) -> {
          if (!left.isEmpty()) {
            throw new IllegalStateException("no place in the stub for " + method);
          }
        });
    return solved.toString();
  }
}
