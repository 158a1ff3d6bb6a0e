package org.grpo4j.policy.network.kernels;

import org.grpo4j.policy.network.engine.Experts;

/**
 * The mixture of experts of a block (Eq. 24, 25), the mathematics of {@code
 * policy.network.dl4j.ExpertsOperation}: each expert computes only the columns that chose it,
 * gathered side by side. Columns here are those from the block's first active one on.
 */
final class ExpertKernel {

  private final MatrixMultiply multiply;
  private final ExpertParameters p;
  private final int layer;
  private final Experts experts;
  private final ExpertPlaces places;
  private final FloatScratch probabilities = new FloatScratch();
  private final FloatScratch gathered = new FloatScratch();
  private final FloatScratch hidden = new FloatScratch();
  private final FloatScratch produced = new FloatScratch();

  /** The balance loss's {@code dL/dp} of a completion token, {@code [E]}; empty for none. */
  private double[] byProbability = new double[0];

  ExpertKernel(Kernels kernels, ExpertParameters parameters, int layer) {
    this.multiply = kernels.multiply();
    this.p = parameters;
    this.layer = layer;
    this.experts = parameters.experts();
    this.places = new ExpertPlaces(experts.count(), experts.active());
  }

  /**
   * Adds the experts' output to {@code y}.
   *
   * @param from the plan's first active column, the first of {@code x} and {@code y}
   */
  void forward(float[] theta, ColumnPlan plan, int from, ColumnMatrix x, ColumnMatrix y) {
    int columns = plan.columns() - from;
    int[] given = plan.given(layer);
    int at = from * experts.active();
    ColumnMatrix scores = BlockKernel.matrix(probabilities, experts.count(), columns);
    multiply.product(p.router(theta), x, scores, columns);
    places.reserve(columns);
    double[] preference = new double[experts.count()];
    for (int c = 0; c < columns; c++) {
      softmax(scores, c);
      int choice = c * experts.active();
      if (plan.isPadding(from + c)) {
        places.chooseFirst(choice); // or sums of gradients would begin at chance places
        continue;
      }
      if (given.length > 0 && given[at + choice] >= 0) {
        System.arraycopy(given, at + choice, places.chosen, choice, experts.active());
        continue;
      }
      for (int e = 0; e < preference.length; e++) {
        float bias = experts.hasBias() ? theta[p.routerBias() + e] : 0f;
        preference[e] = scores.values[scores.row(e) + c] + (double) bias;
      }
      experts.choose(preference, places.chosen, choice);
    }
    places.assign(columns);
    gates(scores, columns);
    int width = p.width();
    int count = places.count();
    ColumnMatrix gatheredX = BlockKernel.matrix(gathered, width, count);
    ColumnMatrix h = BlockKernel.matrix(hidden, experts.width(), count);
    ColumnMatrix out = BlockKernel.matrix(produced, width, count);
    places.gather(x, gatheredX, width);
    for (int e = 0; e < experts.count(); e++) {
      int own = places.count(e);
      if (own > 0) {
        ColumnMatrix ownHidden = h.from(0, places.start[e]);
        ColumnMatrix ownX = gatheredX.from(0, places.start[e]);
        multiply.rectifiedLayer(p.in(theta, e), ownX, ownHidden, own);
        multiply.product(p.out(theta, e), ownHidden, out.from(0, places.start[e]), own);
      }
    }
    places.addGated(out, y, width);
  }

  /** Scores to probabilities, one column. */
  private void softmax(ColumnMatrix scores, int column) {
    float[] s = scores.values;
    float max = Float.NEGATIVE_INFINITY;
    for (int e = 0; e < experts.count(); e++) {
      max = Math.max(max, s[scores.row(e) + column]);
    }
    float sum = 0;
    for (int e = 0; e < experts.count(); e++) {
      int i = scores.row(e) + column;
      s[i] = FastExponential.of(s[i] - max);
      sum += s[i];
    }
    for (int e = 0; e < experts.count(); e++) {
      s[scores.row(e) + column] /= sum;
    }
  }

  /** {@code g_e = p_e / sum over the chosen of p_j}. */
  private void gates(ColumnMatrix probability, int columns) {
    int k = experts.active();
    for (int c = 0; c < columns; c++) {
      float sum = 0;
      for (int i = c * k; i < (c + 1) * k; i++) {
        sum += probability.values[probability.row(places.chosen[i]) + c];
      }
      for (int i = c * k; i < (c + 1) * k; i++) {
        float own = probability.values[probability.row(places.chosen[i]) + c];
        places.gateAt[places.placeOf[i]] = own / sum;
      }
    }
  }

