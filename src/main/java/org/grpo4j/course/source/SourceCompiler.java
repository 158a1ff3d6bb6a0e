package org.grpo4j.course.source;

import java.io.IOException;
import java.io.Writer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * From sources to a directory of classes, in this process: nothing of what is compiled runs, no
 * annotation processor either.
 */
public final class SourceCompiler {

  private SourceCompiler() {}

  /**
   * Compiles for Java 17.
   *
   * @param sources text by path, such as {@code org/grpo4j/advantage/Whitening.java}
   * @param classPath where the other classes are
   * @param classes the directory to write to; made if it is not there
   * @return the errors, {@code file:line: message}; empty if there is none
   */
  public static List<String> compile(Map<String, String> sources, String classPath, Path classes)
      throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    if (compiler == null) {
      return List.of("there is no compiler: a JDK is needed, this is a JRE");
    }
    Files.createDirectories(classes);
    DiagnosticCollector<JavaFileObject> found = new DiagnosticCollector<>();
    String always = "-proc:none -implicit:none -nowarn -parameters -g --release 17";
    List<String> options = new ArrayList<>(List.of(always.split(" ")));
    options.addAll(List.of("-classpath", classPath, "-sourcepath", "", "-d", classes.toString()));
    List<String> errors = new ArrayList<>();
    try (StandardJavaFileManager files =
        compiler.getStandardFileManager(found, Locale.ROOT, StandardCharsets.UTF_8)) {
      List<JavaFileObject> units = new ArrayList<>();
      sources.forEach((file, text) -> units.add(unit(file, text)));
      compiler.getTask(Writer.nullWriter(), files, found, options, null, units).call();
      for (Diagnostic<? extends JavaFileObject> one : found.getDiagnostics()) {
        if (one.getKind() == Diagnostic.Kind.ERROR) {
          errors.add(line(one));
        }
      }
    }
    return List.copyOf(errors);
  }

  /** The Java files below {@code root}, text by path; empty if there is no such directory. */
  public static Map<String, String> under(Path root) throws IOException {
    Map<String, String> sources = new TreeMap<>();
    if (Files.isDirectory(root)) {
      try (Stream<Path> all = Files.walk(root)) {
        for (Path file : all.filter(one -> one.toString().endsWith(".java")).toList()) {
          String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
          sources.put(root.relativize(file).toString().replace('\\', '/'), text);
        }
      }
    }
    return sources;
  }

  /** A source in memory. */
  static JavaFileObject unit(String file, String text) {
    return new Text(file, text);
  }

  private static String line(Diagnostic<? extends JavaFileObject> one) {
    String message = one.getMessage(Locale.ROOT).strip().replaceAll("\\s*\\R\\s*", "; ");
    return one.getSource() instanceof Text text
        ? text.file + ":" + one.getLineNumber() + ": " + message
        : message;
  }

  private static final class Text extends SimpleJavaFileObject {

    private final String file;
    private final String text;

    Text(String file, String text) {
      super(URI.create("string:///" + file.replace(" ", "%20")), Kind.SOURCE);
      this.file = file;
      this.text = text;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }
}
