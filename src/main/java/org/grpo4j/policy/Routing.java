package org.grpo4j.policy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntBinaryOperator;
import org.grpo4j.math.Require;
import org.grpo4j.math.TokenTable;
import org.grpo4j.rollout.Sequence;

/**
 * The experts that each token went through, in every layer, and the router's probabilities (Eq.
 * 24): read off a forward pass, or given to one that is to use the same experts again.
 *
 * <p>A position is a token that is read. Completion token {@code t} of a row with a prompt of
 * {@code P} tokens is drawn where position {@code P - 1 + t} is read; loads and shares count these
 * positions, once for each completion token. The last layer does not read earlier positions of a
 * prompt.
 */
public final class Routing {

  private final int layers;
  private final int experts;
  private final int active;
  private final List<Row> rows;

  /** The knowledge of a forward pass about itself. */
  public interface Source {

    /**
     * Writes the experts of a position in ascending order, {@code [k]}, and the probabilities of
     * all, {@code [E]}.
     *
     * @return false if the layer did not read it
     */
    boolean read(int row, int position, int layer, int[] chosen, double[] probabilities);
  }

  /** One row: {@code [positions][layers]}, empty arrays where nothing was read. */
  private static final class Row {

    final int promptLength;
    final int tokens;
    final int[][][] chosen;
    final double[][][] probabilities;

    Row(Sequence row, int layers) {
      promptLength = row.prompt().length();
      tokens = row.completion().length();
      int positions = promptLength + Math.max(tokens, 1) - 1;
      chosen = new int[positions][layers][0];
      probabilities = new double[positions][layers][0];
    }
  }

  private Routing(int layers, int experts, int active, List<Row> rows) {
    this.layers = layers;
    this.experts = experts;
    this.active = active;
    this.rows = List.copyOf(rows);
  }

  /** The routing of {@code sequences}, position by position. */
  public static Routing read(
      List<Sequence> sequences, int layers, int experts, int active, Source source) {
    List<Row> rows = new ArrayList<>();
    int[] chosen = new int[active];
    double[] probabilities = new double[experts];
    for (int r = 0; r < sequences.size(); r++) {
      Row row = new Row(sequences.get(r), layers);
      for (int at = 0; at < row.chosen.length; at++) {
        for (int layer = 0; layer < layers; layer++) {
          if (source.read(r, at, layer, chosen, probabilities)) {
            row.chosen[at][layer] = chosen.clone();
            row.probabilities[at][layer] = probabilities.clone();
          }
        }
      }
      rows.add(row);
    }
    return new Routing(layers, experts, active, rows);
  }

  /** The routings of the parts of a batch, one behind the other; at least one. */
  public static Routing join(List<Routing> parts) {
    List<Row> rows = new ArrayList<>();
    parts.forEach(part -> rows.addAll(part.rows));
    Routing first = parts.get(0);
    return new Routing(first.layers, first.experts, first.active, rows);
  }

  /** Rows {@code from} (inclusive) to {@code to} (exclusive). */
  public Routing rows(int from, int to) {
    return new Routing(layers, experts, active, rows.subList(from, to));
  }

  /** The rows with these numbers, in the order given: a mini-batch. */
  public Routing select(List<Integer> rowNumbers) {
    return new Routing(layers, experts, active, rowNumbers.stream().map(rows::get).toList());
  }

  /** Number of layers with experts. */
  public int layers() {
    return layers;
  }

  /** Number of experts of a layer {@code E}. */
  public int experts() {
    return experts;
  }

  /** The experts of completion token {@code token}, in ascending order, {@code [k]}. */
  public int[] chosen(int row, int token, int layer) {
    Row one = rows.get(row);
    return one.chosen[one.promptLength - 1 + token][layer].clone();
  }

