package org.grpo4j.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.grpo4j.cli.text.ExitCode;
import org.grpo4j.cli.text.ExplainedCompletion;
import org.grpo4j.cli.text.ExplainedGroups;
import org.grpo4j.cli.text.ExplainedUpdate;
import org.grpo4j.experiment.ExperimentConfig;
import org.grpo4j.experiment.files.Json;
import org.grpo4j.experiment.files.RunDirectory;
import org.grpo4j.experiment.trace.TraceExplainer;
import org.grpo4j.experiment.trace.TraceReader;
import org.grpo4j.experiment.trace.TracedCompletion;
import org.grpo4j.experiment.trace.TracedGroup;
import org.grpo4j.experiment.trace.TracedUpdate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code explain}: the numbers of one update, down to where they come from. */
@Command(
    name = "explain",
    description = {
      "Shows the numbers of one update, down to those of one token.",
      "The whole update, one group, one completion, or one token with its coefficient as a tree"
          + " of the numbers it came from."
    },
    footer = {
      "",
      "The numbers of a tree are computed again from the trace, by the classes that",
      "trained, and are those of the run to the last bit.",
      "",
      "Examples:",
      "  grpo4j explain last --update 12",
      "  grpo4j explain last --update 12 --group 3",
      "  grpo4j explain last --update 12 --group first",
      "  grpo4j explain last --update 12 --group first --completion 0 --token 1"
    })
final class ExplainCommand extends OpeningCommand {

  @Parameters(paramLabel = "RUN", description = RUN)
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
      description =
          "A group, from 0, or \"first\" for the first whose tokens were traced, which is the"
              + " default with --completion.")
  private @Nullable String groupName;

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

  @Option(
      names = "--parameters",
      description = "Of a whole update, list what the first step did to each parameter block.")
  private boolean parameters;

  @Override
  public Integer call() throws IOException {
    RunDirectory directory = open(run);
    TraceReader reader = trace(directory);
    console().result(UsageException.of(() -> explain(directory, reader)).stripTrailing());
    return ExitCode.OK;
  }

  private String explain(RunDirectory directory, TraceReader reader) throws IOException {
    TracedUpdate update = reader.update(updateNumber);
    JsonNode tree = Json.parse(reader.json(updateNumber));
    boolean wholeGroup = completionNumber == null && tokenNumber == null;
    if (wholeGroup && groupName == null) {
      ExplainedUpdate explained = new ExplainedUpdate(reader.header(), update);
      String blocks = parameters ? explained.blocks() + "\n" : "";
      return result(() -> tree, () -> blocks + explained.account());
    }
    ExplainedGroups groups = new ExplainedGroups(update);
    int number = groupNumber(update.batch().prompts().size(), groups.traced());
    int g = groups.traced().indexOf(number);
    if (g < 0) {
      if (wholeGroup && !json) {
        return groups.untraced(number);
      }
      throw new UsageException(
          "--group: of update %d the tokens of the groups %s were traced, got %d\n  More of them: train --set trace.groups=N"
              .formatted(updateNumber, groups.traced(), number));
    }
    TracedGroup group = update.groups().get(g);
    JsonNode groupTree = tree.path("groups").path(g);
    if (wholeGroup) {
      return result(() -> groupTree, () -> groups.group(group, explainer(directory, update)));
    }
    int i = completionNumber == null ? 0 : completionNumber;
    UsageException.unlessWithin("--completion", i, 0, group.completions().size() - 1);
    TracedCompletion completion = group.completions().get(i);
    int step = step(completion);
    ExplainedCompletion explained =
        new ExplainedCompletion(reader.header(), update, completion, step);
    if (tokenNumber == null) {
      return result(() -> groupTree.path("completions").path(i), explained::account);
    }
    int t = tokenNumber;
    UsageException.unlessWithin("--token", t, 0, completion.tokens().size() - 1);
    TraceExplainer explainer = explainer(directory, update);
    return result(() -> explained.json(t, explainer), () -> explained.token(t, explainer));
  }

  /** Only here is anything computed again; the rest needs no class that the run names. */
  private static TraceExplainer explainer(RunDirectory directory, TracedUpdate update) {
    ExperimentConfig config = UsageException.of(directory::readConfig);
    return new TraceExplainer(
        update,
        config.advantage().weighted(config.reward().weights()),
        config.objective().objective());
  }

  /** The group asked for, or the first that was traced. */
  private int groupNumber(int groups, List<Integer> traced) {
    if (groupName == null || groupName.equals("first")) {
      return traced.stream()
          .findFirst()
          .orElseThrow(
              () -> new UsageException("update " + updateNumber + ": no group was traced"));
    }
    try {
      int number = Integer.parseInt(groupName);
      UsageException.unlessWithin("--group", number, 0, groups - 1);
      return number;
    } catch (NumberFormatException e) {
      throw new UsageException("--group: must be a number or first, got " + groupName);
    }
  }

  /** The step asked for, or the first whose mini-batch had the completion. */
  private int step(TracedCompletion completion) {
    for (int s = 0; s < completion.steps().size(); s++) {
      if (completion.steps().get(s).isPresent() && (stepNumber == null || stepNumber == s + 1)) {
        return s;
      }
    }
    if (stepNumber != null) {
      UsageException.unlessWithin("--step", stepNumber, 1, completion.steps().size());
    }
    throw new UsageException("--step: the completion was not in the mini-batch of that step");
  }
}
