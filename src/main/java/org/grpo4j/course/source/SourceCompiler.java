package org.grpo4j.course.source;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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

  private static final Pattern CRASH = Pattern.compile("java\\.lang\\.\\w+Error");

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
    List<JavaFileObject> units = new ArrayList<>();
    sources.forEach((file, text) -> units.add(unit(file, text)));
    return compile(files -> units, source -> ((Text) source).file, classPath, classes);
  }

  /** The same for files, which the errors name by their path below {@code root}. */
  public static List<String> compile(Path root, List<Path> sources, String classPath, Path classes)
      throws IOException {
    return compile(
        files -> files.getJavaFileObjectsFromPaths(sources),
        source -> root.toAbsolutePath().relativize(Path.of(source.toUri())).toString(),
        classPath,
        classes);
  }

  private static List<String> compile(
      Function<StandardJavaFileManager, Iterable<? extends JavaFileObject>> units,
      Function<JavaFileObject, String> name,
      String classPath,
      Path classes)
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
    try (StandardJavaFileManager files =
        compiler.getStandardFileManager(found, Locale.ROOT, StandardCharsets.UTF_8)) {
      StringWriter said = new StringWriter();
      if (!compiler.getTask(said, files, found, options, null, units.apply(files)).call()
          && found.getDiagnostics().isEmpty()) {
        Matcher crash = CRASH.matcher(said.toString());
        return List.of("the compiler gave up: " + (crash.find() ? crash.group() : said));
      }
    }
    return found.getDiagnostics().stream()
        .filter(one -> one.getKind() == Diagnostic.Kind.ERROR)
        .map(one -> place(one, name) + message(one))
        .toList();
  }

  private static String place(
      Diagnostic<? extends JavaFileObject> one, Function<JavaFileObject, String> name) {
    JavaFileObject source = one.getSource();
    return source == null ? "" : name.apply(source) + ":" + one.getLineNumber() + ": ";
  }

  /** The message and the symbol that it is about, on one line. */
  private static String message(Diagnostic<?> one) {
    return one.getMessage(Locale.ROOT)
        .strip()
        .replaceFirst("\\s*\\R\\s*symbol: +", " ")
        .replaceFirst("\\s*\\R\\s*location: .*", "")
        .replaceAll(";?\\s*\\R\\s*", "; ");
  }

  /** A source in memory. */
  static JavaFileObject unit(String file, String text) {
    return new Text(file, text);
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
