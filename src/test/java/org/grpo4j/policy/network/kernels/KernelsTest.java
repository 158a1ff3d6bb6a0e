package org.grpo4j.policy.network.kernels;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.grpo4j.policy.network.MicroBatches;
import org.grpo4j.policy.network.NetworkFixtures;
import org.grpo4j.policy.network.engine.Balance;
import org.grpo4j.policy.network.engine.Experts;
import org.grpo4j.policy.network.engine.GradientSum;
import org.grpo4j.policy.network.engine.MicroPass;
import org.grpo4j.policy.network.engine.TransformerShape;
import org.grpo4j.policy.network.kernels.Attention.Extent;
import org.grpo4j.policy.network.kernels.Attention.Operands;
import org.grpo4j.rollout.Sequence;
import org.grpo4j.task.TokenSequence;
import org.junit.jupiter.api.Test;

/** The plain kernels are the oracle of the vectorised ones, naive loops that of the plain ones. */
class KernelsTest {

  private static final int STRIDE = 96;

  @Test
  void theTestsRunWithTheVectorApi() {
    assertNotSame(FastKernels.withBlas(), FastKernels.fastest());
  }

  /** As the launcher starts it: the same kernels, and the JVM says nothing of incubator modules. */
  @Test
  void theLaunchersOptionGivesTheSameKernelsWithoutAWarning() throws Exception {
    List<String> options = launcherOptions();
    assertEquals(FastKernels.describeFastest() + "\n", describedWith(options));
    assertEquals("OpenBLAS and plain loops\n", describedWith(List.of()));
  }

  /** The module options in the launcher for Linux and macOS. */
  private static List<String> launcherOptions() throws IOException {
    List<String> options = new ArrayList<>();
    for (String line : Files.readAllLines(Path.of("grpo4j"))) {
      if (line.strip().startsWith("--add-")) {
        options.addAll(List.of(line.replace("\\", "").strip().split(" +")));
      }
    }
    return options;
  }

