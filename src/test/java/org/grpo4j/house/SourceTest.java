package org.grpo4j.house;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.lang.model.element.Modifier;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a compiler can say about the sources beyond that they compile. */
class SourceTest {

  /** Compiles the whole project once more. */
  static final String EVERYTHING = "compiles-everything";

  private static final Path MAIN = Path.of("src/main/java");
  private static final Path TEST = Path.of("src/test/java");
  private static final int MOST_LINES = 250;

  /** A comment that begins with a question instead of the noun: "What came out." */
  private static final Pattern HEADLESS =
      Pattern.compile("/\\*\\*\\s+(\\* )?(What|How|Who|Where|Which|When)\\b.*");

  @Test
  @Tag(EVERYTHING)
  void javacHasNothingToWarnOf() throws IOException {
    List<Path> all = new ArrayList<>(Sources.under(MAIN));
    all.addAll(Sources.under(TEST));
    DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
    task(all, diagnostics, List.of("-Xlint:all,-processing,-serial,-classfile,-path")).analyze();
    List<String> warnings = new ArrayList<>();
    for (Diagnostic<? extends JavaFileObject> one : diagnostics.getDiagnostics()) {
      boolean notOurs =
          one.getKind() == Diagnostic.Kind.NOTE || one.getCode().contains("incubating.modules");
      if (!notOurs) {
        warnings.add(one.toString());
      }
    }
    assertEquals(List.of(), warnings);
  }

  @Test
  void everythingPublicIsDocumented() throws IOException {
    JavacTask task = task(Sources.under(MAIN), new DiagnosticCollector<>(), List.of());
    Iterable<? extends CompilationUnitTree> units = task.parse();
    DocTrees comments = DocTrees.instance(task);
    List<String> missing = new ArrayList<>();
    for (CompilationUnitTree unit : units) {
      new Undocumented(comments, missing).scan(unit, null);
    }
    assertEquals(List.of(), missing);
  }

  @Test
  void everyPackageHasAGuideAndIsNullMarked() throws IOException {
    Set<Path> packages = new TreeSet<>();
    for (Path file : Sources.under(MAIN)) {
      packages.add(file.getParent());
    }
    for (Path directory : packages) {
      Path guide = directory.resolve("package-info.java");
      assertTrue(Files.exists(guide), guide + ": every package has a guide");
      String text = Files.readString(guide);
      assertTrue(text.contains("@NullMarked"), guide + ": must be @NullMarked");
      assertTrue(text.contains("/**"), guide + ": must say what is in the package");
    }
  }

  /** The profiles name them, since they compile all other tests, too. */
  @Test
  void everyTestInABrowserIsRun() throws IOException {
    String pom = Files.readString(Path.of("pom.xml"));
    for (Path file : Sources.under(Path.of("src/browser/java"))) {
      String name = String.valueOf(file.getFileName());
      Path directory = file.toAbsolutePath().getParent().getFileName();
      String included = "<include>**/" + directory + "/" + name + "</include>";
      assertTrue(!name.endsWith("Test.java") || pom.contains(included), included);
    }
  }

  @Test
  void noFileIsTooLongToRead() throws IOException {
    for (Path file : Sources.under(MAIN)) {
      int lines = Files.readAllLines(file).size();
      assertTrue(lines <= MOST_LINES, file + ": at most " + MOST_LINES + " lines, has " + lines);
    }
  }

  @Test
  void commentsBeginWithTheNoun() throws IOException {
    List<String> headless = new ArrayList<>();
    for (Path file : Sources.under(MAIN)) {
      Matcher comment = HEADLESS.matcher(Files.readString(file));
      while (comment.find()) {
        headless.add(file + ": " + comment.group());
      }
    }
    assertEquals(List.of(), headless, "say \"The result of\" instead of \"What came out\"");
  }

  private static JavacTask task(
      List<Path> files, DiagnosticCollector<JavaFileObject> diagnostics, List<String> more) {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StandardJavaFileManager manager =
        compiler.getStandardFileManager(diagnostics, Locale.ROOT, StandardCharsets.UTF_8);
    List<String> options =
        new ArrayList<>(
            List.of(
                "-proc:none",
                "--release",
                "17",
                "--add-modules",
                "jdk.incubator.vector",
                "-classpath",
                System.getProperty("java.class.path")));
    options.addAll(more);
    return (JavacTask)
        compiler.getTask(
            null, manager, diagnostics, options, null, manager.getJavaFileObjectsFromPaths(files));
  }

  /** Collects what is public or protected, is no override and has no comment. */
  private static final class Undocumented extends TreePathScanner<Void, Void> {

    private final DocTrees comments;
    private final List<String> missing;

    Undocumented(DocTrees comments, List<String> missing) {
      this.comments = comments;
      this.missing = missing;
    }

    @Override
    public Void visitClass(ClassTree type, Void unused) {
      if (!isVisible(type.getModifiers().getFlags())) {
        return null;
      }
      check(type.getSimpleName().toString());
      for (Tree member : type.getMembers()) {
        if (member instanceof ClassTree) {
          scan(member, null);
        } else if (needsComment(member, type)) {
          checkMember(member, type.getSimpleName().toString());
        }
      }
      return null;
    }

    private boolean needsComment(Tree member, ClassTree type) {
      if (member instanceof MethodTree method) {
        boolean override =
            method.getModifiers().getAnnotations().stream()
                .anyMatch(one -> one.getAnnotationType().toString().equals("Override"));
        // A record's canonical constructor is described by the record's own comment.
        boolean canonical =
            type.getKind() == Tree.Kind.RECORD && method.getName().contentEquals("<init>");
        return !override
            && !canonical
            && (type.getKind() == Tree.Kind.INTERFACE
                ? !method.getModifiers().getFlags().contains(Modifier.PRIVATE)
                : isVisible(method.getModifiers().getFlags()));
      }
      if (member instanceof VariableTree field) {
        // A metric says in its arguments what it means; the documentation is made of them.
        boolean metric = type.getSimpleName().contentEquals("Metric") && isStatic(field);
        return isVisible(field.getModifiers().getFlags())
            && !metric
            && !(type.getKind() == Tree.Kind.RECORD && !isStatic(field));
      }
      return false;
    }

    private static boolean isStatic(VariableTree field) {
      return field.getModifiers().getFlags().contains(Modifier.STATIC);
    }

    private static boolean isVisible(Set<Modifier> flags) {
      return flags.contains(Modifier.PUBLIC) || flags.contains(Modifier.PROTECTED);
    }

    private void checkMember(Tree member, String type) {
      TreePath path = new TreePath(getCurrentPath(), member);
      if (comments.getDocComment(path) == null) {
        String name =
            member instanceof MethodTree method
                ? method.getName().toString()
                : ((VariableTree) member).getName().toString();
        missing.add(path.getCompilationUnit().getSourceFile().getName() + ": " + type + "." + name);
      }
    }

    private void check(String type) {
      if (comments.getDocComment(getCurrentPath()) == null) {
        missing.add(getCurrentPath().getCompilationUnit().getSourceFile().getName() + ": " + type);
      }
    }
  }
}
