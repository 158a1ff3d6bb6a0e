package org.grpo4j.policy.network;

import java.util.ArrayList;
import java.util.List;
import org.grpo4j.math.DoubleVector;
import org.grpo4j.math.TokenTable;
import org.grpo4j.policy.network.engine.MicroPass;
import org.grpo4j.rollout.Sequence;

/**
 * A micro-batch that has gone forward, read as values.
 *
 * @param range its rows in the batch
 * @param pass the forward pass
 * @param output which output of the head is the value: the one behind the logits
 * @param values {@code V}, one vector for each row
 */
record ValueMicroBatch(
    MicroBatches.Range range, MicroPass pass, int output, List<DoubleVector> values) {

  ValueMicroBatch {
    values = List.copyOf(values);
  }

  /** Reads the values of {@code rows}, the ones that {@code pass} went over. */
  static ValueMicroBatch of(
      MicroBatches.Range range, MicroPass pass, List<Sequence> rows, int output) {
    double[] outputs = new double[output + 1];
    List<DoubleVector> values = new ArrayList<>(rows.size());
    for (int r = 0; r < rows.size(); r++) {
      double[] row = new double[rows.get(r).completion().length()];
      for (int t = 0; t < row.length; t++) {
        pass.logits(r, t, outputs);
        row[t] = outputs[output];
      }
      values.add(DoubleVector.of(row));
    }
    return new ValueMicroBatch(range, pass, output, values);
  }

  /** The values of a whole batch, {@code [N][T_i]}. */
  static TokenTable values(List<ValueMicroBatch> parts) {
    List<DoubleVector> rows = new ArrayList<>();
    for (ValueMicroBatch part : parts) {
      rows.addAll(part.values());
    }
    return TokenTable.of(rows);
  }

  /** Adds the batch's {@code dL/dV} to the error of the head's output. */
  void addError(TokenTable lossByValue) {
    double[] error = new double[output + 1];
    for (int row = range.from(); row < range.to(); row++) {
      for (int t = 0; t < lossByValue.length(row); t++) {
        error[output] = lossByValue.get(row, t);
        pass.addLogitError(row - range.from(), t, error);
      }
    }
  }
}
