package org.grpo4j.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.grpo4j.advantage.AdvantageEstimator;
import org.grpo4j.advantage.GeneralizedAdvantage;
import org.grpo4j.advantage.GroupRelativeAdvantage;
import org.grpo4j.advantage.Whitening;
import org.grpo4j.experiment.trace.TraceDigest;
import org.grpo4j.objective.GrpoObjective;
import org.grpo4j.objective.ValueLoss;
import org.grpo4j.playground.PlaygroundPage;
import org.grpo4j.playground.engine.Catalogue;
import org.grpo4j.playground.engine.Catalogue.Model;
import org.grpo4j.playground.engine.PlaygroundRun;
import org.grpo4j.playground.engine.RunSettings;
import org.grpo4j.policy.AdamSettings;
import org.grpo4j.reward.WeightedReward;
import org.grpo4j.task.TaskSource;
import org.grpo4j.train.ColdStartSettings;
import org.grpo4j.train.CriticSettings;
import org.grpo4j.train.GrpoSettings;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The engine in the playground's own page, under its policy, against the same classes on this JVM:
 * completions, rewards, advantages, steps and parameters of every update, and at the end policy and
 * optimiser, to the last bit. {@code -Pplayground,browser}; without the first there is no engine.
 */
class PlaygroundBitsTest {

  private static final int UPDATES = 50;

  /** Runs the updates in a worker of the page; gives the digests and the file of the policy. */
  private static final String RUN =
      """
      async ([settings, updates]) => {
        const text = id => document.getElementById(id).textContent;
        const packed = Uint8Array.from(atob(text("engine")), c => c.charCodeAt(0));
        const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
        const wasm = await new Response(stream).arrayBuffer();
        const script = new Blob([JSON.parse(text("worker")).script], { type: "text/javascript" });
        const worker = new Worker(URL.createObjectURL(script));
        const ask = message =>
          new Promise((resolve, reject) => {
            worker.onmessage = ({ data }) => data.error ? reject(data.error) : resolve(data.result);
            worker.postMessage({ id: 1, ...message });
          });
        await ask({ wasm });
        await ask({ call: "begin", args: [JSON.parse(settings), null] });
        const digests = [];
        for (let i = 0; i < updates; i++) {
          const { line } = await ask({ call: "update", args: [{ trace: 1 }] });
          const { rollout, rewards, advantages, steps, parameters } = line.digest;
          digests.push([rollout, rewards, advantages, steps, parameters].join(" "));
        }
        const { file } = await ask({ call: "checkpoint", args: [] });
        worker.terminate();
        return { digests, file: btoa(Array.from(file, b => String.fromCharCode(b & 255)).join("")) };
      }
      """;

  private static final String SETTINGS =
      """
      {"name": "bits", "task": "%s", "model": "%s", "seed": 3,
       "cold_start": {"steps": 30, "batch_size": 16, "corpus_size": 200, "learning_rate": 0.006,
         "warmup_steps": 5, "final_learning_rate_fraction": 0.1, "max_gradient_norm": 1, %3$s},
       "train": {"updates": 50, "prompts": 8, "group_size": 4, "temperature": 1, "inner_epochs": 2,
         "mini_batches": 2, "learning_rate": %4$s, "warmup_updates": 5, "max_gradient_norm": 1,
         "reference_refresh_every": 0, %3$s},
       "advantage": {"estimator": "group-relative", "scale": "group", "deviation": "sample",
         "stdEpsilon": 0.0001, "singleton": "zero"},
       "objective": {"surrogate": "clip", "clipLow": 0.2, "clipHigh": 0.2, "ratioLevel": "token",
         "aggregation": "sequence-mean-token-mean", "emptyRows": "count", "beta": 0,
         "klEstimator": "k3", "klRatioWeighted": "false", "klFrom": "frozen",
         "entropyCoefficient": 0},
       "critic": {"kind": "%5$s", "gamma": 1, "lambda": 0.95, "whitening": "batch",
         "learning_rate": 0.003, "warmup_updates": 5, "max_gradient_norm": 1, "value_clip": 0.2,
         %3$s},
       "reward": {"parts": [{"name": "correct", "weight": 1}]}}
      """;

