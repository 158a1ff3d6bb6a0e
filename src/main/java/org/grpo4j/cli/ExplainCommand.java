package org.grpo4j.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
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
final class ExplainCommand implements Callable<Integer> {

  private final Console console;

  @Parameters(paramLabel = "RUN", description = RunArgument.DESCRIPTION)
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

  @Mixin private ClasspathOptions common = new ClasspathOptions();

  ExplainCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    RunDirectory directory = RunArgument.open(run, common.classes());
    TraceReader reader = TraceArgument.open(directory);
    try {
      console.result(explain(directory, reader).stripTrailing());
    } catch (IllegalArgumentException e) {
      throw new UsageException(String.valueOf(e.getMessage()));
    }
    return ExitCode.OK;
  }

  private String explain(RunDirectory directory, TraceReader reader) throws IOException {
    TracedUpdate update = reader.update(updateNumber);
    boolean wholeGroup = completionNumber == null && tokenNumber == null;
    JsonNode json = common.json ? Json.parse(reader.json(updateNumber)) : null;
    ExplainedUpdate explained = new ExplainedUpdate(reader.header(), update);
    ExplainedGroups groups = new ExplainedGroups(update);
    if (wholeGroup && groupName == null) {
      return json != null
          ? Json.pretty(json)
          : (parameters ? explained.blocks() + "\n" : "") + explained.account();
    }
    OptionalInt number = groupNumber(update.batch().prompts().size());
    if (wholeGroup
        && json == null
        && number.isPresent()
        && !groups.traced().contains(number.getAsInt())) {
      return groups.untraced(number.getAsInt());
    }
    // Only here is anything computed again; the rest needs no class that the run names.
    ExperimentConfig config = directory.readConfig();
    TraceExplainer explainer =
        new TraceExplainer(
            update,
            config.advantage().weighted(config.reward().weights()),
            config.objective().objective());
    int g = groupIndex(update, number);
    TracedGroup group = update.groups().get(g);
    JsonNode groupJson = json == null ? null : json.path("groups").path(g);
    if (wholeGroup) {
      return groupJson != null ? Json.pretty(groupJson) : groups.group(group, explainer);
    }
    int i = completionNumber == null ? 0 : completionNumber;
    requireBelow("--completion", i, group.completions().size());
    if (tokenNumber == null && groupJson != null) {
      return Json.pretty(groupJson.path("completions").path(i));
    }
    return completion(reader, update, group.completions().get(i), explainer);
  }

  private String completion(
      TraceReader reader,
      TracedUpdate update,
      TracedCompletion completion,
      TraceExplainer explainer) {
    int step = step(completion);
    ExplainedCompletion explained =
        new ExplainedCompletion(reader.header(), update, completion, step);
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

  /** The group asked for; nothing if it is the first that was traced. */
  private OptionalInt groupNumber(int groups) {
    if (groupName == null || groupName.equals("first")) {
      return OptionalInt.empty();
    }
    try {
      int number = Integer.parseInt(groupName);
      requireBelow("--group", number, groups);
      return OptionalInt.of(number);
    } catch (NumberFormatException e) {
      throw new UsageException("--group: must be a number or first, got " + groupName);
    }
  }

  private int groupIndex(TracedUpdate update, OptionalInt number) {
    List<Integer> traced = update.groups().stream().map(TracedGroup::group).toList();
    if (traced.isEmpty()) {
      throw new UsageException("update " + updateNumber + ": no group was traced");
    }
    int index = number.isEmpty() ? 0 : traced.indexOf(number.getAsInt());
    if (index < 0) {
      throw new UsageException(
          "--group: of update "
              + updateNumber
              + " the tokens of the groups "
              + traced
              + " were traced, got "
              + number.getAsInt()
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
