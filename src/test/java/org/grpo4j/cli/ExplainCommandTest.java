package org.grpo4j.cli;

import static org.grpo4j.math.ExplanationAssertions.assertExplains;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.grpo4j.experiment.ExperimentConfig;
import org.grpo4j.experiment.files.RunDirectory;
import org.grpo4j.experiment.trace.TraceExplainer;
import org.grpo4j.experiment.trace.TraceReader;
import org.grpo4j.experiment.trace.TracedBatch;
import org.grpo4j.experiment.trace.TracedCompletion;
import org.grpo4j.experiment.trace.TracedGroup;
import org.grpo4j.experiment.trace.TracedTokens;
import org.grpo4j.experiment.trace.TracedUpdate;
import org.grpo4j.math.Numbers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExplainCommandTest {

  @TempDir Path directory;

  /** Every token of every traced completion at every optimiser step, tolerance zero. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "grpo-deepseekmath",
        "dapo",
        "dr-grpo",
        "gspo",
        "cispo",
        "ppo",
        "reinforce-plus-plus",
        "remax",
        "gdpo",
        "process-supervision",
        "as-verl",
        "vespo"
      })
  void everyExplanationIsTheTracedNumber(String preset) throws IOException {
    Path run = ShortRuns.train(directory, preset);
    ExperimentConfig config = RunDirectory.open(run).readConfig();
    TraceReader reader = TraceReader.open(RunDirectory.open(run));
    int explained = 0;
    boolean alive = false;
    for (int number : reader.updates()) {
      TracedUpdate update = reader.update(number);
      TraceExplainer explainer =
          new TraceExplainer(
              update,
              config.advantage().weighted(config.reward().weights()),
              config.objective().objective());
      for (TracedGroup group : update.groups()) {
        alive |= !group.dead().orElse(false);
        for (TracedCompletion completion : group.completions()) {
          explained += explainAll(explainer, completion);
        }
      }
    }
    assertTrue(explained > 100, "explained: " + explained);
    assertTrue(alive, "every traced group is dead");
  }

  private static int explainAll(TraceExplainer explainer, TracedCompletion completion) {
    int explained = 0;
    int row = completion.row();
    for (int t = 0; t < completion.tokens().size(); t++) {
      assertExplains(completion.advantages().get(t), explainer.advantage(row, t));
      for (int s = 0; s < completion.steps().size(); s++) {
        if (completion.steps().get(s).isPresent()) {
          TracedTokens tokens = completion.steps().get(s).get();
          assertExplains(tokens.coefficients().get(t), explainer.coefficient(row, t, s));
          assertExplains(tokens.losses().get(t), explainer.loss(row, t, s));
          explained++;
        }
      }
    }
    return explained;
  }

  @Test
  void showsUpdateGroupCompletionAndToken() throws IOException {
    Path run = ShortRuns.train(directory, "grpo-deepseekmath");
    TracedUpdate update = withDifferentRewards(run, List.of(0, 2));
    String u = String.valueOf(update.update());
    TracedGroup group = update.groups().get(0);
    String g = String.valueOf(group.group());

    String account = explain(run, "--update", u);
    assertTrue(
        account.startsWith("update " + u + " of short, seed 1: 96 completions of 6 prompts"),
        account);
    assertTrue(account.contains("reference policy   version 0"), account);
    assertFalse(account.contains("embedding."), account);
    assertTrue(explain(run, "--update", u, "--parameters").contains("embedding."), account);
    assertTrue(account.contains("  --parameters     what the first step did"), account);
    List<String> traced = update.groups().stream().map(one -> "" + one.group()).toList();
    assertTrue(
        account.contains(
            "\nMore, with every token of the groups "
                + String.join(", ", traced)
                + ":\n  --group G "),
        account);

    String ofGroup = explain(run, "--update", u, "--group", g);
    assertTrue(ofGroup.contains(group.prompt()), ofGroup);
    assertTrue(ofGroup.contains("A = (r - mean) / (std + eps) = "), ofGroup);
    assertTrue(ofGroup.contains("mean, of the rewards of group " + g), ofGroup);

    assertEquals(ofGroup, explain(run, "--update", u, "--group", "first"));

    String completion = explain(run, "--update", u, "--group", g, "--completion", "1");
    assertEquals(
        group.completions().get(1).tokens().size(),
        completion.lines().filter(line -> line.matches("\\d +\\S .*")).count(),
        completion);

    String token = explain(run, "--update", u, "--completion", "1", "--token", "0");
    for (String part :
        List.of(
            "  g = w * ",
            "rho = exp(log pi - log pi_old) = exp(",
            "A = (r - mean) / (std + eps)")) {
      assertTrue(token.contains(part), token);
    }
    assertTrue(
        explain(run, "--update", "0", "--token", "0").contains("in the last of every 2 updates"),
        "not computed at update 0");
    assertTrue(
        explain(run, "--update", "1", "--token", "0").contains("% of the whole gradient"),
        "computed at update 1");
  }

  /** Every reward and advantage is in the trace, also where the tokens are not. */
  @Test
  void aGroupWithoutTokensShowsItsRewardsAndAdvantages() throws IOException {
    Path run = ShortRuns.train(directory, "grpo-deepseekmath");
    TracedBatch batch = TraceReader.open(RunDirectory.open(run)).update(0).batch();
    int group = Integer.parseInt(untraced(run));
    List<String> lines =
        explain(run, "--update", "0", "--group", "" + group)
            .lines()
            .map(line -> line.replaceAll(" +", " "))
            .toList();
    assertEquals("group " + group + " of update 0: " + batch.prompts().get(group), lines.get(0));
    for (int row = 0, i = 0; row < batch.rows(); row++) {
      if (batch.groupOfRow().get(row) == group) {
        String reward = Numbers.brief(batch.rewards().get(row));
        String advantage = Numbers.brief(batch.advantages().get(row));
        String end = batch.lengths().get(row) + " " + reward + " " + advantage;
        String line = i + " " + batch.texts().get(row) + " " + end;
        assertEquals(line.replaceAll(" +", " "), lines.get(3 + i++));
      }
    }
  }

  /** The estimator was given the score less the KL penalty; the header shows both. */
  @Test
  void withKlInTheRewardACompletionShowsScoreAndReward() throws IOException {
    Path run = ShortRuns.train(directory, "rloo");
    TracedUpdate update = TraceReader.open(RunDirectory.open(run)).update(1);
    TracedCompletion first = update.groups().get(0).completions().get(0);
    double given = update.batch().advantageRewards().orElseThrow().get(first.row());
    String score = Numbers.brief(first.reward().total());
    String header =
        "   score, - KL penalty " + score + ", " + Numbers.brief(given) + "   advantage ";
    String completion = explain(run, "--update", "1", "--completion", "0");
    assertTrue(completion.contains(header), completion);
  }

  /** A group of update 0 whose tokens were not traced. */
  private static String untraced(Path run) throws IOException {
    List<Integer> traced =
        TraceReader.open(RunDirectory.open(run)).update(0).groups().stream()
            .map(TracedGroup::group)
            .toList();
    return "" + IntStream.range(0, 6).filter(g -> !traced.contains(g)).findFirst().orElseThrow();
  }

  @Test
  void jsonHasTheSameNumbers() throws IOException {
    Path run = ShortRuns.train(directory, "dr-grpo");
    TracedUpdate update = withDifferentRewards(run, List.of(0, 1, 2));
    String u = String.valueOf(update.update());
    TracedCompletion completion = update.groups().get(0).completions().get(2);
    ObjectMapper mapper = new ObjectMapper();
    JsonNode whole = mapper.readTree(explain(run, "--update", u, "--json"));
    assertEquals(update.update(), whole.path("update").asInt());
    JsonNode group =
        mapper.readTree(explain(run, "--update", u, "--group", group(update), "--json"));
    assertEquals(16, group.path("completions").size());
    JsonNode one = mapper.readTree(explain(run, "--update", u, "--completion", "2", "--json"));
    assertEquals(completion.row(), one.path("row").asInt());
    JsonNode token =
        mapper.readTree(explain(run, "--update", u, "--completion", "2", "--token", "1", "--json"));
    int step = token.path("step").asInt() - 1;
    assertEquals(
        completion.steps().get(step).orElseThrow().coefficients().get(1),
        token.path("coefficient").path("value").asDouble());
    assertTrue(token.path("coefficient").path("parts").size() > 0);
  }

  @Test
  void mistakesSayWhatThereIs() throws IOException {
    Path run = ShortRuns.train(directory, "dr-grpo");
    List<Integer> traced = new ArrayList<>();
    TraceReader.open(RunDirectory.open(run))
        .update(0)
        .groups()
        .forEach(group -> traced.add(group.group()));
    refuses("0 to 2", run, "--update", "7");
    String other = untraced(run);
    refuses(traced.toString(), run, "--update", "0", "--group", other, "--token", "0");
    refuses("--group: must be from 0 to 5, got 99", run, "--update", "0", "--group", "99");
    refuses("--group: must be a number or first", run, "--update", "0", "--group", "second");
    refuses(
        "--completion: must be from 0 to 15, got 16", run, "--update", "0", "--completion", "16");
    refuses("--token: must be from 0 to ", run, "--update", "0", "--token", "17");
    refuses("--step: must be from 1 to ", run, "--update", "0", "--token", "0", "--step", "9");
    refuses("must be a run directory", directory.resolve("none"), "--update", "0");
  }

  /** The first of the updates whose first traced group is not dead. */
  private static TracedUpdate withDifferentRewards(Path run, List<Integer> updates)
      throws IOException {
    TraceReader reader = TraceReader.open(RunDirectory.open(run));
    for (int update : updates) {
      if (!reader.update(update).groups().get(0).dead().orElse(false)) {
        return reader.update(update);
      }
    }
    throw new AssertionError("every traced group is dead");
  }

  private static String group(TracedUpdate update) {
    return String.valueOf(update.groups().get(0).group());
  }

  private static String explain(Path run, String... options) {
    Cli cli = Cli.run(arguments(run, options));
    assertEquals(0, cli.exitCode(), cli.err());
    return cli.out();
  }

  private static void refuses(String message, Path run, String... options) {
    Cli cli = Cli.run(arguments(run, options));
    assertEquals(2, cli.exitCode(), cli.err());
    assertTrue(cli.err().contains(message), cli.err());
    assertEquals("", cli.out());
  }

  private static String[] arguments(Path run, String... options) {
    List<String> arguments = new ArrayList<>(List.of("explain", run.toString()));
    arguments.addAll(List.of(options));
    return arguments.toArray(String[]::new);
  }
}
