package org.grpo4j.whatif;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.grpo4j.advantage.AdvantageInputs;
import org.grpo4j.math.DoubleVector;
import org.grpo4j.math.RowGroups;
import org.grpo4j.math.TokenTable;
import org.grpo4j.objective.Aggregation;
import org.grpo4j.objective.GrpoObjective;
import org.grpo4j.objective.ImportanceWeightedSurrogate;
import org.grpo4j.objective.RatioLevel;
import org.grpo4j.verify.CaseValues;
import org.grpo4j.verify.Columns;
import org.grpo4j.verify.VectorCase;

/** Golden cases as requests, where a request can say what the case says. */
final class GoldenRequests {

  private GoldenRequests() {}

  static Optional<WhatIfRequest> of(VectorCase one) {
    return switch (one.kind()) {
      case "advantage_group",
          "advantage_group_ids",
          "advantage_rloo",
          "advantage_remax",
          "advantage_reinforce_pp_baseline" ->
          Optional.of(advantages(one));
      case "surrogate_token" -> Optional.of(surrogate(one));
      case "kl_estimator" -> Optional.of(klEstimator(one));
      case "aggregate" -> Optional.of(aggregate(one));
      case "policy_loss" -> Optional.of(policyLoss(one, table(one.inputs(), "advantages")));
      case "ppo_loss" ->
          Optional.of(policyLoss(one, expectedTable(one.expected().get("advantages"))));
      case "pipeline" -> Optional.of(pipeline(one));
      default -> Optional.empty();
    };
  }

