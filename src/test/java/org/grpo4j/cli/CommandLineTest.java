package org.grpo4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.grpo4j.cli.text.Console;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

class CommandLineTest {

  private static final Path MALFORMED = Path.of("src/test/resources/malformed");

  static Stream<Path> malformed() throws IOException {
    try (Stream<Path> paths = Files.list(MALFORMED)) {
      return paths.filter(p -> p.toString().endsWith(".yaml")).sorted().toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("malformed")
  void aMalformedExperimentIsOneErrorAndExitCode2(Path file) {
    Cli train = Cli.run("train", file.toString());
    assertEquals(2, train.exitCode());
    assertEquals("", train.out());
    assertTrue(train.err().startsWith("error: " + file), train.err());
    assertEquals(1, train.err().split("error: ", -1).length - 1, train.err());
    assertFalse(train.err().contains("\tat "), train.err());
  }

  @ParameterizedTest
  @ValueSource(strings = {"unknown-key.yaml", "billion-laughs.yaml", "not-utf8.yaml"})
  void theSameFromTheRealProcess(String file, @TempDir Path directory)
      throws IOException, InterruptedException {
    Path out = directory.resolve("out");
    Path err = directory.resolve("err");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "org.grpo4j.cli.Main",
                "train",
                MALFORMED.resolve(file).toString())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    assertEquals(2, process.waitFor());
    assertEquals("", Files.readString(out));
    assertTrue(Files.readString(err).startsWith("error: "), Files.readString(err));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          tarin                       | did you mean train
          train --sed 3               | Unknown option
          train --seed three          | is not a long
          train --seed -1             | seed: must be at least 0
          train --set                 | Missing required parameter
          train --set train.updates   | must be key=value
          train nowhere.yaml          | there is no such file
          train nowhere               | has: addc, bilingual-add, countdown, digit-sum, digit-sum-mod10, logic
          train --set reward=correct  | Write {parts: [{name: correct}]}
          train --out pom.xml         | must be a directory
          eval                        | Missing required parameter
          eval nowhere                | must be a run directory
          eval src                    | no config.yaml
          eval src --samples 0        | no config.yaml
          bench --updates 0           | must be from 1 to 1000000
          bench --warm-up -1          | must be from 0 to 1000000
          course start 1 src          | is not empty; name a directory that is empty or not
          course start 1 pom.xml      | must be a directory
          course start 99 nowhere     | LAB: must be one of 1, 2, 3
          course start 1 x --student " | --student: must be at most 100 letters
          course check nowhere        | must be the directory of a project
          course check src            | lab.yaml: is missing; course start writes it
          course grade src            | Missing required option
          course grade src --out pom.xml | must be a directory, got the file
          course grade src ./src --out x | names of directories must differ
          course grade src --out x --lab 99 | LAB: must be one of
          course grade src --out x --jobs 0 | --jobs: must be from 1 to 256
          course grade src --out x --format pdf | Invalid value for option
          course solution 99          | Missing required parameter
          bench --workers -3          | workers: must be at least 0
          """)
  void wrongUsageIsOneErrorAndExitCode2(String arguments, String expected) {
    Cli cli = Cli.run(arguments.strip().split(" +"));
    assertEquals(2, cli.exitCode(), cli.err());
    assertEquals("", cli.out());
    assertTrue(cli.err().startsWith("error: "), cli.err());
    assertTrue(cli.err().contains(expected), cli.err());
    assertTrue(cli.err().lines().count() <= 2, cli.err());
  }

  @Test
  void withoutACommandThereIsAHint() {
    Cli cli = Cli.run();
    assertEquals(2, cli.exitCode());
    assertTrue(cli.err().contains("--help"), cli.err());
  }

  static Stream<CommandLine> commands() {
    CommandLine program =
        new Program(
                new Console(System.out, System.err, false, false, false),
                () -> false,
                new Standing())
            .commands();
    return Stream.concat(Stream.of(program), program.getSubcommands().values().stream());
  }

  @ParameterizedTest
  @MethodSource("commands")
  void everyCommandHasHelpWithExamples(CommandLine command) {
    String name = command.getCommandSpec().parent() == null ? "" : command.getCommandName();
    Cli help = Cli.run((name + " --help").strip().split(" "));
    assertEquals(0, help.exitCode());
    assertEquals("", help.err());
    assertTrue(help.out().contains("Examples:"), help.out());
    assertFalse(help.out().contains("\u001B"), "no colours where nobody asked for them");
    for (String line : help.out().lines().toList()) {
      assertTrue(line.length() <= 80, line);
    }
    for (String line : command.getCommandSpec().usageMessage().footer()) {
      assertTrue(help.out().contains(line.replace("%%", "%") + "\n"), "broken up: " + line);
    }
  }

  /** The list of commands shows the first line of each description, and of that one line. */
  @ParameterizedTest
  @MethodSource("commands")
  void descriptionsAreWholeSentences(CommandLine command) {
    String[] description = command.getCommandSpec().usageMessage().description();
    for (String line : description) {
      assertTrue(line.endsWith("."), line);
    }
    if (command.getCommandSpec().parent() != null) {
      assertTrue(Cli.run("--help").out().contains("  " + description[0] + "\n"), description[0]);
    }
    for (OptionSpec option : command.getCommandSpec().options()) {
      String text = String.join(" ", option.description());
      assertTrue(text.matches("[A-Z].*[.]"), option.longestName() + ": " + text);
    }
    for (PositionalParamSpec parameter : command.getCommandSpec().positionalParameters()) {
      String text = String.join(" ", parameter.description());
      assertTrue(text.matches("[A-Z].*[.]"), parameter.paramLabel() + ": " + text);
    }
  }

  @Test
  void helpConfigListsEverySetting() {
    Cli help = Cli.run("train", "--help-config");
    assertEquals(0, help.exitCode());
    for (String setting : List.of("train.group_size = 8", "cold_start.steps = ", "task\n")) {
      assertTrue(help.out().contains(setting), setting);
    }
  }

  @Test
  void theStackTraceIsShownOnRequest() {
    Cli plain = Cli.run("train", "nowhere.yaml");
    Cli traced = Cli.run("train", "nowhere.yaml", "--stack-trace");
    assertFalse(plain.err().contains("\tat "));
    assertTrue(traced.err().contains("\tat "));
  }
}