  /** What a JVM with these options prints, on its standard output and its standard error. */
  private static String describedWith(List<String> options) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    String path = System.getProperty("java.class.path");
    command.addAll(List.of("-XX:+UseSerialGC", "-cp", path, Description.class.getName()));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return printed.replace("\r\n", "\n");
  }

  /** Prints which kernels are the fastest. */
  static final class Description {

    private Description() {}

    public static void main(String[] arguments) {
      System.out.println(FastKernels.describeFastest());
    }
  }

  @Test
  void productsMatchNaiveLoopsForAwkwardSizes() {
    for (Kernels kernels :
        List.of(Kernels.plain(), FastKernels.withBlas(), FastKernels.fastest())) {
      for (int[] size :
          new int[][] {
            {22, 48, 16}, {13, 7, 48}, {3, 5, 80}, {48, 192, 64}, {0, 3, 16}, {3, 0, 16}
          }) {
        checkProducts(kernels.multiply(), size[0], size[1], size[2]);
      }
    }
  }

  private static void checkProducts(MatrixMultiply multiply, int outputs, int inputs, int columns) {
    float[] theta = random(5 + outputs * inputs, 1);
    ColumnMatrix x = new ColumnMatrix(random(9 + inputs * STRIDE, 2), 9, STRIDE);
    ColumnMatrix byY = new ColumnMatrix(random(3 + outputs * STRIDE, 3), 3, STRIDE);
    ColumnMatrix y = new ColumnMatrix(new float[outputs * STRIDE], 0, STRIDE);
    ColumnMatrix byX = new ColumnMatrix(new float[inputs * STRIDE], 0, STRIDE);
    float[] byTheta = random(theta.length, 4);
    float[] before = byTheta.clone();
    multiply.product(Weights.plain(theta, 5, outputs, inputs), x, y, columns);
    multiply.transposedProduct(Weights.plain(theta, 5, outputs, inputs), byY, byX, columns);
    multiply.addOuterProduct(
        Weights.plain(byTheta, 5, outputs, inputs), byY, x, columns, new FloatScratch());
    for (int c = 0; c < columns; c++) {
      for (int o = 0; o < outputs; o++) {
        double sum = 0;
        for (int i = 0; i < inputs; i++) {
          sum += (double) theta[5 + o * inputs + i] * x.values[x.row(i) + c];
        }
        assertEquals(sum, y.values[y.row(o) + c], 1e-4);
      }
      for (int i = 0; i < inputs; i++) {
        double sum = 0;
        for (int o = 0; o < outputs; o++) {
          sum += (double) theta[5 + o * inputs + i] * byY.values[byY.row(o) + c];
        }
        assertEquals(sum, byX.values[byX.row(i) + c], 1e-4);
      }
    }
    for (int o = 0; o < outputs; o++) {
      for (int i = 0; i < inputs; i++) {
        double sum = before[5 + o * inputs + i];
        for (int c = 0; c < columns; c++) {
          sum += (double) byY.values[byY.row(o) + c] * x.values[x.row(i) + c];
        }
        assertEquals(sum, byTheta[5 + o * inputs + i], 1e-4);
      }
    }
  }

  @Test
  void vectorisedAttentionMatchesThePlainOne() {
    for (Extent extent :
        List.of(
            new Extent(2, 5, 0, 6, 16),
            new Extent(4, 12, 6, 8, 32),
            new Extent(1, 8, 9, 1, 48),
            new Extent(3, 4, 5, 1, 16))) {
      AttentionRun plain = new AttentionRun(Kernels.plain().attention(), extent);
      AttentionRun fast = new AttentionRun(FastKernels.fastest().attention(), extent);
      for (int i = 0; i < plain.results.size(); i++) {
        double[] expected = plain.results.get(i);
        double difference = NetworkFixtures.relativeDifference(expected, fast.results.get(i));
        assertTrue(difference < 1e-5, extent + ", result " + i + ": " + difference);
      }
    }
  }

  /** Output, and the gradients of queries, keys and values, of attention on random numbers. */
  private static final class AttentionRun {

    final List<double[]> results = new ArrayList<>();

    AttentionRun(Attention attention, Extent extent) {
      int features = extent.heads() * extent.headWidth();
      int own = extent.steps() * extent.rows();
      int all = extent.positions() * extent.rows();
      ColumnMatrix q = new ColumnMatrix(random(features * own, 1), 0, own);
      ColumnMatrix k = new ColumnMatrix(random(features * all, 2), 0, all);
      ColumnMatrix v = new ColumnMatrix(random(features * all, 3), 0, all);
      ColumnMatrix out = new ColumnMatrix(new float[features * own], 0, own);
      FloatScratch weights = new FloatScratch();
      attention.forward(extent, q, k, v, weights.atLeast(extent.weightCount()), out);
      ColumnMatrix byOut = new ColumnMatrix(random(features * own, 4), 0, own);
      ColumnMatrix byQ = new ColumnMatrix(notANumber(features * own), 0, own);
      ColumnMatrix byK = new ColumnMatrix(notANumber(features * all), 0, all);
      ColumnMatrix byV = new ColumnMatrix(notANumber(features * all), 0, all);
      attention.backward(
          extent,
          new Operands(q, k, v, weights),
          byOut,
          new Operands(byQ, byK, byV, new FloatScratch()));
      for (ColumnMatrix matrix : List.of(out, byQ, byK, byV)) {
        results.add(doubles(matrix.values));
      }
    }
  }

  /** What must be overwritten, as it would spoil whatever is added to it. */
  private static float[] notANumber(int size) {
    float[] values = new float[size];
    Arrays.fill(values, Float.NaN);
    return values;
  }

  @Test
  void aFeatureLiesAnOddNumberOfCacheLinesBehindTheOneBefore() {
    for (int columns = 16; columns < 2000; columns += 16) {
      int stride = ColumnMatrix.stride(columns);
      assertTrue(stride >= columns && stride % 32 == 16, columns + ": " + stride);
    }
  }

  @Test
  void theVectorisedNetworkWithExpertsMatchesThePlainOne() {
    TransformerShape shape =
        new TransformerShape(11, 9, 16, 2, 2, 24)
            .with(new Experts(5, 2, 12, 0, new Balance.Loss(0.1)));
    float[] theta = random(new TransformerKernel(shape, 11, Kernels.plain()).parameterCount(), 5);
    List<Sequence> rows = new ArrayList<>();
    for (int r = 0; r < 40; r++) {
      TokenSequence prompt = TokenSequence.of(r / 4 % 11, r / 8, 2);
      rows.add(new Sequence(prompt, TokenSequence.of(r % 11, r % 7, r % 5, r % 3)));
    }
    List<double[]> gradients = new ArrayList<>();
    for (Kernels kernels :
        List.of(Kernels.plain(), FastKernels.withBlas(), FastKernels.fastest())) {
      MicroPass pass =
          new KernelEngine(shape, 11, kernels, ConcurrentLinkedDeque::new, theta)
              .forward(rows, java.util.Optional.empty());
      for (int r = 0; r < rows.size(); r++) {
        pass.addLogitError(r, r % 4, new double[] {0.1, -0.2, 0.3});
      }
      pass.addRouterError(new double[][] {{1, 2, 3, 4, 5}, {2, 1, 0, 1, 2}});
      pass.computeGradient();
      GradientSum sum = new GradientSum(theta.length);
      pass.addGradientTo(sum);
      gradients.add(sum.values());
    }
    for (double[] fast : gradients.subList(1, 3)) {
      assertTrue(NetworkFixtures.relativeDifference(gradients.get(0), fast) < 1e-5);
    }
  }

  @Test
  void theFastExponentialIsCloseToTheExactOne() {
    for (float x = 0; x > -10; x -= 0.01f) {
      assertEquals(1, FastExponential.of(x) / Math.exp(x), 1e-5, "at " + x);
    }
    assertTrue(FastExponential.of(-1000f) < 1e-20);
  }

  @Test
  void microBatchesKeepGroupsTogetherAndCoverAllRows() {
    List<Sequence> rows = new ArrayList<>();
    addGroup(rows, 40, 1, 1);
    addGroup(rows, 30, 2, 2);
    addGroup(rows, 150, 3, 3);
    addGroup(rows, 5, 4, 4, 4);
    assertEquals(
        List.of(
            new MicroBatches.Range(0, 40),
            new MicroBatches.Range(40, 70),
            new MicroBatches.Range(70, 134),
            new MicroBatches.Range(134, 198),
            new MicroBatches.Range(198, 220),
            new MicroBatches.Range(220, 225)),
        MicroBatches.of(rows));
    assertEquals(List.of(), MicroBatches.of(List.of()));
  }

  private static void addGroup(List<Sequence> rows, int size, int... prompt) {
    for (int i = 0; i < size; i++) {
      rows.add(new Sequence(TokenSequence.of(prompt), TokenSequence.of(1)));
    }
  }

  private static float[] random(int size, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = (float) random.nextDouble(-1, 1);
    }
    return values;
  }

  private static double[] doubles(float[] values) {
    double[] copy = new double[values.length];
    Arrays.setAll(copy, i -> values[i]);
    return copy;
  }
}
