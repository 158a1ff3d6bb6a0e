package org.grpo4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.grpo4j.experiment.files.Json;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Experiments with classes that are not in the library: {@code --classpath}. */
class OutsideClassesTest {

  private static final String ESTIMATOR =
      """
      package my;
      import java.util.Optional;
      import org.grpo4j.advantage.*;
      import org.grpo4j.declare.*;
      import org.grpo4j.math.*;
      @Kind(value = "scaled", description = "The reward times a number.")
      public record Scaled(
          @Setting(value = "The number.", byDefault = "2", range = "(0, 10]") double strength)
          implements AdvantageEstimator {
        public Advantages estimate(AdvantageInputs inputs) {
          double[] a = new double[inputs.rows()];
          for (int i = 0; i < a.length; i++) {
            a[i] = Helper.times(strength, inputs.rewards().get(i));
          }
          return Advantages.ofRows(this, inputs, a);
        }
        public Explanation explain(AdvantageInputs inputs, int row, int token) {
          return Explanation.filled(
              Helper.times(strength, inputs.rewards().get(row)),
              "A",
              "advantage",
              "{0} * {1}",
              Explanation.of(strength, "strength", ""),
              Explanations.reward(inputs, row));
        }
      }
      """;
  private static final String HELPER =
      """
      package my;
      final class Helper {
        static double times(double a, double b) { return a * b; }
      }
      """;
  private static final String SURROGATE =
      """
      package my;
      import org.grpo4j.math.*;
      import org.grpo4j.objective.*;
      public final class Root implements Surrogate {
        public SurrogateTerm term(double logProb, double ratio, double advantage) {
          double pull = Numbers.product(advantage, Math.sqrt(ratio));
          return SurrogateTerm.ofRatio(
              -2 * pull, -pull, Numbers.product(ratio, advantage), 2 * pull, ClipBranch.INSIDE);
        }
        public Explanation explain(double logProb, double ratio, double advantage) {
          return Explanation.of(
              -2 * Numbers.product(advantage, Math.sqrt(ratio)),
              "",
              "square root",
              Explanation.of(advantage, "A", "advantage"));
        }
      }
      """;
  private static final String REWARD =
      """
      package my;
      import org.grpo4j.declare.*;
      import org.grpo4j.reward.*;
      import org.grpo4j.rollout.Completion;
      import org.grpo4j.task.*;
      public record Length(
          TaskSource task,
          @Setting(value = "What a token earns.", byDefault = "1", range = "[0, 9]") double each)
          implements RewardFunction {
        public Reward score(Problem problem, Completion completion) {
          return Reward.of("length", each * task.answerOf(problem, completion.text()).length());
        }
      }
      """;
  private static final String TASK =
      """
      package my;
      import java.util.*;
      import org.grpo4j.task.*;
      public final class Echo extends ListedTask {
        public Echo() {
          super(problems(), Problem::prompt, 0.2, 3);
        }
        public String demonstration(Problem problem, SplittableRandom random) {
          return problem.answer();
        }
        private static List<Problem> problems() {
          List<Problem> all = new ArrayList<>();
          for (int digit = 0; digit < 10; digit++) {
            all.add(new Problem(digit + "=", "" + digit));
          }
          return all;
        }
      }
      """;

  private static final String FILTER =
      """
      package my;
      import org.grpo4j.advantage.GroupFilter;
      import org.grpo4j.math.Moments;
      public final class All implements GroupFilter {
        public boolean keeps(Moments rewards) {
          return true;
        }
        public int maxRounds() {
          return 2;
        }
      }
      """;

  @TempDir static Path directory;

  private static Path classes;
  private static Path experiment;

