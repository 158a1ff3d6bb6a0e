package org.grpo4j.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.grpo4j.cli.text.Console;
import org.grpo4j.cli.text.ExitCode;
import org.grpo4j.cli.text.ExplainedCompletion;
import org.grpo4j.cli.text.ExplainedGroups;
import org.grpo4j.cli.text.ExplainedUpdate;
import org.grpo4j.cli.text.ExplanationText;
import org.grpo4j.experiment.ExperimentConfig;
import org.grpo4j.experiment.files.Json;
import org.grpo4j.experiment.files.RunDirectory;
import org.grpo4j.experiment.trace.TraceExplainer;
import org.grpo4j.experiment.trace.TraceReader;
import org.grpo4j.experiment.trace.TracedCompletion;
import org.grpo4j.experiment.trace.TracedGroup;
import org.grpo4j.experiment.trace.TracedTokens;
import org.grpo4j.experiment.trace.TracedUpdate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code explain}: the numbers of one update, down to where they come from. */
@Command(
    name = "explain",
    mixinStandardHelpOptions = true,
    description = {
      "Shows one update of a run from its trace: the whole update, one group, one",
      "completion, or one token with its coefficient as a tree of the numbers it came from."
    },
    footer = {
      "",
      "The numbers of a tree are computed again from the trace, by the classes that trained,",
      "and are those of the run to the last bit.",
      "",
      "Examples:",
      "  grpo4j explain runs/think-add__1__20260101T120000Z --update 12",
      "  grpo4j explain runs/think-add__1__20260101T120000Z --update 12 --group 3",
      "  grpo4j explain runs/think-add__1__20260101T120000Z --update 12 --group 3 \\",
      "      --completion 0 --token 4"
    })
final class ExplainCommand implements Callable<Integer> {

  private final Console console;

  @Parameters(paramLabel = "RUN", description = "A run directory.")
  private Path run = Path.of("");

  @Option(
      names = "--update",
      required = true,
      paramLabel = "U",
      description = "The update, from 0.")
  private int updateNumber;

  @Option(
      names = "--group",
      paramLabel = "G",
      description = "A traced group. With --completion, default: the first.")
  private @Nullable Integer groupNumber;

  @Option(
      names = "--completion",
      paramLabel = "I",
      description = "A completion of the group, from 0. With --token, default: 0.")
  private @Nullable Integer completionNumber;

  @Option(names = "--token", paramLabel = "T", description = "A token of the completion, from 0.")
  private @Nullable Integer tokenNumber;

  @Option(
      names = "--step",
      paramLabel = "S",
      description = "The optimiser step, from 1. Default: the first with the completion.")
  private @Nullable Integer stepNumber;

  @Mixin private CommonOptions common = new CommonOptions();

  ExplainCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    RunDirectory directory = RunArgument.open(run);
    TraceReader reader = TraceArgument.open(directory);
    try {
      console.result(explain(directory.readConfig(), reader).stripTrailing());
    } catch (IllegalArgumentException e) {
      throw new UsageException(String.valueOf(e.getMessage()));
    }
    return ExitCode.OK;
  }

  private String explain(ExperimentConfig config, TraceReader reader) throws IOException {
    TracedUpdate update = reader.update(updateNumber);
    boolean wholeUpdate = groupNumber == null && completionNumber == null && tokenNumber == null;
    JsonNode json = common.json ? new ObjectMapper().readTree(reader.json(updateNumber)) : null;
    if (wholeUpdate) {
      return json != null
          ? Json.pretty(json)
          : new ExplainedUpdate(reader.header(), update).account();
    }
    TraceExplainer explainer =
        new TraceExplainer(
            update,
            config.advantage().weighted(config.reward().weights()),
            config.objective().objective());
    int g = groupIndex(update);
    TracedGroup group = update.groups().get(g);
    JsonNode groupJson = json == null ? null : json.path("groups").path(g);
    if (completionNumber == null && tokenNumber == null) {
      return groupJson != null
          ? Json.pretty(groupJson)
          : new ExplainedGroups(update).group(group, explainer);
    }
    int i = completionNumber == null ? 0 : completionNumber;
    requireBelow("--completion", i, group.completions().size());
    if (tokenNumber == null && groupJson != null) {
      return Json.pretty(groupJson.path("completions").path(i));
    }
    return completion(reader, group.completions().get(i), explainer);
  }

  private String completion(
      TraceReader reader, TracedCompletion completion, TraceExplainer explainer) {
    int step = step(completion);
    TracedTokens tokens = completion.steps().get(step).orElseThrow();
    ExplainedCompletion explained =
        new ExplainedCompletion(reader.header(), completion, step, tokens);
    if (tokenNumber == null) {
      return explained.account();
    }
    requireBelow("--token", tokenNumber, completion.tokens().size());
    if (!common.json) {
      return explained.token(tokenNumber, explainer);
    }
    ObjectNode node = Json.object();
    node.put("update", updateNumber).put("row", completion.row());
    node.put("token", tokenNumber).put("step", step + 1);
    node.set(
        "coefficient",
        ExplanationText.json(explainer.coefficient(completion.row(), tokenNumber, step)));
    node.set("loss", ExplanationText.json(explainer.loss(completion.row(), tokenNumber, step)));
    node.put("old_logp", completion.oldLogProbs().get(tokenNumber));
    node.put("after_logp", completion.afterLogProbs().get(tokenNumber));
    return Json.pretty(node);
  }

  private int groupIndex(TracedUpdate update) {
    List<Integer> traced = update.groups().stream().map(TracedGroup::group).toList();
    if (traced.isEmpty()) {
      throw new UsageException("update " + updateNumber + ": no group was traced");
    }
    int index = groupNumber == null ? 0 : traced.indexOf(groupNumber);
    if (index < 0) {
      throw new UsageException(
          "--group: update "
              + updateNumber
              + " was traced with the groups "
              + traced
              + ", got "
              + groupNumber
              + "\n  More of them: train --set trace.groups=N");
    }
    return index;
  }

  /** The step asked for, or the first whose mini-batch had the completion. */
  private int step(TracedCompletion completion) {
    for (int s = 0; s < completion.steps().size(); s++) {
      if (completion.steps().get(s).isPresent() && (stepNumber == null || stepNumber == s + 1)) {
        return s;
      }
    }
    if (stepNumber != null) {
      requireStep(stepNumber, completion.steps().size());
    }
    throw new UsageException("--step: the completion was not in the mini-batch of that step");
  }

  private static void requireStep(int value, int steps) {
    if (value < 1 || value > steps) {
      throw new UsageException("--step: must be 1 to " + steps + ", got " + value);
    }
  }

  private static void requireBelow(String option, int value, int bound) {
    if (value < 0 || value >= bound) {
      throw new UsageException(option + ": must be 0 to " + (bound - 1) + ", got " + value);
    }
  }
}
