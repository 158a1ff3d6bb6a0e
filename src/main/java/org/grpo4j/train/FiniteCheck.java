package org.grpo4j.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleBiFunction;
import org.grpo4j.math.DoubleVector;
import org.grpo4j.math.TokenTable;
import org.grpo4j.objective.ObjectiveResult;
import org.grpo4j.objective.ValueLossResult;
import org.grpo4j.policy.ForwardPass;
import org.grpo4j.policy.GradientStep;
import org.grpo4j.policy.NonFinite;
import org.grpo4j.policy.NonFinite.Where;
import org.grpo4j.policy.NonFinite.Written;
import org.grpo4j.policy.NonFiniteException;
import org.grpo4j.rollout.Group;
import org.grpo4j.rollout.RolloutBatch;

/**
 * The watch over the numbers of an update or of a step of the cold start. The tensor and the
 * completion are looked for only when a number is not finite.
 *
 * @param where what is watched
 * @param rows the completion of each row
 */
record FiniteCheck(Where where, List<Written> rows) {

  /** The watch over the update that {@code rollout} was sampled for. */
  static FiniteCheck of(RolloutBatch rollout) {
    List<Written> rows = new ArrayList<>();
    for (int p = 0; p < rollout.groups().size(); p++) {
      Group group = rollout.groups().get(p);
      for (int g = 0; g < group.size(); g++) {
        String row = "group " + p + ", completion " + g;
        rows.add(new Written(row, group.problem().prompt(), group.completions().get(g).text()));
      }
    }
    return new FiniteCheck(new Where("update", rollout.update(), Optional.empty()), rows);
  }

  /** The watch over one optimiser step of it. */
  FiniteCheck in(MiniBatch part) {
    NonFinite.Step step = new NonFinite.Step(part.innerEpoch(), part.number());
    return new FiniteCheck(
        new Where("update", part.update(), Optional.of(step)),
        part.rows().stream().map(rows::get).toList());
  }

  /** Throws unless {@code value} is finite. */
  void number(String quantity, double value) {
    if (!Double.isFinite(value)) {
      throw new NonFiniteException(NonFinite.of(quantity, value).in(where));
    }
  }

  /** Throws if the reward of a row is infinite; NaN is a reward that is missing. */
  void rewards(String quantity, DoubleVector values) {
    for (int row = 0; row < values.size(); row++) {
      if (Double.isInfinite(values.get(row))) {
        throw fault(NonFinite.of(quantity, values.get(row)), row);
      }
    }
  }

  /** Throws unless the number of every token is finite that counts by {@code mask}. */
  void tokens(String quantity, TokenTable values, TokenTable mask) {
    for (int row = 0; row < values.rows(); row++) {
      for (int t = 0; t < values.length(row); t++) {
        if (mask.get(row, t) != 0 && !Double.isFinite(values.get(row, t))) {
          String text = rows.get(row).text();
          String symbol = t < text.length() ? text.substring(t, t + 1) : "end";
          NonFinite value = NonFinite.of(quantity, values.get(row, t));
          throw fault(value.at(new NonFinite.Token(t, symbol)), row);
        }
      }
    }
  }

  /** The same where all tokens count. */
  void tokens(String quantity, TokenTable values) {
    tokens(quantity, values, TokenTable.constant(values.lengths(), 1));
  }

  /** Throws unless the loss is finite: names the first number on the way to it that is not. */
  void loss(ObjectiveResult result) {
    if (!Double.isFinite(result.loss())) {
      TokenTable mask = result.inputs().mask();
      tokens("log-probability", result.inputs().logProbs(), mask);
      tokens("loss", result.perTokenLoss(), mask);
      result.inputs().entropies().ifPresent(table -> tokens("entropy", table, mask));
      number("loss", result.loss());
    }
  }

  /** Throws unless the critic's loss is finite. */
  void valueLoss(TokenTable values, ValueLossResult result) {
    if (!Double.isFinite(result.loss())) {
      tokens("value", values);
      number("value loss", result.loss());
    }
  }

  /**
   * Throws if a step was not taken because it leads to a number that is not finite.
   *
   * @param g the coefficients of the log-probabilities that went back through {@code forward}
   * @param h those of the entropies
   */
  void step(GradientStep step, ForwardPass forward, TokenTable g, TokenTable h) {
    if (step.fault().isPresent()) {
      NonFinite fault = step.fault().get();
      int at = fault.place().orElse(null) instanceof NonFinite.Element element ? element.flat() : 0;
      ToDoubleBiFunction<Integer, Integer> part =
          (from, to) -> forward.gradientOf(only(g, from, to), only(h, from, to)).get(at);
      throw fault(fault, largest(g.rows(), part));
    }
  }

  /** The same for a critic of its own. */
  void criticStep(Optional<GradientStep> step, TokenTable lossByValue) {
    Optional<NonFinite> fault = step.flatMap(GradientStep::fault);
    if (fault.isPresent()) {
      tokens("derivative of the value loss", lossByValue);
      throw fault(fault.get().of("critic's"), -1);
    }
  }

  /** The row with the largest part in a number that all add to; -1 if none has a part. */
  private static int largest(int rows, ToDoubleBiFunction<Integer, Integer> partOfRows) {
    int from = 0;
    int to = rows;
    while (to - from > 1) { // by halving
      int middle = (from + to) / 2;
      double first = size(partOfRows.applyAsDouble(from, middle));
      boolean second = first < size(partOfRows.applyAsDouble(middle, to));
      from = second ? middle : from;
      to = second ? to : middle;
    }
    return size(partOfRows.applyAsDouble(from, to)) > 0 ? from : -1;
  }

  private static double size(double part) {
    return Double.isNaN(part) ? Double.POSITIVE_INFINITY : Math.abs(part);
  }

  private static TokenTable only(TokenTable table, int from, int to) {
    double[][] rows = new double[table.rows()][];
    for (int row = 0; row < rows.length; row++) {
      boolean inside = row >= from && row < to;
      rows[row] = inside ? table.row(row).toArray() : new double[table.length(row)];
    }
    return TokenTable.of(rows);
  }

  private NonFiniteException fault(NonFinite fault, int row) {
    NonFinite here = fault.in(where);
    return new NonFiniteException(row < 0 ? here : here.by(rows.get(row)));
  }
}