  @BeforeAll
  static void compile() throws IOException {
    classes = directory.resolve("classes");
    Compiled.file(classes, "my.Helper", HELPER);
    Compiled.file(classes, "my.Scaled", ESTIMATOR);
    Compiled.file(classes, "my.Root", SURROGATE);
    Compiled.file(classes, "my.Length", REWARD);
    Compiled.file(classes, "my.Echo", TASK);
    Compiled.file(classes, "my.All", FILTER);
    wrong("Plain", "public class Plain {}");
    wrong("Hidden", surrogate("class Hidden", ""));
    wrong("Half", "public abstract class Half implements org.grpo4j.objective.Surrogate {}");
    wrong("Needy", surrogate("public class Needy", "public Needy(int depth) {}"));
    wrong("Secret", surrogate("public class Secret", "private Secret() {}"));
    wrong(
        "Throws",
        surrogate(
            "public class Throws", "public Throws() { throw new IllegalStateException(\"no\"); }"));
    wrong(
        "Static",
        surrogate("public class Static", "static final int N = Integer.parseInt(\"x\");"));
    wrong(
        "Picky",
        surrogate(
            "public record Picky(@org.grpo4j.declare.Setting(\"n\") double size)",
            "public Picky { throw new IllegalArgumentException(\"size: must be odd\"); }"));
    wrong(
        "Askew",
        surrogate(
            "public record Askew(@org.grpo4j.declare.Setting(value = \"n\", range = \"0..1\")"
                + " double size)",
            ""));
    Compiled.file(classes, "my.Gone", "package my; public class Gone {}");
    wrong("Lost", surrogate("public class Lost", "public Lost() { new Gone(); }"));
    Files.delete(classes.resolve("my/Gone.class"));
    Files.write(classes.resolve("my/Broken.class"), new byte[] {1, 2, 3});
    experiment = directory.resolve("own.yaml");
    Files.writeString(
        experiment,
        """
        extends: digit-sum-mod10.yaml
        name: own
        model: {kind: transformer, width: 8, heads: 2, feed_forward: 8}
        workers: 1
        train: {updates: 3, prompts: 4, group_size: 4, inner_epochs: 2}
        evaluation: {every: 0, problems: 4, final_problems: 2, final_samples: 2, examples: 0}
        checkpoints: {every: 2}
        """);
  }

  private static void wrong(String name, String source) throws IOException {
    Compiled.file(classes, "my." + name, "package my;\n" + source);
  }

  private static String surrogate(String declaration, String body) {
    return declaration
        + " implements org.grpo4j.objective.Surrogate {\n"
        + body
        + """
          public org.grpo4j.objective.SurrogateTerm term(double l, double r, double a) {
            throw new UnsupportedOperationException();
          }
          public org.grpo4j.math.Explanation explain(double l, double r, double a) {
            throw new UnsupportedOperationException();
          }
        }
        """;
  }

  private static Cli train(Path runs, String... more) {
    List<String> words = new ArrayList<>(List.of("train", experiment.toString(), "--quiet"));
    words.addAll(List.of("--out", runs.toString()));
    words.addAll(List.of(more));
    return Cli.run(words.toArray(new String[0]));
  }

  private static Path onlyRun(Path runs) throws IOException {
    try (Stream<Path> found = Files.list(runs)) {
      return found
          .filter(path -> path.getFileName().toString().contains("__"))
          .reduce(
              (one, other) -> {
                throw new AssertionError("two runs: " + one + ", " + other);
              })
          .orElseThrow();
    }
  }

