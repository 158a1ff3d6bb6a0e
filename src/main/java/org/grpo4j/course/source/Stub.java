package org.grpo4j.course.source;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/**
 * The part of a source file that a student writes. A stub is the file with the bodies of these
 * methods taken out; everything else stays as it is, comments above all.
 *
 * <p>A method of a nested type or of an enum's constant is named with it: {@code
 * TokenMean.weights}, {@code K1.value}. A name stands for all methods of that name there.
 *
 * @param write the methods to write
 * @param leave other methods that would give the answer away, and that no check calls
 */
public record Stub(List<String> write, List<String> leave) {

  public Stub {
    write = List.copyOf(write);
    leave = List.copyOf(leave);
    if (write.isEmpty()) {
      throw new IllegalArgumentException("write: must name at least one method");
    }
  }

  /**
   * The stub of {@code source}.
   *
   * @param lab the lab it is for, said by the exception that a method throws
   * @throws IllegalArgumentException if a method is not there or has no body
   */
  public String of(String source, String lab) {
    TreeMap<Integer, Body> bodies = new TreeMap<>();
    TreeSet<String> missing = new TreeSet<>(write);
    missing.addAll(leave);
    for (Body body : bodies(source)) {
      missing.remove(body.method);
      if (write.contains(body.method) || leave.contains(body.method)) {
        bodies.put(body.start, body);
      }
    }
    if (!missing.isEmpty()) {
      throw new IllegalArgumentException("no such methods with a body: " + missing);
    }
    StringBuilder stub = new StringBuilder(source);
    for (Body body : bodies.descendingMap().values()) {
      String says =
          write.contains(body.method)
              ? "lab " + lab + ": write " + body.method
              : body.method + " is not part of lab " + lab;
      String indent = " ".repeat(indentation(source, body.end));
      String thrown = indent + "  throw new UnsupportedOperationException(\"" + says + "\");\n";
      stub.replace(body.start, body.end, "{\n" + thrown + indent + "}");
    }
    return stub.toString();
  }

  /** The spaces that the line of the closing brace before {@code end} begins with. */
  private static int indentation(String source, int end) {
    int start = source.lastIndexOf('\n', end - 1) + 1;
    int at = start;
    while (source.charAt(at) == ' ') {
      at++;
    }
    return at - start;
  }

  /** The bodies of all methods, in the order of the file. */
  static List<Body> bodies(String source) {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    if (compiler == null) {
      throw new IllegalStateException("there is no compiler: a JDK is needed, this is a JRE");
    }
    JavacTask task =
        (JavacTask)
            compiler.getTask(
                null, null, null, null, null, List.of(SourceCompiler.unit("Stub.java", source)));
    try {
      CompilationUnitTree unit = task.parse().iterator().next();
      Bodies bodies = new Bodies(unit, Trees.instance(task).getSourcePositions());
      bodies.scan(unit, "");
      return bodies.found;
    } catch (IOException e) {
      throw new IllegalStateException("a source in memory could not be read", e);
    }
  }

  /** A body: braces included, {@code source.substring(start, end)}. */
  record Body(String method, int start, int end) {}

  /** Finds the bodies; what is passed down is the path of the type, with a dot at its end. */
  private static final class Bodies extends TreeScanner<Void, String> {

    private final CompilationUnitTree unit;
    private final SourcePositions positions;
    private final List<Body> found = new ArrayList<>();
    private boolean inside;

    Bodies(CompilationUnitTree unit, SourcePositions positions) {
      this.unit = unit;
      this.positions = positions;
    }

    @Override
    public Void visitClass(ClassTree type, String path) {
      String below = inside ? path + type.getSimpleName() + "." : path;
      inside = true;
      return super.visitClass(type, below);
    }

    @Override
    public Void visitVariable(VariableTree field, String path) {
      // The body of an enum's constant: its class has no name, so it gets the constant's.
      if (field.getInitializer() instanceof NewClassTree constant
          && constant.getClassBody() != null) {
        constant
            .getClassBody()
            .getMembers()
            .forEach(one -> scan(one, path + field.getName() + "."));
        return null;
      }
      return super.visitVariable(field, path);
    }

    @Override
    public Void visitMethod(MethodTree method, String path) {
      if (method.getBody() != null) {
        int start = (int) positions.getStartPosition(unit, method.getBody());
        int end = (int) positions.getEndPosition(unit, method.getBody());
        found.add(new Body(path + method.getName(), start, end));
      }
      return null;
    }
  }
}
