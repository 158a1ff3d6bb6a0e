package org.grpo4j.tour;

import java.util.List;

/** The stops of {@code docs/one-update.md}, in the order in which the program reaches them. */
final class OneUpdateTour {

  static final String MAIN_CLASS = "org.grpo4j.cli.DebugOneUpdate";

  static final List<Stop> STOPS =
      List.of(
          new Stop(
              "train.sampling.TokenLoop",
              "run",
              "draft.append(token, next.logProbability(token));",
              1,
              "",
              List.of(
                  "row",
                  "t",
                  "next",
                  "token",
                  "vocabulary.symbol(token)",
                  "next.logProbability(token)")),
          new Stop(
              "train.sampling.RolloutSampler",
              "sampleChunk",
              "groups.add(new Group(problems.get(p), prompts.get(p), completions));",
              1,
              "",
              List.of(
                  "problems.get(p)",
                  "prompts.get(p)",
                  "groupSize",
                  "completions.get(0)",
                  "completions.get(1)",
                  "completions.get(2)",
                  "completions.get(3)")),
          new Stop(
              "reward.CorrectnessReward",
              "score",
              "return Reward.of(NAME, correct);",
              2,
              "",
              List.of(
                  "problem.prompt()",
                  "problem.answer()",
                  "completion.text()",
                  "completion.finishReason()",
                  "correct")),
          new Stop(
              "advantage.GroupRelativeAdvantage",
              "advantage",
              "return advantage;",
              1,
              "",
              List.of("reward", "groupMean", "centredReward", "standardDeviation", "advantage")),
          new Stop(
              "objective.ClippedSurrogate",
              "term",
              "return SurrogateTerm.ofRatio(loss, lossByLogRatio, unclipped, clipped, branch);",
              1,
              "",
              List.of(
                  "logProb",
                  "ratio",
                  "advantage",
                  "unclipped",
                  "clipped",
                  "loss",
                  "branch",
                  "lossByLogRatio")),
          new Stop(
              "objective.GrpoObjective",
              "evaluateRow",
              "terms.add(term);",
              1,
              "",
              List.of("i", "t", "term.weight()", "term.kl()", "term.lossByLogProb()")),
          new Stop(
              "train.GrpoTrainer",
              "optimize",
              "forward.backward(result.lossByLogProb(), result.lossByEntropy());",
              1,
              "",
              List.of(
                  "part.update()",
                  "part.innerEpoch()",
                  "rows",
                  "result",
                  "result.ratios()",
                  "result.lossByLogProb()",
                  "policy.version()")),
          new Stop(
              "policy.TokenDistribution",
              "lossByLogits",
              "into[j] = byLogit;",
              4,
              "j == chosen",
              List.of("chosen", "g", "h", "j", "indicator", "p", "byLogit")),
          new Stop(
              "policy.network.Dl4jNetwork",
              "step",
              "network.params().subi(gradient.reshape(network.params().shape()));",
              1,
              "",
              List.of("factor", "learningRate", "gradient.length()", "gradient.amaxNumber()")),
          new Stop(
              "objective.ClippedSurrogate",
              "term",
              "return SurrogateTerm.ofRatio(loss, lossByLogRatio, unclipped, clipped, branch);",
              5,
              "branch != ClipBranch.INSIDE",
              List.of(
                  "logProb",
                  "ratio",
                  "advantage",
                  "unclipped",
                  "clipped",
                  "loss",
                  "branch",
                  "lossByLogRatio")));

  private OneUpdateTour() {}
}
