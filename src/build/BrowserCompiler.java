import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.List;
import org.teavm.backend.javascript.JSModuleType;
import org.teavm.diagnostics.DefaultProblemTextConsumer;
import org.teavm.diagnostics.Problem;
import org.teavm.model.CallLocation;
import org.teavm.tooling.ConsoleTeaVMToolLog;
import org.teavm.tooling.TeaVMTargetType;
import org.teavm.tooling.TeaVMTool;
import org.teavm.vm.TeaVMOptimizationLevel;

/**
 * Compiles classes of this build for browsers with TeaVM, to a CommonJS module or to WebAssembly
 * with garbage collection. The build runs this file as it is, with TeaVM on the class path; TeaVM's
 * own Maven plugin has nothing that would let an unchanged build skip it.
 *
 * <p>Arguments: a directory of classes, the main class, the file to write, whose name ends in .js
 * or .wasm.
 *
 * <p>JavaScript is checked as Java is: bad indices and casts and null throw what they throw on the
 * JVM. In WebAssembly the machine checks them, and a violation ends the call with an error of
 * JavaScript that Java cannot catch; checking them once more by compiled code takes two thirds more
 * time.
 */
final class BrowserCompiler {

  private BrowserCompiler() {}

  public static void main(String[] arguments) throws Exception {
    List<File> path = new ArrayList<>();
    path.add(new File(arguments[0]));
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      path.add(new File(entry));
    }
    File target = new File(arguments[2]);
    boolean script = target.getName().endsWith(".js");
    TeaVMTool compiler = new TeaVMTool();
    compiler.setTargetType(script ? TeaVMTargetType.JAVASCRIPT : TeaVMTargetType.WEBASSEMBLY_GC);
    compiler.setJsModuleType(JSModuleType.COMMON_JS);
    compiler.setStrict(script);
    compiler.setObfuscated(true);
    compiler.setOptimizationLevel(TeaVMOptimizationLevel.ADVANCED);
    compiler.setMainClass(arguments[1]);
    compiler.setTargetDirectory(target.getParentFile());
    compiler.setTargetFileName(target.getName());
    compiler.setClassPath(path);
    compiler.setLog(new ConsoleTeaVMToolLog(false));
    try (URLClassLoader loader = new URLClassLoader(urls(path))) {
      compiler.setClassLoader(loader);
      compiler.generate();
    }
    List<String> problems = problems(compiler);
    problems.forEach(System.err::println);
    System.exit(problems.isEmpty() ? 0 : 1);
  }

  private static URL[] urls(List<File> path) throws MalformedURLException {
    URL[] urls = new URL[path.size()];
    for (int i = 0; i < urls.length; i++) {
      urls[i] = path.get(i).toURI().toURL();
    }
    return urls;
  }

  private static List<String> problems(TeaVMTool compiler) {
    List<String> lines = new ArrayList<>();
    for (Problem problem : compiler.getProblemProvider().getProblems()) {
      DefaultProblemTextConsumer text = new DefaultProblemTextConsumer();
      problem.render(text);
      CallLocation location = problem.getLocation();
      lines.add(text.getText() + (location == null ? "" : " in " + location.getMethod()));
    }
    return lines;
  }
}
