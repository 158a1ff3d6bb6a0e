package org.grpo4j.course;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.AccessibleObject;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.tools.ToolProvider;
import org.grpo4j.math.Elementary;

/**
 * {@code docs/course/MicroGrpo.java}, compiled as it stands but for {@code exp}, {@code log} and
 * {@code pow}: it takes those of {@link Math}, whose last bit is not settled, the library its own.
 */
final class MicroGrpoFile {

  private static final Path FILE = Path.of("docs/course/MicroGrpo.java");

  private static final Class<?> TYPE = compile();

  private final Object run;

  private MicroGrpoFile(Object run) {
    this.run = run;
  }

  static List<String> lines() {
    try {
      return Files.readAllLines(FILE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Class<?> compile() {
    try {
      Path classes = Files.createTempDirectory("micro-grpo");
      String elementary = Elementary.class.getName();
      String source =
          Files.readString(FILE)
              .replaceAll("Math[.](exp|log)[(]", elementary + ".$1(")
              .replace("Math.pow(", elementary + ".power(");
      Path file = Files.writeString(classes.resolve("MicroGrpo.java"), source);
      String path = System.getProperty("java.class.path");
      int failed =
          ToolProvider.getSystemJavaCompiler()
              .run(null, null, null, "-d", classes.toString(), "-cp", path, file.toString());
      if (failed != 0) {
        throw new IllegalStateException(FILE + " does not compile");
      }
      return new URLClassLoader(
              new URL[] {classes.toUri().toURL()}, MicroGrpoFile.class.getClassLoader())
          .loadClass("MicroGrpo");
    } catch (IOException | ReflectiveOperationException e) {
      throw new IllegalStateException(FILE + " cannot be loaded", e);
    }
  }

  static MicroGrpoFile load(String algorithm, long seed) {
    return reflect(
        () -> {
          Class<?> algorithms = Class.forName("MicroGrpo$Algorithm", true, TYPE.getClassLoader());
          Object chosen = opened(algorithms.getDeclaredField(algorithm)).get(null);
          Constructor<?> constructor = TYPE.getDeclaredConstructor(algorithms, long.class);
          return new MicroGrpoFile(opened(constructor).newInstance(chosen, seed));
        });
  }

  @SuppressWarnings("unchecked")
  List<String> sums() {
    return reflect(() -> (List<String>) field(run, "sums"));
  }

  List<?> update() {
    Method update = reflect(() -> opened(TYPE.getDeclaredMethod("update")));
    return reflect(() -> (List<?>) update.invoke(run));
  }

  /** The mean reward of so many updates. */
  double meanReward(int updates) {
    double sum = 0;
    int rows = 0;
    for (int i = 0; i < updates; i++) {
      for (Object row : update()) {
        sum += reflect(() -> (Double) field(row, "reward"));
        rows++;
      }
    }
    return sum / rows;
  }

  double[] policy() {
    return reflect(() -> (double[]) field(field(run, "policy"), "theta"));
  }

  double[] critic() {
    return reflect(() -> (double[]) field(field(run, "critic"), "theta"));
  }

  private static Object field(Object object, String name) throws ReflectiveOperationException {
    Field field = object.getClass().getDeclaredField(name);
    return opened(field).get(object);
  }

  private static <T extends AccessibleObject> T opened(T member) {
    member.setAccessible(true);
    return member;
  }

  private interface Reflection<T> {
    T get() throws ReflectiveOperationException;
  }

  private static <T> T reflect(Reflection<T> reflection) {
    try {
      return reflection.get();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(FILE + " is not what the test expects", e);
    }
  }
}
