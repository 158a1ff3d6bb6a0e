package org.grpo4j.course.sandbox;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.grpo4j.experiment.sweep.ParentPipe;
import org.jspecify.annotations.Nullable;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/**
 * The program in the process of a student's tests: runs all of them on one version of the library's
 * class after the other, and writes a line for each, {@code tests failures sentence}. What a test
 * prints is thrown away.
 */
public final class TestServer {

  private static final String SECONDS_FOR_A_TEST = "2 s";

  private TestServer() {}

  /**
   * Runs the tests.
   *
   * @param arguments the directory of the tests' classes, and one directory for each version
   */
  public static void main(String[] arguments) throws IOException {
    PrintStream answers =
        new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
    PrintStream nowhere = new PrintStream(PrintStream.nullOutputStream());
    ParentPipe.watch(System.in, 1);
    System.setIn(InputStream.nullInputStream());
    System.setOut(nowhere);
    System.setErr(nowhere);
    Path tests = Path.of(arguments[0]);
    for (String version : Arrays.asList(arguments).subList(1, arguments.length)) {
      answers.println(run(tests, Path.of(version)));
    }
    Runtime.getRuntime().halt(0); // a test may have left threads
  }

  private static String run(Path tests, Path version) throws IOException {
    URL[] first = {version.toUri().toURL(), tests.toUri().toURL()};
    try (OwnFirst loader = new OwnFirst(first)) {
      Thread.currentThread().setContextClassLoader(loader);
      List<Class<?>> classes = new ArrayList<>();
      for (String name : names(tests)) {
        classes.add(loader.loadClass(name));
      }
      LauncherDiscoveryRequest request =
          LauncherDiscoveryRequestBuilder.request()
              .selectors(classes.stream().map(DiscoverySelectors::selectClass).toList())
              .configurationParameter("junit.jupiter.execution.timeout.default", SECONDS_FOR_A_TEST)
              .configurationParameter(
                  "junit.jupiter.execution.timeout.thread.mode.default", "SEPARATE_THREAD")
              .build();
      SummaryGeneratingListener listener = new SummaryGeneratingListener();
      LauncherFactory.create().execute(request, listener);
      TestExecutionSummary summary = listener.getSummary();
      return summary.getTestsFoundCount()
          + " "
          + summary.getTotalFailureCount()
          + " "
          + summary.getFailures().stream().findFirst().map(TestServer::sentence).orElse("");
    } catch (ReflectiveOperationException | LinkageError e) {
      return "0 1 " + PlainText.line(e.toString(), 300);
    }
  }

  private static String sentence(TestExecutionSummary.Failure failure) {
    String test = failure.getTestIdentifier().getDisplayName();
    return PlainText.line(test + ": " + failure.getException().getMessage(), 300);
  }

  /** Outermost classes; those inside them are found by JUnit. */
  private static List<String> names(Path tests) throws IOException {
    try (Stream<Path> all = Files.walk(tests)) {
      return all.map(file -> tests.relativize(file).toString().replace('\\', '/'))
          .filter(name -> name.endsWith(".class") && !name.contains("$"))
          .map(name -> name.substring(0, name.length() - ".class".length()).replace('/', '.'))
          .sorted()
          .toList();
    }
  }

  /** A version of a class stands before the library's. */
  private static final class OwnFirst extends URLClassLoader {

    OwnFirst(URL[] first) {
      super(first, TestServer.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      synchronized (getClassLoadingLock(name)) {
        @Nullable Class<?> own = findLoadedClass(name);
        if (own == null && findResource(name.replace('.', '/') + ".class") != null) {
          own = findClass(name);
        }
        return own == null ? super.loadClass(name, resolve) : own;
      }
    }
  }
}