  /**
   * The experts of a layer as a forward pass wants them, {@code [columns][k]}, -1 in columns that
   * no position has or that the layer does not read.
   *
   * @param columnOf the column of a row's position
   */
  public int[] byColumn(int layer, int columns, IntBinaryOperator columnOf) {
    int[] byColumn = new int[columns * active];
    Arrays.fill(byColumn, -1);
    for (int r = 0; r < rows.size(); r++) {
      for (int i = 0; i < rows.get(r).chosen.length; i++) {
        int[] own = rows.get(r).chosen[i][layer];
        System.arraycopy(own, 0, byColumn, columnOf.applyAsInt(r, i) * active, own.length);
      }
    }
    return byColumn;
  }

  /** The router's probabilities where completion token {@code token} is drawn, {@code [E]}. */
  public double[] probabilities(int row, int token, int layer) {
    Row one = rows.get(row);
    return one.probabilities[one.promptLength - 1 + token][layer].clone();
  }

  /** Completion tokens of all rows {@code N}. */
  public long tokens() {
    long tokens = 0;
    for (Row row : rows) {
      tokens += row.tokens;
    }
    return tokens;
  }

  /** Completion tokens of each expert, {@code [E]}; together {@code k N}. */
  public long[] load(int layer) {
    long[] load = new long[experts];
    for (int r = 0; r < rows.size(); r++) {
      for (int t = 0; t < rows.get(r).tokens; t++) {
        for (int expert : chosen(r, t, layer)) {
          load[expert]++;
        }
      }
    }
    return load;
  }

  /** Experts that no token went through. */
  public int deadExperts(int layer) {
    return (int) Arrays.stream(load(layer)).filter(load -> load == 0).count();
  }

  /**
   * The balance loss without its weight (Eq. 26), summed over the layers: 1 for each layer whose
   * load is even, more if it is not.
   */
  public double balanceLoss() {
    double loss = 0;
    double n = tokens();
    for (int layer = 0; layer < layers; layer++) {
      long[] load = load(layer);
      for (int r = 0; r < rows.size(); r++) {
        for (int t = 0; t < rows.get(r).tokens; t++) {
          double[] p = probabilities(r, t, layer);
          for (int e = 0; e < experts; e++) {
            loss += experts * (load[e] / (active * n)) * (p[e] / n);
          }
        }
      }
    }
    return loss;
  }

  /** 1 for the completion tokens with another set of experts in {@code layer}, 0 for the others. */
  public TokenTable changed(Routing earlier, int layer) {
    requireSameRows(earlier);
    double[][] changed = new double[rows.size()][];
    for (int r = 0; r < changed.length; r++) {
      changed[r] = new double[rows.get(r).tokens];
      for (int t = 0; t < changed[r].length; t++) {
        changed[r][t] = Arrays.equals(chosen(r, t, layer), earlier.chosen(r, t, layer)) ? 0 : 1;
      }
    }
    return TokenTable.of(changed);
  }

  /**
   * Checks that this routing, of a pass that was given {@code wanted}, is that one: each position
   * of each layer once, with its own experts, none left over.
   *
   * @throws IllegalStateException if a position went another way
   */
  public void requireReplayOf(Routing wanted) {
    requireSameRows(wanted);
    for (int r = 0; r < rows.size(); r++) {
      if (!Arrays.deepEquals(rows.get(r).chosen, wanted.rows.get(r).chosen)) {
        throw new IllegalStateException(
            "routing: row " + r + " took others than the given; those of a prompt must share them");
      }
    }
  }

  private void requireSameRows(Routing other) {
    Require.that(sizes().equals(other.sizes()), "routing", "of " + sizes(), other.sizes());
    for (int r = 0; r < rows.size(); r++) {
      String tokens = rows.get(r).promptLength + " + " + rows.get(r).tokens;
      String given = other.rows.get(r).promptLength + " + " + other.rows.get(r).tokens;
      Require.that(tokens.equals(given), "routing", "of " + tokens + " tokens in row " + r, given);
    }
  }

  private String sizes() {
    return "%d layers, %d experts, %d active, %d rows"
        .formatted(layers, experts, active, rows.size());
  }
}