  private static final String ADAM =
      "\"adam\": {\"beta1\": 0.9, \"beta2\": 0.95, \"epsilon\": 1e-8}";

  @TempDir private static Path directory;
  private static Optional<Chromium> chromium = Optional.empty();

  @BeforeAll
  static void writeThePage() throws IOException {
    Optional<byte[]> engine = made("engine.wasm");
    assumeTrue(engine.isPresent(), "only with -Pplayground");
    String runtime = new String(made("engine-runtime.js").orElseThrow(), StandardCharsets.UTF_8);
    String page = PlaygroundPage.of(runtime, engine.get(), new byte[0]);
    Files.writeString(directory.resolve("index.html"), page);
    chromium = Optional.of(new Chromium());
  }

  @AfterAll
  static void close() {
    chromium.ifPresent(Chromium::close);
  }

  private static Optional<byte[]> made(String name) throws IOException {
    try (InputStream in = PlaygroundPage.class.getResourceAsStream("page/" + name)) {
      return in == null ? Optional.empty() : Optional.of(in.readAllBytes());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "few-sums, TABLE, none, 0.05",
    "few-sums, TABLE, separate, 0.05",
    "think-add, TRANSFORMER, none, 0.0015",
    "think-add, TRANSFORMER, separate, 0.0015"
  })
  void theTabComputesTheBitsOfTheJvm(String task, Model model, String critic, double learningRate) {
    String settings =
        SETTINGS.formatted(
            task, model == Model.TABLE ? "table" : "transformer", ADAM, learningRate, critic);
    PlaygroundRun run =
        new PlaygroundRun(
            settings(task, model, critic.equals("separate"), learningRate), Optional.empty());
    List<String> expected = new ArrayList<>();
    for (int update = 0; update < UPDATES; update++) {
      TraceDigest digest = run.update(1).traced().orElseThrow().digest();
      expected.add(
          String.join(
              " ",
              digest.rollout(),
              digest.rewards(),
              digest.advantages(),
              digest.steps(),
              digest.parameters()));
    }
    try (Chromium.Tab tab = chromium.orElseThrow().open(1000, 700, ColorScheme.LIGHT, true)) {
      tab.goTo(directory.resolve("index.html"));
      Map<?, ?> answer = (Map<?, ?>) tab.page().evaluate(RUN, List.of(settings, UPDATES));
      assertEquals(expected, answer.get("digests"));
      byte[] file = Base64.getDecoder().decode((String) answer.get("file"));
      assertArrayEquals(run.checkpoint(), file);
    }
  }

  private static RunSettings settings(
      String taskName, Model model, boolean withCritic, double learningRate) {
    AdamSettings adam = new AdamSettings(0.9, 0.95, 1e-8);
    TaskSource task = Catalogue.task(taskName);
    AdvantageEstimator advantage =
        withCritic
            ? new GeneralizedAdvantage(1, 0.95, Optional.of(Whitening.standard()))
            : GroupRelativeAdvantage.standard();
    CriticSettings critic = new CriticSettings(3e-3, 5, adam, 1, new ValueLoss(0.2));
    return new RunSettings(
        "bits",
        taskName,
        task,
        model,
        3,
        new ColdStartSettings(30, 16, 200, 6e-3, 5, 0.1, adam, 1),
        new GrpoSettings(UPDATES, 8, 4, 1, 2, 2, learningRate, 5, adam, 1, 0, 1),
        advantage,
        GrpoObjective.standard(),
        withCritic ? Optional.of(new RunSettings.Critic(false, critic)) : Optional.empty(),
        List.of(new WeightedReward.Term(Catalogue.reward("correct", task, ""), 1)));
  }
}