  @Test
  void everyOpenFamilyTakesOne(@TempDir Path runs) throws IOException {
    Cli trained =
        train(
            runs,
            "--classpath",
            classes.toString(),
            "--set",
            "advantage={class: my.Scaled, strength: 0.5}",
            "--set",
            "objective.surrogate.class=my.Root",
            "--set",
            "task={class: my.Echo}",
            "--set",
            "dynamic_sampling.class=my.All",
            "--set",
            "reward.parts=[{class: my.Length, weight: 3, each: 2}, {name: correct}]");
    assertEquals(0, trained.exitCode(), trained.err());
    Path run = onlyRun(runs);
    String config = Files.readString(run.resolve("config.yaml"));
    assertTrue(config.contains("task:\n  class: my.Echo\n"), config);
    assertTrue(config.contains("advantage:\n  class: my.Scaled\n  strength: 0.5\n"), config);
    assertTrue(config.contains("  surrogate:\n    class: my.Root\n"), config);
    assertTrue(
        config.contains(
            "    - name:\n        class: my.Length\n        each: 2\n      weight: 3\n"),
        config);
    var manifest = Json.read(run.resolve("manifest.json")).path("classes");
    assertEquals(5, manifest.size());
    assertEquals(
        classes.toAbsolutePath().toString(), manifest.get(0).path("classpath").get(0).asText());
    assertTrue(manifest.get(0).path("sha256").asText().matches("[0-9a-f]{64}"));

    // Nothing is computed again: no class is needed, and none is loaded.
    assertEquals(0, Cli.run("report", run.toString()).exitCode());
    assertTrue(Files.readString(run.resolve("report.html")).contains("as-traced"));
    assertEquals(0, Cli.run("explain", run.toString(), "--update", "1").exitCode());
    String[] token = {"explain", run.toString(), "--update", "1", "--token", "0"};
    Cli without = Cli.run(token);
    assertEquals(2, without.exitCode());
    assertTrue(without.err().contains("Give it: --classpath DIR"), without.err());
    Cli explained =
        Cli.run(
            Stream.concat(Stream.of(token), Stream.of("--classpath", classes.toString()))
                .toArray(String[]::new));
    assertEquals(0, explained.exitCode(), explained.err());
    assertTrue(explained.out().contains("A = strength * r"), explained.out());

    for (List<String> command :
        List.of(
            List.of("replay", run.toString(), "--update", "2"),
            List.of("eval", run.toString()),
            List.of("train", "--resume", run.toString(), "--set", "train.updates=4", "--quiet"))) {
      Cli blind = Cli.run(command.toArray(new String[0]));
      assertEquals(2, blind.exitCode(), command + blind.out());
      assertTrue(blind.err().contains("--classpath"), blind.err());
      List<String> seeing = new ArrayList<>(command);
      seeing.addAll(List.of("--classpath", classes.toString()));
      Cli done = Cli.run(seeing.toArray(new String[0]));
      assertEquals(0, done.exitCode(), command + done.err());
    }
  }

  @Test
  void aChangedClassIsRefused(@TempDir Path runs) throws IOException {
    Path own = runs.resolve("classes");
    Compiled.file(own, "my.Helper", HELPER);
    Compiled.file(own, "my.Scaled", ESTIMATOR);
    Compiled.file(own, "my.Root", SURROGATE);
    String[] options = {"--classpath", own.toString(), "--set", "advantage.class=my.Scaled"};
    assertEquals(0, train(runs, options).exitCode());
    String run = onlyRun(runs).toString();
    String[] replay = {"replay", run, "--update", "1", "--classpath", own.toString()};
    Compiled.file(own, "my.Root", SURROGATE.replace("-2 *", "-3 *"));
    assertEquals(0, Cli.run(replay).exitCode(), "another class may change");
    Compiled.file(own, "my.Helper", HELPER.replace("a * b", "a + b"));
    for (List<String> command :
        List.of(
            List.of(replay),
            List.of("explain", run, "--update", "1", "--token", "0"),
            List.of("train", "--resume", run, "--set", "train.updates=4"))) {
      List<String> words = new ArrayList<>(command);
      words.addAll(List.of("--classpath", own.toString()));
      Cli refused = Cli.run(words.toArray(new String[0]));
      assertEquals(2, refused.exitCode(), refused.out());
      assertTrue(
          refused.err().contains("class: my.Scaled is not the class that this run was made with"),
          refused.err());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "my.Nowhere       | there is no class my.Nowhere in the class path",
        "my/Root          | there is no class my/Root in the class path",
        "java.lang.String | there is no class java.lang.String in the class path",
        "my.Plain         | must be a public class that implements org.grpo4j.objective.Surrogate",
        "my.Hidden        | must be a public class that implements org.grpo4j.objective.Surrogate",
        "my.Half          | must be a public class that implements org.grpo4j.objective.Surrogate",
        "my.Needy         | class my.Needy: must have a public constructor without arguments",
        "my.Secret        | class my.Secret: must have a public constructor without arguments",
        "my.Throws        | class my.Throws: its constructor threw java.lang.IllegalStateException",
        "my.Static        | class my.Static: its static initialiser threw java.lang.NumberFormat",
        "my.Lost          | class my.Lost: its constructor threw java.lang.NoClassDefFoundError",
        "my.Picky         | objective.surrogate.size: is required",
        "my.Askew         | its settings: java.lang.IllegalArgumentException: range: must look",
        "my.Broken        | my.Broken cannot be loaded: java.lang.ClassFormatError",
      })
  void whatIsWrongIsSaidBeforeAnythingIsWritten(String name, String rule, @TempDir Path runs)
      throws IOException {
    Cli refused =
        train(
            runs.resolve("runs"),
            "--classpath",
            classes.toString(),
            "--set",
            "objective.surrogate={class: " + name + (name.endsWith("Askew") ? ", size: 1}" : "}"));
    assertEquals(2, refused.exitCode(), refused.out());
    assertTrue(refused.err().contains("objective.surrogate"), refused.err());
    assertTrue(refused.err().contains(rule), refused.err());
    assertTrue(refused.err().lines().count() <= 2, refused.err());
    assertFalse(Files.exists(runs.resolve("runs")));
  }