  /**
   * Adds to {@code dL/dx} and to the parameters' gradient.
   *
   * @param x what {@link #forward} was given
   */
  void backward(
      float[] theta,
      float[] gradient,
      ColumnPlan plan,
      int from,
      ColumnMatrix x,
      ColumnMatrix byY,
      ColumnMatrix byX,
      BlockScratch scratch) {
    int columns = plan.columns() - from;
    int width = p.width();
    int count = places.count();
    ColumnMatrix gatheredX = BlockKernel.matrix(gathered, width, count);
    ColumnMatrix h = BlockKernel.matrix(hidden, experts.width(), count);
    ColumnMatrix byOut = BlockKernel.matrix(scratch.byExperts, width, count);
    ColumnMatrix byHidden = BlockKernel.matrix(scratch.byExpertHidden, experts.width(), count);
    ColumnMatrix byGathered = BlockKernel.matrix(scratch.byGathered, width, count);
    places.gather(byY, byOut, width);
    float[] byGate = gatesBack(byOut);
    for (int e = 0; e < experts.count(); e++) {
      int own = places.count(e);
      if (own > 0) {
        int first = places.start[e];
        ColumnMatrix ownHidden = h.from(0, first);
        ColumnMatrix byOwnHidden = byHidden.from(0, first);
        ColumnMatrix byOwn = byOut.from(0, first);
        ColumnMatrix ownX = gatheredX.from(0, first);
        multiply.addGradient(p.out(gradient, e), byOwn, ownHidden, own, scratch.products);
        multiply.rectifiedTransposedProduct(p.out(theta, e), byOwn, ownHidden, byOwnHidden, own);
        multiply.addGradient(p.in(gradient, e), byOwnHidden, ownX, own, scratch.products);
        multiply.transposedProduct(p.in(theta, e), byOwnHidden, byGathered.from(0, first), own);
      }
    }
    places.addBack(byGathered, byX, width);
    ColumnMatrix byScores = BlockKernel.matrix(scratch.byScores, experts.count(), columns);
    ColumnMatrix byRouted = BlockKernel.matrix(scratch.byExperts, width, columns);
    scoresBack(byGate, byScores, columns);
    balanceBack(byScores, columns, plan.scorings, from);
    multiply.addGradient(p.router(gradient), byScores, x, columns, scratch.products);
    multiply.transposedProduct(p.router(theta), byScores, byRouted, columns);
    ColumnKernels.add(byX, byRouted, width, columns);
  }

  /** {@code dL/dg} at each place; turns the error of the output into that of the expert. */
  private float[] gatesBack(ColumnMatrix byOut) {
    int count = places.count();
    ColumnMatrix out = BlockKernel.matrix(produced, p.width(), count);
    float[] byGate = new float[count];
    for (int f = 0; f < p.width(); f++) {
      int at = byOut.row(f);
      for (int i = 0; i < count; i++) {
        byGate[i] += byOut.values[at + i] * out.values[out.row(f) + i];
        byOut.values[at + i] *= places.gateAt[i];
      }
    }
    return byGate;
  }

  /** The first term of Eq. 25. */
  private void scoresBack(float[] byGate, ColumnMatrix byScores, int columns) {
    ColumnKernels.clear(byScores, experts.count(), columns);
    int k = experts.active();
    for (int c = 0; c < columns; c++) {
      float mean = 0;
      for (int i = c * k; i < (c + 1) * k; i++) {
        mean += places.gateAt[places.placeOf[i]] * byGate[places.placeOf[i]];
      }
      for (int i = c * k; i < (c + 1) * k; i++) {
        int place = places.placeOf[i];
        byScores.values[byScores.row(places.chosen[i]) + c] =
            places.gateAt[place] * (byGate[place] - mean);
      }
    }
  }

  /** The second term of Eq. 25. */
  private void balanceBack(ColumnMatrix byScores, int columns, int[] scored, int at) {
    if (byProbability.length == 0) {
      return;
    }
    ColumnMatrix probability = BlockKernel.matrix(probabilities, experts.count(), columns);
    for (int c = 0; c < columns; c++) {
      if (scored[at + c] > 0) {
        double mean = 0;
        for (int e = 0; e < byProbability.length; e++) {
          mean += probability.values[probability.row(e) + c] * byProbability[e];
        }
        for (int e = 0; e < byProbability.length; e++) {
          double error = probability.values[probability.row(e) + c] * (byProbability[e] - mean);
          byScores.values[byScores.row(e) + c] += (float) (scored[at + c] * error);
        }
      }
    }
    byProbability = new double[0];
  }

  /** Keeps {@code dL/dp} of each completion token, {@code [E]}, for the next way back. */
  void addRouterError(double[] error) {
    byProbability = error;
  }

  /** Writes the experts of a column and the probabilities of all. */
  void read(int column, int columns, int[] chosen, double[] probability) {
    System.arraycopy(places.chosen, column * experts.active(), chosen, 0, experts.active());
    ColumnMatrix all = BlockKernel.matrix(probabilities, experts.count(), columns);
    for (int e = 0; e < probability.length; e++) {
      probability[e] = all.values[all.row(e) + column];
    }
  }
}
