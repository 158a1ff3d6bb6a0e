package org.grpo4j.experiment.trace;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.grpo4j.math.DoubleVector;
import org.grpo4j.math.TokenTable;
import org.grpo4j.policy.Routing;

/**
 * The way of a completion's tokens through the experts of one block (Eq. 24).
 *
 * @param experts of each token, in ascending order, {@code [T][k]}
 * @param gates their weights in the block's output, which sum to 1, {@code [T][k]}: the chosen
 *     probabilities over their sum, in double precision
 * @param probabilities the router's, of all experts and without the selection bias, {@code [T][E]}
 */
public record TracedRouting(
    @JsonProperty("expert") List<List<Integer>> experts,
    @JsonProperty("gate") TokenTable gates,
    @JsonProperty("probability") TokenTable probabilities) {

  public TracedRouting {
    experts = List.copyOf(experts);
  }

  /** Row {@code row} of {@code routing}, whose completion has {@code tokens} tokens; by block. */
  static List<TracedRouting> of(Routing routing, int row, int tokens) {
    List<TracedRouting> blocks = new ArrayList<>();
    for (int layer = 0; layer < routing.layers(); layer++) {
      List<List<Integer>> experts = new ArrayList<>();
      List<DoubleVector> gates = new ArrayList<>();
      List<DoubleVector> probabilities = new ArrayList<>();
      for (int t = 0; t < tokens; t++) {
        int[] chosen = routing.chosen(row, t, layer);
        double[] all = routing.probabilities(row, t, layer);
        double sum = Arrays.stream(chosen).mapToDouble(expert -> all[expert]).sum();
        experts.add(Arrays.stream(chosen).boxed().toList());
        gates.add(
            DoubleVector.of(
                Arrays.stream(chosen).mapToDouble(expert -> all[expert] / sum).toArray()));
        probabilities.add(DoubleVector.of(all));
      }
      blocks.add(new TracedRouting(experts, TokenTable.of(gates), TokenTable.of(probabilities)));
    }
    return blocks;
  }
}
