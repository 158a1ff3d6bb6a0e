package org.grpo4j.cli;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.grpo4j.experiment.sweep.JavaCommand;

/**
 * The program in a directory of its own, for one command after another: {@code runs} and {@code
 * last} are meant from the directory in which one stands, and a process has only one.
 */
final class ExampleProcess implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern ADDRESS = Pattern.compile("http://\\S+");
  private static final int HTTP_OK = 200;

  private final Process process;
  private final BufferedReader answers;

  private ExampleProcess(Process process) {
    this.process = process;
    this.answers = process.inputReader(StandardCharsets.UTF_8);
  }

  static ExampleProcess in(Path directory) throws IOException {
    return new ExampleProcess(
        new ProcessBuilder(command(directory, ExampleProcess.class))
            .directory(directory.toFile())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start());
  }

  /** How Java is started as it was for the tests, with the directory as the project's. */
  static List<String> command(Path directory, Class<?> main) {
    List<String> words = new ArrayList<>(JavaCommand.ofThisProcess(main.getName()).words());
    words.add(1, "-Dgrpo4j.home=" + directory);
    return words;
  }

  Cli run(List<String> arguments) throws IOException {
    process.outputWriter(StandardCharsets.UTF_8).write(JSON.writeValueAsString(arguments) + "\n");
    process.outputWriter(StandardCharsets.UTF_8).flush();
    String answer = answers.readLine();
    if (answer == null) {
      throw new AssertionError("the program died of " + arguments);
    }
    Map<String, String> said = JSON.readValue(answer, new TypeReference<>() {});
    return new Cli(Integer.parseInt(said.get("exit")), said.get("out"), said.get("err"));
  }

  @Override
  public void close() {
    process.destroy();
  }

  /** A JSON list of arguments on every line of the input, a JSON object for it on the output. */
  public static void main(String[] none) throws IOException {
    PrintStream answers = System.out;
    System.setOut(System.err); // nothing else may come between
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      String[] arguments = JSON.readValue(line, String[].class);
      Cli cli = Cli.runUntil(ExampleProcess::isServed, arguments);
      String answer =
          JSON.writeValueAsString(
              Map.of("exit", "" + cli.exitCode(), "out", cli.out(), "err", cli.err()));
      answers.println(answer);
      answers.flush();
    }
  }

  /** Stops a server when the address it printed has answered. */
  private static boolean isServed(String out) {
    Matcher address = ADDRESS.matcher(out);
    if (!address.find()) {
      return false;
    }
    try {
      HttpURLConnection connection =
          (HttpURLConnection) URI.create(address.group()).toURL().openConnection();
      return connection.getResponseCode() == HTTP_OK;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