  private static WhatIfRequest advantages(VectorCase one) {
    CaseValues inputs = one.inputs();
    DoubleVector rewards = inputs.vector("rewards");
    int size = rewards.size();
    TokenTable mask = inputs.has("mask") ? inputs.table("mask") : ones(size, 1);
    List<WhatIfRow> rows = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      DoubleVector zeros = DoubleVector.constant(mask.length(i), 0);
      rows.add(WhatIfRow.of(i, zeros, zeros));
    }
    RowGroups groups =
        inputs.has("group_ids")
            ? RowGroups.of(toInts(inputs.vector("group_ids")))
            : RowGroups.consecutive(size, (int) one.options().number("group_size", 1));
    return WhatIfRequest.of(
        Optional.of(GoldenEstimators.of(one)),
        GrpoObjective.standard(),
        withGreedy(AdvantageInputs.of(rewards, groups, mask), inputs),
        rows);
  }

  private static AdvantageInputs withGreedy(AdvantageInputs inputs, CaseValues given) {
    return given.has("greedy_rewards")
        ? inputs.withGreedyRewards(given.vector("greedy_rewards"))
        : inputs;
  }

  /** Every token is a row of its own with weight 1. */
  private static WhatIfRequest surrogate(VectorCase one) {
    CaseValues inputs = one.inputs();
    return columns(
        summed(one),
        inputs.vector("old_logp"),
        inputs.vector("logp"),
        Optional.empty(),
        inputs.vector("advantages"));
  }

  private static WhatIfRequest klEstimator(VectorCase one) {
    CaseValues inputs = one.inputs();
    DoubleVector logProbs = inputs.vector("logp");
    GrpoObjective objective = summed(one);
    return columns(
        objective.withKl(objective.klPenalty().withBeta(1)),
        logProbs,
        logProbs,
        Optional.of(inputs.vector("ref_logp")),
        DoubleVector.constant(logProbs.size(), 0));
  }

  private static GrpoObjective summed(VectorCase one) {
    GrpoObjective objective = Columns.objective(one.options());
    return new GrpoObjective(
        objective.surrogate(),
        objective.ratioLevel(),
        new Aggregation.SumNorm(1),
        objective.klPenalty(),
        objective.entropyBonus(),
        objective.offPolicyRowMask(),
        objective.logRatioBound());
  }

  private static WhatIfRequest columns(
      GrpoObjective objective,
      DoubleVector oldLogProbs,
      DoubleVector logProbs,
      Optional<DoubleVector> reference,
      DoubleVector advantages) {
    List<WhatIfRow> rows = new ArrayList<>();
    int size = logProbs.size();
    for (int i = 0; i < size; i++) {
      int row = i;
      rows.add(
          new WhatIfRow(
              i,
              DoubleVector.of(oldLogProbs.get(i)),
              DoubleVector.of(logProbs.get(i)),
              reference.map(all -> DoubleVector.of(all.get(row))),
              Optional.empty(),
              Optional.of(DoubleVector.of(advantages.get(i))),
              Optional.empty(),
              Optional.empty(),
              Optional.empty()));
    }
    return traced(objective, RowGroups.consecutive(size, 1), ones(size, 1), rows);
  }

  /** Advantages of the opposite sign and ratios of 1 make the losses those of the case. */
  private static WhatIfRequest aggregate(VectorCase one) {
    TokenTable mask = one.inputs().table("mask");
    TokenTable perToken = one.inputs().table("per_token");
    List<WhatIfRow> rows = new ArrayList<>();
    for (int i = 0; i < mask.rows(); i++) {
      double[] advantages = perToken.row(i).toArray();
      for (int t = 0; t < advantages.length; t++) {
        advantages[t] = -advantages[t];
      }
      DoubleVector zeros = DoubleVector.constant(advantages.length, 0);
      rows.add(
          new WhatIfRow(
              i,
              zeros,
              zeros,
              Optional.empty(),
              Optional.empty(),
              Optional.of(DoubleVector.of(advantages)),
              Optional.empty(),
              Optional.empty(),
              Optional.empty()));
    }
    RowGroups groups =
        RowGroups.consecutive(mask.rows(), (int) one.options().number("group_size", 1));
    GrpoObjective objective =
        GrpoObjective.of(
            new ImportanceWeightedSurrogate(),
            new RatioLevel.TokenRatio(),
            Columns.objective(one.options()).aggregation());
    return traced(objective, groups, mask, rows);
  }

  private static WhatIfRequest policyLoss(VectorCase one, TokenTable advantages) {
    TokenTable mask = one.inputs().table("mask");
    RowGroups groups =
        RowGroups.consecutive(mask.rows(), (int) one.options().number("group_size", 1));
    GrpoObjective objective = Columns.objective(one.options());
    return traced(objective, groups, mask, rows(one.inputs(), mask, Optional.of(advantages)));
  }

  /** From rewards as they are after shaping, unless advantages need more than a request has. */
  private static WhatIfRequest pipeline(VectorCase one) {
    CaseValues inputs = one.inputs();
    CaseValues advantage = one.options().object("advantage");
    JsonNode expected = one.expected();
    TokenTable mask =
        expected.has("effective_mask")
            ? expectedTable(expected.get("effective_mask"))
            : inputs.table("mask");
    RowGroups groups = RowGroups.consecutive(mask.rows(), advantage.integer("group_size"));
    GrpoObjective objective = Columns.objective(one.options());
    String estimator = advantage.text("estimator", "");
    boolean needsMore =
        estimator.equals("process")
            || (estimator.equals("reinforce_pp") && advantage.number("kl_in_reward", 0) != 0);
    if (needsMore) {
      TokenTable advantages = expectedTable(expected.get("advantages"));
      return traced(objective, groups, mask, rows(inputs, mask, Optional.of(advantages)));
    }
    DoubleVector rewards =
        expected.has("shaped_rewards")
            ? new CaseValues(one.name(), expected).vector("shaped_rewards")
            : inputs.vector("rewards");
    return WhatIfRequest.of(
        Optional.of(GoldenEstimators.ofPipeline(advantage)),
        objective,
        withGreedy(AdvantageInputs.of(rewards, groups, mask), inputs),
        rows(inputs, mask, Optional.empty()));
  }

  private static List<WhatIfRow> rows(
      CaseValues inputs, TokenTable mask, Optional<TokenTable> advantages) {
    TokenTable logProbs = inputs.table("logp");
    TokenTable old = inputs.optionalTable("old_logp").orElse(logProbs);
    Optional<TokenTable> reference = inputs.optionalTable("ref_logp");
    Optional<TokenTable> weights = inputs.optionalTable("is_weights");
    Optional<TokenTable> factors = inputs.optionalTable("token_mask");
    List<WhatIfRow> rows = new ArrayList<>();
    for (int i = 0; i < mask.rows(); i++) {
      int row = i;
      rows.add(
          new WhatIfRow(
              i,
              old.row(i),
              logProbs.row(i),
              reference.map(table -> table.row(row)),
              Optional.empty(),
              advantages.map(table -> widen(table.row(row), mask.length(row))),
              weights.map(table -> widen(table.row(row), mask.length(row))),
              factors.map(table -> table.row(row)),
              Optional.empty()));
    }
    return rows;
  }

  private static WhatIfRequest traced(
      GrpoObjective objective, RowGroups groups, TokenTable mask, List<WhatIfRow> rows) {
    DoubleVector rewards = DoubleVector.constant(mask.rows(), 0);
    return WhatIfRequest.of(
        Optional.empty(), objective, AdvantageInputs.of(rewards, groups, mask), rows);
  }

  /** One number per row stands for all its tokens. */
  private static TokenTable table(CaseValues values, String name) {
    if (values.isTable(name)) {
      return values.table(name);
    }
    List<DoubleVector> rows = new ArrayList<>();
    for (double value : values.vector(name).toArray()) {
      rows.add(DoubleVector.of(value));
    }
    return TokenTable.of(rows);
  }

  private static DoubleVector widen(DoubleVector row, int tokens) {
    return row.size() == tokens ? row : DoubleVector.constant(tokens, row.get(0));
  }

  private static TokenTable expectedTable(JsonNode rows) {
    double[][] table = new double[rows.size()][];
    for (int i = 0; i < table.length; i++) {
      table[i] = new double[rows.get(i).size()];
      for (int t = 0; t < table[i].length; t++) {
        table[i][t] = rows.get(i).get(t).asDouble();
      }
    }
    return TokenTable.of(table);
  }

  private static TokenTable ones(int rows, int tokens) {
    int[] lengths = new int[rows];
    Arrays.fill(lengths, tokens);
    return TokenTable.constant(lengths, 1);
  }

  private static int[] toInts(DoubleVector values) {
    int[] ints = new int[values.size()];
    for (int i = 0; i < ints.length; i++) {
      ints[i] = (int) values.get(i);
    }
    return ints;
  }
}
