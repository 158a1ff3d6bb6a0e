package org.grpo4j.proof;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.grpo4j.math.TokenTable;

/**
 * The expectation of a gradient over all batches that can be sampled.
 *
 * @param mean expected gradient of the loss
 * @param noise root of the expected squared distance of a batch's gradient from that
 */
record ExactExpectation(double[] mean, double noise) {

  /**
   * Over all batches with {@code groupSize} completions of each prompt of {@code sampler}.
   *
   * @param coefficients {@code dLoss/dlog pi} of a batch
   * @param current the policy that is differentiated, which knows the same completions
   */
  static ExactExpectation of(
      ExactWorld sampler,
      ExactWorld current,
      int groupSize,
      Function<Batch, TokenTable> coefficients) {
    double[] mean = new double[current.parameters()];
    double[] square = new double[1];
    forEachBatch(
        sampler,
        groupSize,
        batch -> {
          double[] gradient = gradient(batch, current, coefficients.apply(batch));
          for (int k = 0; k < mean.length; k++) {
            mean[k] += batch.probability() * gradient[k];
          }
          square[0] += batch.probability() * Vectors.dot(gradient, gradient);
        });
    double variance = square[0] - Vectors.dot(mean, mean);
    return new ExactExpectation(mean, Math.sqrt(Math.max(0, variance)));
  }

  /** The same where the current policy is the one that samples. */
  static ExactExpectation of(
      ExactWorld world, int groupSize, Function<Batch, TokenTable> coefficients) {
    return of(world, world, groupSize, coefficients);
  }

  private static double[] gradient(Batch batch, ExactWorld current, TokenTable coefficients) {
    double[] gradient = new double[current.parameters()];
    for (int i = 0; i < batch.rows().size(); i++) {
      ExactWorld.Row row = current.rows().get(batch.rows().get(i).number());
      for (int t = 0; t < coefficients.length(i); t++) {
        Vectors.add(gradient, coefficients.get(i, t), row.scores().get(t));
      }
    }
    return gradient;
  }

  /**
   * Every multiset of completions of every prompt, with its multinomial probability; they sum to 1.
   */
  static void forEachBatch(ExactWorld world, int groupSize, Consumer<Batch> visitor) {
    List<List<Batch>> groups = new ArrayList<>();
    for (int p = 0; p < world.prompts(); p++) {
      List<Batch> ofPrompt = new ArrayList<>();
      extend(world, world.rows(p), groupSize, 0, new ArrayList<>(), 1, 0, ofPrompt);
      groups.add(ofPrompt);
    }
    combine(world, groups, 0, new ArrayList<>(), 1, visitor);
  }

  private static void extend(
      ExactWorld world,
      List<ExactWorld.Row> rows,
      int groupSize,
      int from,
      List<ExactWorld.Row> chosen,
      double probability,
      int repeats,
      List<Batch> found) {
    if (chosen.size() == groupSize) {
      found.add(new Batch(world, List.copyOf(chosen), probability));
      return;
    }
    for (int next = from; next < rows.size(); next++) {
      // n!/(k1! k2! ...) built up factor by factor: the n-th completion chosen, the k-th alike.
      int alike = next == from && !chosen.isEmpty() ? repeats + 1 : 1;
      double factor = (chosen.size() + 1.0) / alike;
      chosen.add(rows.get(next));
      double grown = probability * factor * rows.get(next).probability();
      extend(world, rows, groupSize, next, chosen, grown, alike, found);
      chosen.remove(chosen.size() - 1);
    }
  }

  private static void combine(
      ExactWorld world,
      List<List<Batch>> groups,
      int prompt,
      List<ExactWorld.Row> chosen,
      double probability,
      Consumer<Batch> visitor) {
    if (prompt == groups.size()) {
      visitor.accept(new Batch(world, List.copyOf(chosen), probability));
      return;
    }
    for (Batch group : groups.get(prompt)) {
      List<ExactWorld.Row> more = new ArrayList<>(chosen);
      more.addAll(group.rows());
      combine(world, groups, prompt + 1, more, probability * group.probability(), visitor);
    }
  }
}
