package org.grpo4j.train.inspection;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.grpo4j.math.DoubleVector;
import org.grpo4j.math.Elementary;
import org.grpo4j.policy.Routing;

/**
 * The experts that the tokens of an update went through.
 *
 * @param load share of the completion tokens that went through each expert, over the tokens of all
 *     optimiser steps, {@code [layers][E]}; each layer sums to the number of active experts
 * @param routing of the inspected rows, in the forward pass of the first step, whose parameters are
 *     the old policy's; rows that are not in its mini-batch go forward by themselves. Empty if no
 *     row was inspected.
 */
public record ExpertUse(List<DoubleVector> load, Optional<Routing> routing) {

  public ExpertUse {
    load = List.copyOf(load);
  }

  /** Experts of all layers that no token went through. */
  public int dead() {
    int dead = 0;
    for (DoubleVector layer : load) {
      for (int expert = 0; expert < layer.size(); expert++) {
        dead += layer.get(expert) == 0 ? 1 : 0;
      }
    }
    return dead;
  }

  /**
   * The evenness of the load: {@code -sum_e q_e log q_e / log E} with {@code q} the load of a layer
   * as shares that sum to 1, mean over the layers. 1 if all experts have the same load, 0 if one
   * has everything.
   */
  public double loadEntropy() {
    double mean = 0;
    for (DoubleVector layer : load) {
      double all = layer.sum();
      double entropy = 0;
      for (int expert = 0; expert < layer.size(); expert++) {
        double share = layer.get(expert) / all;
        entropy -= share > 0 ? share * Elementary.log(share) : 0;
      }
      mean += entropy / Elementary.log(layer.size()) / load.size();
    }
    return mean;
  }

  /** The load of the forward passes of an update, counted one after the other. */
  static final class Counter {

    private final List<long[]> counts = new ArrayList<>();
    private long tokens;

    void count(Routing routing) {
      tokens += routing.tokens();
      for (int layer = 0; layer < routing.layers(); layer++) {
        long[] more = routing.load(layer);
        if (counts.size() == layer) {
          counts.add(new long[more.length]);
        }
        for (int expert = 0; expert < more.length; expert++) {
          counts.get(layer)[expert] += more[expert];
        }
      }
    }

    /** The use so far; empty without experts. */
    Optional<ExpertUse> use(Optional<Routing> routing) {
      List<DoubleVector> load = new ArrayList<>();
      for (long[] layer : counts) {
        double[] shares = new double[layer.length];
        for (int expert = 0; expert < shares.length; expert++) {
          shares[expert] = layer[expert] / (double) tokens;
        }
        load.add(DoubleVector.of(shares));
      }
      return load.isEmpty() ? Optional.empty() : Optional.of(new ExpertUse(load, routing));
    }
  }
}
