package org.grpo4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.grpo4j.math.RandomStreams;
import org.grpo4j.task.Problem;
import org.grpo4j.task.TaskSource;
import org.grpo4j.train.sampling.PromptSampler;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs that leave the finite numbers: late, at once, in the cold start; what is left of them. */
class BlowUpTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int UPDATE = 30;
  private static final String TINY =
      """
      name: tiny
      task: {class: my.Many}
      model: {width: 8, heads: 2, feed_forward: 16}
      cold_start: {steps: 0}
      train: {updates: 60, prompts: 4, group_size: 4}
      reward: {parts: [{name: {class: my.Trap}}]}
      evaluation: {every: 10, problems: 12, final_problems: 6, final_samples: 2, examples: 2}
      checkpoints: {every: 10}
      """;

  @TempDir Path directory;

  /** So many prompts that most are asked once. */
  private static final String MANY =
      """
      package my;
      import java.util.*;
      import org.grpo4j.task.*;
      public final class Many extends ListedTask {
        public Many() {
          super(problems(), Problem::prompt, 0.1, 2);
        }
        public String demonstration(Problem problem, SplittableRandom random) {
          return problem.answer();
        }
        private static List<Problem> problems() {
          List<Problem> all = new ArrayList<>();
          for (int number = 100; number < 600; number++) {
            all.add(new Problem(number + "=", "" + number % 10));
          }
          return all;
        }
      }
      """;

  /** The number of tokens; infinite for one prompt. */
  private static final String TRAP =
