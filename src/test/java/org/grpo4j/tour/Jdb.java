package org.grpo4j.tour;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The JDK's command-line debugger as a user would work it: a command is typed when the prompt is
 * there, and its answer is what comes before the next prompt. There is no waiting for a time, only
 * for text, and a limit for all of it together.
 */
public final class Jdb implements AutoCloseable {

  /** For a machine that has much else to do; usually it takes a few seconds. */
  private static final long MOST_SECONDS = 240;

  private static final Pattern STOPPED = Pattern.compile("(?s).*\\bmain\\[1\\] $");
  private static final Pattern EXITED = Pattern.compile("(?s).*The application (has )?exited.*");

  private final Process process;
  private final Writer keyboard;
  private final StringBuilder screen = new StringBuilder();
  private final StringBuilder transcript = new StringBuilder();
  private final long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(MOST_SECONDS);
  private boolean closed;

  /** Starts the debugger on {@code mainClass}; nothing runs yet. */
  Jdb(String mainClass) throws IOException {
    this(
        List.of(
            "-Xmx512m",
            "-XX:+UseSerialGC",
            "-classpath",
            System.getProperty("java.class.path"),
            mainClass));
  }

  private Jdb(List<String> arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(executable().toString());
    command.addAll(List.of("-J-Duser.language=en", "-J-Xmx128m"));
    command.addAll(arguments);
    process = new ProcessBuilder(command).redirectErrorStream(true).start();
    keyboard = process.outputWriter(StandardCharsets.UTF_8);
    Thread reader = new Thread(this::read, "jdb-output");
    reader.setDaemon(true);
    reader.start();
  }

  /**
   * Attaches to a program that has stopped already, and waits until jdb says where.
   *
   * @param port of this machine
   */
  public static Jdb attached(String port) throws IOException {
    Jdb jdb = new Jdb(List.of("-attach", "127.0.0.1:" + port));
    jdb.await(STOPPED);
    return jdb;
  }

  /** Everything typed and printed so far. */
  public String transcript() {
    synchronized (screen) {
      return transcript.toString();
    }
  }

  /** Where a JDK has it; not there if this is no JDK. */
  static Path executable() {
    boolean windows = System.getProperty("os.name").startsWith("Windows");
    return Path.of(System.getProperty("java.home"), "bin", windows ? "jdb.exe" : "jdb");
  }

  public static boolean isThere() {
    return Files.isExecutable(executable());
  }

  /** Runs to the first line of the main method. */
  void start(String mainClass) throws IOException {
    await(Pattern.compile("(?s).*> $"));
    type("stop in " + mainClass + ".main");
    await(Pattern.compile("(?s).*Deferring breakpoint.*> $"));
    type("run");
    await(Pattern.compile("(?s).*Breakpoint hit.*\\bmain\\[1\\] $"));
  }

  /** Goes on until line {@code line} of {@code type} is reached for the {@code hits}th time. */
  public void runTo(String type, int line, int hits) throws IOException {
    String place = type + ":" + line;
    ask("stop at " + place);
    for (int hit = 0; hit < hits; hit++) {
      type("cont");
      String text = await(Pattern.compile("(?s).*Breakpoint hit.*\\bmain\\[1\\] $"));
      if (!text.contains("line=" + line + " ")) {
        throw new AssertionError("stopped elsewhere than at " + place + ":\n" + transcript);
      }
    }
    ask("clear " + place);
  }

  /** The arguments and local variables, as jdb lists them. */
  public List<String> locals() throws IOException {
    return ask("locals").lines().filter(line -> line.contains(" = ")).toList();
  }

  /** The value of an expression, without the quotes around text. */
  public String print(String expression) throws IOException {
    type("print " + expression);
    Pattern answer =
        Pattern.compile("(?s).* " + Pattern.quote(expression) + " = (.*)\\R\\w+\\[1\\] $");
    Matcher matcher = answer.matcher(await(answer));
    if (!matcher.matches() || matcher.group(1).equals("null")) {
      throw new AssertionError(expression + ": cannot be printed\n" + transcript);
    }
    String value = matcher.group(1).strip();
    boolean quoted = value.length() >= 2 && value.startsWith("\"") && value.endsWith("\"");
    return quoted ? value.substring(1, value.length() - 1) : value;
  }

  /** Goes on to the end and returns what the program printed. */
  public String runToTheEnd() throws IOException {
    type("cont");
    return await(EXITED);
  }

  private String ask(String command) throws IOException {
    type(command);
    return await(STOPPED);
  }

  private void type(String command) throws IOException {
    synchronized (screen) {
      screen.setLength(0);
      transcript.append(command).append('\n');
    }
    keyboard.write(command + "\n");
    keyboard.flush();
  }

  /** What is on the screen since the last command, once it looks like {@code expected}. */
  private String await(Pattern expected) {
    synchronized (screen) {
      while (!expected.matcher(screen).matches()) {
        long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
        if (left <= 0 || closed || EXITED.matcher(screen).matches()) {
          throw new AssertionError("jdb did not answer as expected:\n" + transcript);
        }
        try {
          screen.wait(left);
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          throw new IllegalStateException(e);
        }
      }
      return screen.toString();
    }
  }

  private void read() {
    char[] chunk = new char[4096];
    try (Reader output = new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8)) {
      for (int n = output.read(chunk); n >= 0; n = output.read(chunk)) {
        synchronized (screen) {
          screen.append(chunk, 0, n);
          transcript.append(chunk, 0, n);
          screen.notifyAll();
        }
      }
    } catch (IOException e) {
      // closed while reading: whoever waits is told below
    } finally {
      synchronized (screen) {
        closed = true;
        screen.notifyAll();
      }
    }
  }

  /** Ends debugger and program. */
  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }
}