  @Test
  void settingsOfAClassAreCheckedLikeAnyOther(@TempDir Path runs) {
    String[][] cases = {
      {"advantage={class: my.Scaled, strength: 11}", "must be more than 0 and at most 10, got 11"},
      {"advantage={class: my.Scaled, strenght: 1}", "did you mean strength?"},
      {"advantage={class: my.Scaled, kind: rloo}", "advantage.kind: there is no such setting"},
      {"objective.surrogate={class: my.Picky, size: 2}", "surrogate.size: must be odd"},
      {
        "reward.parts=[{class: my.Length, each: 10}]",
        "reward.parts[0].name.each: must be at least 0"
      },
      {"reward.parts=[{class: my.Length}, {class: my.Length}]", "each may occur once"},
      {"model={class: my.Scaled}", "model.kind: is required"},
    };
    for (String[] one : cases) {
      Cli refused = train(runs, "--classpath", classes.toString(), "--set", one[0]);
      assertEquals(2, refused.exitCode(), one[0]);
      assertTrue(refused.err().contains(one[1]), refused.err());
    }
  }

  @Test
  void aClassPathThatIsNotThereIsOneOfUsage(@TempDir Path runs) throws IOException {
    Path text = Files.writeString(runs.resolve("note.txt"), "no jar");
    for (Path entry : List.of(runs.resolve("nowhere"), text)) {
      Cli refused = train(runs, "--classpath", entry.toString());
      assertEquals(2, refused.exitCode());
      assertTrue(refused.err().contains("--classpath: must be a directory"), refused.err());
    }
    Cli without = train(runs, "--set", "advantage.class=my.Scaled");
    assertEquals(2, without.exitCode());
    assertTrue(
        without.err().contains("advantage.class: a class from outside is loaded only from"),
        without.err());
  }

  /** What is on the program's own class path, such as this test, is not on the user's. */
  @Test
  void theProgramsOwnClassesAreNotLoadedByName(@TempDir Path runs) throws IOException {
    String own = "org.grpo4j.objective.ClippedSurrogate";
    Path file = classes.resolve(own.replace('.', '/') + ".class");
    Files.createDirectories(file.getParent());
    Files.write(file, new byte[0]);
    Cli refused =
        train(
            runs,
            "--classpath",
            classes.toString(),
            "--set",
            "objective.surrogate={class: " + own + "}");
    Files.delete(file);
    assertEquals(2, refused.exitCode());
    assertTrue(refused.err().contains("is a class of grpo4j or Java itself"), refused.err());
  }
}