"""
      package my;
      import org.grpo4j.reward.*;
      import org.grpo4j.rollout.Completion;
            import org.grpo4j.task.Problem;
import org.grpo4j.task.TaskSource;
      public final class Trap implements RewardFunction {
        public Reward score(Problem problem, Completion completion) {
          boolean trap = problem.prompt().equals("PROMPT");
          return Reward.of("trap", trap ? Double.POSITIVE_INFINITY : completion.length());
        }
      }
""";

  @TempDir private static Path classes;
  private static String trap = "";

  /** The trap is a prompt that update 30 is the first to ask. */
  @BeforeAll
  static void compile() throws Exception {
    Compiled.file(classes, "my.Many", MANY);
    List<Problem> problems;
    try (URLClassLoader loader = new URLClassLoader(new URL[] {classes.toUri().toURL()})) {
      Class<?> many = loader.loadClass("my.Many");
      problems = ((TaskSource) many.getConstructor().newInstance()).trainingProblems();
    }
    PromptSampler prompts = new PromptSampler(problems, new RandomStreams(1));
    Set<Problem> asked = new HashSet<>();
    for (int update = 0; update < UPDATE; update++) {
      asked.addAll(prompts.sample(update, 4));
    }
    List<Problem> last = prompts.sample(UPDATE, 4);
    trap = last.stream().filter(one -> !asked.contains(one)).findFirst().orElseThrow().prompt();
    Compiled.file(classes, "my.Trap", TRAP.replace("PROMPT", trap));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "train.inner_epochs=1",
        "critic=separate advantage=generalized train.group_size=1 train.prompts=4",
        "model=table",
      })
  void inUpdate30Of60(String settings) throws IOException {
    Cli train = train(TINY, settings.split(" "));
    assertEquals(3, train.exitCode(), train.err());
    Path run = run();
    String sentence = "training became non-finite: update 30: reward is Infinity; group ";
    assertTrue(train.err().contains(sentence), train.err());
    assertTrue(train.err().contains("completion 0: " + trap), train.err());
    Path checkpoint = run.resolve("checkpoints/update-000030");
    assertTrue(train.err().contains("The last good checkpoint: " + checkpoint), train.err());
    String again = "./grpo4j replay " + run + " --classpath " + classes + " --update 30\n";
    assertTrue(train.err().contains(again), train.err());

    assertEquals(UPDATE, Files.readAllLines(run.resolve("metrics.jsonl")).size());
    Cli eval = cli("eval", run.toString(), "--json");
    assertEquals(0, eval.exitCode(), eval.err());
    assertEquals(UPDATE, JSON.readTree(eval.out()).path("updates_done").asInt());
    Cli replay = cli("replay", run.toString(), "--update", "30");
    assertEquals(3, replay.exitCode(), replay.err());
    assertTrue(replay.err().contains(sentence), replay.err());
    assertEquals(0, cli("replay", run.toString(), "--update", "29").exitCode());
    assertEquals(2, cli("replay", run.toString(), "--update", "31").exitCode());
    assertEquals(0, cli("report", run.toString()).exitCode());
    assertTrue(Files.readString(run.resolve("report.html")).contains("\"update\":29"));
    Cli resumed = cli("train", "--resume", run.toString());
    assertEquals(3, resumed.exitCode(), resumed.err());
    assertTrue(resumed.err().contains(sentence), resumed.err());
    assertEquals(UPDATE, Files.readAllLines(run.resolve("metrics.jsonl")).size());
  }

  private static final String COLLAPSING =
      """
      name: tiny
      task: think-add
      model: {width: 16, heads: 2, feed_forward: 32}
      cold_start: {steps: 20, corpus_size: 200}
      train: {updates: 8, prompts: 4, group_size: 4, inner_epochs: 2}
      reward: {parts: [{name: character-credit}]}
      evaluation: {every: 0, problems: 12, final_problems: 6, final_samples: 2, examples: 2}
      """;

  /**
   * Nobody sets a trap: the policy runs away from the reference policy until an exponential ends.
   */
  @Test
  void byTheLearningRate() throws IOException {
    Cli train =
        train(COLLAPSING, "train.learning_rate=10", "objective.kl={kind: loss, coefficient: 0.04}");
    assertEquals(3, train.exitCode(), train.err());
    String sentence = train.err().lines().findFirst().orElseThrow();
    assertTrue(
        sentence.matches(
            "error: training became non-finite: update 0, epoch 1, mini-batch 0: gradient of"
                + " \\S+\\[\\d+] is \\S+; group \\d, completion \\d: \\d\\d\\+\\d\\d= .*"),
        sentence);
    Cli replay = cli("replay", run().toString(), "--update", "0");
    assertEquals(3, replay.exitCode(), replay.err());
    assertTrue(replay.err().contains(sentence), replay.err());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "train.adam={epsilon: 1e-300, beta2: 0} train.learning_rate=10",
        "train.adam={epsilon: 1e-300, beta2: 0} train.learning_rate=10 train.warmup_updates=0",
        "cold_start.adam={epsilon: 1e-300, beta2: 0}",
        "cold_start.adam={epsilon: 1e-300, beta2: 0} cold_start.peak_learning_rate=10",
        "train.learning_rate=10 train.max_gradient_norm=none",
        "train.learning_rate=10 objective.kl={kind: loss, coefficient: 1000}",
        "train.learning_rate=10 objective.kl={kind: reward, coefficient: 1000}",
        "train.learning_rate=10 objective.kl={kind: loss, coefficient: 0.001} train.prompts=8",
        "train.learning_rate=10 critic=separate advantage=generalized train.group_size=1",
      })
  void atOnce(String settings) throws IOException {
    Cli train = train(COLLAPSING, settings.split(" (?=[a-z_]+[.=])"));
    if (train.exitCode() == 3) {
      assertTrue(
          train.err().matches("(?s)error: [^\n]*(update|cold-start step) \\d+[:,][^\n]* is \\S+.*"),
          train.err());
      return;
    }
    assertEquals(0, train.exitCode(), train.err());
    double largest = 0;
    for (String row : Files.readAllLines(run().resolve("metrics.jsonl"))) {
      largest = Math.max(largest, JSON.readTree(row).path("grad_norm").asDouble());
    }
    assertTrue(largest > 1e-3, "a gradient of 0 proves nothing: " + largest);
  }

  private Cli train(String experiment, String... settings) throws IOException {
    Path file = Files.writeString(directory.resolve("tiny.yaml"), experiment);
    List<String> words = new ArrayList<>(List.of("train", file.toString(), "--quiet"));
    words.addAll(List.of("--out", directory.toString()));
    Arrays.stream(settings).forEach(setting -> words.addAll(List.of("--set", setting)));
    return cli(words.toArray(new String[0]));
  }

  private static Cli cli(String... arguments) {
    List<String> words = new ArrayList<>(Arrays.asList(arguments));
    words.addAll(List.of("--classpath", classes.toString()));
    return Cli.run(words.toArray(new String[0]));
  }

  private Path run() throws IOException {
    try (Stream<Path> paths = Files.list(directory)) {
      return paths
          .filter(path -> path.getFileName().toString().startsWith("tiny__"))
          .findFirst()
          .orElseThrow();
    }
  }
}
