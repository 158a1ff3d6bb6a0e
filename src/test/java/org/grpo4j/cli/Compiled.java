package org.grpo4j.cli;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Classes that nobody here knows, as a user of the library would compile them. */
final class Compiled {

  private Compiled() {}

  /**
   * Compiles one file.
   *
   * @param classes where class files go
   * @param name of the class, such as {@code my.Estimator}
   */
  static void file(Path classes, String name, String source) throws IOException {
    String path = name.replace('.', '/') + ".java";
    Path file = classes.resolveSibling(classes.getFileName() + "-sources").resolve(path);
    Files.createDirectories(file.getParent());
    Files.createDirectories(classes);
    Files.writeString(file, source);
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter messages = new StringWriter();
    List<String> options =
        List.of(
            "-proc:none",
            "-nowarn",
            "-d",
            classes.toString(),
            "-cp",
            System.getProperty("java.class.path") + java.io.File.pathSeparator + classes);
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      assertTrue(
          compiler
              .getTask(messages, files, null, options, null, files.getJavaFileObjects(file))
              .call(),
          messages::toString);
    }
  }
}
