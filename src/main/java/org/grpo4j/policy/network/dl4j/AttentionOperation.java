package org.grpo4j.policy.network.dl4j;

import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * Causal multi-head attention in ND4J operations (Eq. 21): for each head {@code softmax(Q K^T /
 * sqrt(d) + mask) V}. Query {@code t} of {@code T} sees the {@code S - T} cached tokens and the
 * first {@code t + 1} new ones.
 */
final class AttentionOperation {

  private final int heads;
  private final @Nullable INDArray cachedKeys;
  private final @Nullable INDArray cachedValues;

  private INDArray queries = Nd4j.empty();
  private INDArray keys = Nd4j.empty();
  private INDArray values = Nd4j.empty();
  private INDArray weights = Nd4j.empty();

  /** Attention within the given tokens. */
  AttentionOperation(int heads) {
    this(heads, null, null);
  }

  /** Attention that also sees cached tokens, {@code [B, heads, S, d]}; null for none. */
  AttentionOperation(int heads, @Nullable INDArray cachedKeys, @Nullable INDArray cachedValues) {
    this.heads = heads;
    this.cachedKeys = cachedKeys;
    this.cachedValues = cachedValues;
  }

  /** {@code [B*T, 3D]} (queries, keys, values side by side) to {@code [B*T, D]}. */
  INDArray forward(INDArray queriesKeysValues, long batch, long time) {
    long width = queriesKeysValues.size(1) / 3;
    queries = split(queriesKeysValues, 0, width, batch, time);
    keys = append(cachedKeys, split(queriesKeysValues, width, width, batch, time));
    values = append(cachedValues, split(queriesKeysValues, 2 * width, width, batch, time));
    INDArray scores = Nd4j.matmul(queries, keys, false, true, false).mul(scale());
    scores = scores.add(causalMask(scores));
    INDArray exponentials =
        Transforms.exp(scores.sub(scores.max(true, 3).broadcast(scores.shape())));
    weights = exponentials.div(exponentials.sum(true, 3).broadcast(scores.shape()));
    return join(Nd4j.matmul(weights, values, false, false, false));
  }

  /** {@code dL/d(queries, keys, values)} from the error of the output; without cached tokens. */
  INDArray backward(INDArray byOutput) {
    long batch = queries.size(0);
    long time = queries.size(2);
    INDArray byAttended = split(byOutput, 0, byOutput.size(1), batch, time);
    INDArray byValues = Nd4j.matmul(weights, byAttended, true, false, false);
    INDArray byWeights = Nd4j.matmul(byAttended, values, false, true, false);
    INDArray mean = byWeights.mul(weights).sum(true, 3).broadcast(weights.shape());
    INDArray byScores = byWeights.sub(mean).mul(weights).mul(scale());
    INDArray byQueries = Nd4j.matmul(byScores, keys, false, false, false);
    INDArray byKeys = Nd4j.matmul(byScores, queries, true, false, false);
    return Nd4j.concat(1, join(byQueries), join(byKeys), join(byValues));
  }

  /** All keys seen, {@code [B, heads, S, d]}. */
  INDArray keys() {
    return keys;
  }

  /** All values seen, {@code [B, heads, S, d]}. */
  INDArray values() {
    return values;
  }

  private double scale() {
    return 1 / Math.sqrt((double) queries.size(3));
  }

  /** Columns {@code from .. from + width} of {@code [B*T, ..]} as {@code [B, heads, T, d]}. */
  private INDArray split(INDArray rows, long from, long width, long batch, long time) {
    return rows.get(NDArrayIndex.all(), NDArrayIndex.interval(from, from + width))
        .dup('c')
        .reshape('c', batch, time, heads, width / heads)
        .permute(0, 2, 1, 3)
        .dup('c');
  }

  /** {@code [B, heads, T, d]} as {@code [B*T, D]}. */
  private static INDArray join(INDArray byHead) {
    long rows = byHead.size(0) * byHead.size(2);
    return byHead.permute(0, 2, 1, 3).dup('c').reshape('c', rows, byHead.size(1) * byHead.size(3));
  }

  private static INDArray append(@Nullable INDArray cached, INDArray fresh) {
    return cached == null ? fresh : Nd4j.concat(2, cached, fresh);
  }

  /** 0 where query {@code t} may look, a number that vanishes in the softmax elsewhere. */
  private static INDArray causalMask(INDArray scores) {
    long time = scores.size(2);
    long seen = scores.size(3);
    INDArray mask = Nd4j.zeros(scores.dataType(), 1, 1, time, seen);
    for (long t = 0; t < time; t++) {
      for (long s = seen - time + t + 1; s < seen; s++) {
        mask.putScalar(new long[] {0, 0, t, s}, -1e9);
      }
    }
    return mask.broadcast(scores.shape());
  }
}
