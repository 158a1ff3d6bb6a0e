import static org.bytedeco.pytorch.global.torch.*;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.*;

/**
 * A peer to be timed beside: the GRPO step of think-add on libtorch's autograd, driven from Java, so
 * that no Python is in the way. Every completion has the full length. Prints medians as JSON.
 *
 * <p>Arguments are {@code name=number}: threads, warmup, updates, prompts, group, width, layers,
 * heads, length. Run as a source file, with libtorch's jars as the class path.
 */
public final class LibtorchGrpo {

  private static final int SYMBOLS = 22;
  private static final int PROMPT = 6;
  private static final int SUPERVISED_ROWS = 64;
  private static final int SUPERVISED_STEPS = 100;
  private static final LongOptional NONE = new LongOptional();
  private static final LongOptional FIRST = new LongOptional(0);

  private record Block(
      Tensor gain1, Tensor bias1, Tensor qkv, Tensor qkvBias, Tensor out, Tensor outBias,
      Tensor gain2, Tensor bias2, Tensor up, Tensor upBias, Tensor down, Tensor downBias) {}

  private final int width;
  private final int layers;
  private final int heads;
  private final int length;
  private final List<Tensor> parameters = new ArrayList<>();
  private final List<Block> blocks = new ArrayList<>();
  private final Tensor symbols;
  private final Tensor positions;
  private final Tensor gain;
  private final Tensor bias;
  private final Tensor head;
  private final Tensor headBias;

  private LibtorchGrpo(int width, int layers, int heads, int length) {
    this.width = width;
    this.layers = layers;
    this.heads = heads;
    this.length = length;
    double deviation = 1 / Math.sqrt(3 * width);
    double residual = Math.sqrt(2 * layers);
    symbols = normal(0.1, SYMBOLS, width);
    positions = normal(0.1, PROMPT + length, width);
    for (int layer = 0; layer < layers; layer++) {
      blocks.add(
          new Block(
              constant(1, width), constant(0, width),
              normal(deviation, 3 * width, width), constant(0, 3 * width),
              normal(deviation / residual, width, width), constant(0, width),
              constant(1, width), constant(0, width),
              normal(deviation, 4 * width, width), constant(0, 4 * width),
              normal(1 / Math.sqrt(12 * width) / residual, width, 4 * width), constant(0, width)));
    }
    gain = constant(1, width);
    bias = constant(0, width);
    head = normal(0.02, SYMBOLS, width);
    headBias = constant(0, SYMBOLS);
  }

  private Tensor normal(double deviation, long... shape) {
    return parameter(randn(shape).mul(new Scalar(deviation)));
  }

  private Tensor constant(double value, long size) {
    return parameter(zeros(new long[] {size}).add(new Scalar(value)));
  }

  private Tensor parameter(Tensor values) {
    parameters.add(values.set_requires_grad(true));
    return values;
  }

  private static Tensor affine(Tensor x, Tensor w, Tensor b) {
    return linear(x, w, new TensorOptional(b));
  }

  private Tensor norm(Tensor x, Tensor g, Tensor b) {
    return layer_norm(x, new long[] {width}, new TensorOptional(g), new TensorOptional(b), 1e-5, false);
  }

  private Tensor feedForward(Block b, Tensor x) {
    return affine(relu(affine(norm(x, b.gain2, b.bias2), b.up, b.upBias)), b.down, b.downBias);
  }

  private Tensor queriesKeysValues(Block b, Tensor h) {
    Tensor qkv = affine(norm(h, b.gain1, b.bias1), b.qkv, b.qkvBias);
    return qkv.view(h.size(0), h.size(1), 3, heads, width / heads).permute(2, 0, 3, 1, 4);
  }

  private static Tensor attend(Tensor q, Tensor k, Tensor v, boolean causal) {
    return scaled_dot_product_attention(
        q, k, v, new TensorOptional(), 0.0, causal, new DoubleOptional(), false);
  }

  /** The output of a block for whole sequences. */
  private Tensor block(Block b, Tensor h, Tensor qkv) {
    Tensor a = attend(qkv.select(0, 0), qkv.select(0, 1), qkv.select(0, 2), true);
    h = h.add(affine(a.transpose(1, 2).reshape(h.size(0), h.size(1), width), b.out, b.outBias));
    return h.add(feedForward(b, h));
  }

  private Tensor logits(Tensor h) {
    return affine(norm(h, gain, bias), head, headBias);
  }

  /** Log-probabilities of the tokens behind their prompts, both {@code [rows][...]}. */
  private Tensor logProbs(Tensor prompts, Tensor tokens) {
    Tensor x = cat(new TensorVector(prompts, tokens.narrow(1, 0, length - 1)), 1);
    Tensor h = embedding(symbols, x).add(positions.narrow(0, 0, x.size(1)));
    for (Block b : blocks) {
      h = block(b, h, queriesKeysValues(b, h));
    }
    Tensor z = logits(h.narrow(1, PROMPT - 1, length));
    return log_softmax(z, -1).gather(2, tokens.unsqueeze(2)).squeeze(-1);
  }

  private static Tensor repeat(Tensor x, int times) {
    return x.repeat_interleave(times, FIRST, NONE);
  }

  /** Completions of each prompt with a cache of keys and values, and their log-probabilities. */
  private Tensor[] sample(Tensor prompts, int group) {
    long rows = prompts.size(0) * group;
    Tensor h = embedding(symbols, prompts).add(positions.narrow(0, 0, PROMPT));
    Tensor[] keys = new Tensor[layers];
    Tensor[] values = new Tensor[layers];
    for (int i = 0; i < layers; i++) {
      Tensor qkv = queriesKeysValues(blocks.get(i), h);
      h = block(blocks.get(i), h, qkv);
      keys[i] = empty(rows, heads, PROMPT + length, width / heads);
      values[i] = empty(rows, heads, PROMPT + length, width / heads);
      keys[i].narrow(2, 0, PROMPT).copy_(repeat(qkv.select(0, 1), group));
      values[i].narrow(2, 0, PROMPT).copy_(repeat(qkv.select(0, 2), group));
    }
    Tensor z = repeat(logits(h.select(1, PROMPT - 1)), group);
    Tensor[] tokens = new Tensor[length];
    Tensor[] logProbs = new Tensor[length];
    for (int t = 0; ; t++) {
      Tensor all = log_softmax(z, -1);
      Tensor noise = exponential(all).clamp_min_(new Scalar(1e-20)).log_();
      tokens[t] = all.sub(noise).argmax(new LongOptional(-1), false);
      logProbs[t] = all.gather(1, tokens[t].unsqueeze(1)).squeeze(1);
      if (t == length - 1) {
        return new Tensor[] {stack(new TensorVector(tokens), 1), stack(new TensorVector(logProbs), 1)};
      }
      z = next(tokens[t], PROMPT + t, keys, values);
    }
  }

  /** The logits behind one more token, which stands at {@code position}. */
  private Tensor next(Tensor token, int position, Tensor[] keys, Tensor[] values) {
    long rows = token.size(0);
    Tensor x = embedding(symbols, token).add(positions.select(0, position));
    for (int i = 0; i < layers; i++) {
      Block b = blocks.get(i);
      Tensor qkv =
          affine(norm(x, b.gain1, b.bias1), b.qkv, b.qkvBias).view(rows, 3, heads, 1, width / heads);
      keys[i].narrow(2, position, 1).copy_(qkv.select(1, 1));
      values[i].narrow(2, position, 1).copy_(qkv.select(1, 2));
      Tensor k = keys[i].narrow(2, 0, position + 1);
      Tensor v = values[i].narrow(2, 0, position + 1);
      Tensor a = attend(qkv.select(1, 0), k, v, false);
      x = x.add(affine(a.reshape(rows, width), b.out, b.outBias));
      x = x.add(feedForward(b, x));
    }
    return logits(x);
  }

  public static void main(String[] args) throws IOException {
    Map<String, Integer> given = new HashMap<>();
    for (String arg : args) {
      given.put(arg.substring(0, arg.indexOf('=')), Integer.valueOf(arg.substring(arg.indexOf('=') + 1)));
    }
    set_num_threads(given.getOrDefault("threads", 1));
    globalContext().setFlushDenormal(true);
    manual_seed(0);
    LibtorchGrpo model =
        new LibtorchGrpo(
            given.getOrDefault("width", 48),
            given.getOrDefault("layers", 1),
            given.getOrDefault("heads", 4),
            given.getOrDefault("length", 9));
    Learning learning = new Learning(model, new SplittableRandom(1));
    int warmup = given.getOrDefault("warmup", 100);
    double[][] seconds = new double[4][given.getOrDefault("updates", 200)];
    for (int i = -warmup; i < seconds[0].length; i++) {
      double[] phases = learning.update(given.getOrDefault("prompts", 32), given.getOrDefault("group", 8));
      for (int p = 0; i >= 0 && p < phases.length; p++) {
        seconds[p][i] = phases[p];
      }
    }
    double[] supervised = new double[SUPERVISED_STEPS];
    for (int i = -SUPERVISED_STEPS; i < SUPERVISED_STEPS; i++) {
      double one = learning.supervised();
      supervised[Math.max(i, 0)] = one;
    }
    long parameters = model.parameters.stream().mapToLong(Tensor::numel).sum();
    System.out.printf(
        Locale.ROOT,
        "{\"parameters\": %d, \"cold_start_step_seconds\": %.6g, \"rollout_seconds\": %.6g,"
            + " \"score_seconds\": %.6g, \"optimize_seconds\": %.6g, \"step_seconds\": %.6g,"
            + " \"peak_memory_bytes\": %d}%n",
        parameters, median(supervised), median(seconds[0]), median(seconds[1]), median(seconds[2]),
        median(seconds[3]), peakMemory());
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  private static long peakMemory() throws IOException {
    Path status = Path.of("/proc/self/status");
    List<String> lines = Files.exists(status) ? Files.readAllLines(status) : List.of();
    return lines.stream()
        .filter(line -> line.startsWith("VmHWM"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024)
        .findFirst()
        .orElse(0);
  }

  /** The optimiser, and the two kinds of step. */
  private static final class Learning {

    private final LibtorchGrpo model;
    private final SplittableRandom random;
    private final TensorVector all;
    private final Adam adam;

    Learning(LibtorchGrpo model, SplittableRandom random) {
      this.model = model;
      this.random = random;
      this.all = new TensorVector(model.parameters.toArray(new Tensor[0]));
      AdamOptions options = new AdamOptions(1.5e-3);
      options.betas().put(0, 0.9).put(1, 0.95);
      this.adam = new Adam(all, options);
    }

    private Tensor prompts(int count) {
      long[] ids = new long[count * PROMPT];
      for (int p = 0; p < count; p++) {
        int a = random.nextInt(10, 100);
        int b = random.nextInt(10, 100);
        long[] row = {2 + a / 10, 2 + a % 10, 12, 2 + b / 10, 2 + b % 10, 15};
        System.arraycopy(row, 0, ids, p * PROMPT, PROMPT);
      }
      return tensor(ids).view(count, PROMPT);
    }

    private void learn(Tensor loss) {
      adam.zero_grad();
      loss.backward();
      clip_grad_norm_(all, 1.0);
      adam.step();
    }

    /** Seconds of rollout, score, the rest, and the whole. */
    double[] update(int count, int group) {
      try (PointerScope scope = new PointerScope()) {
        long begun = System.nanoTime();
        Tensor prompts = prompts(count);
        Tensor[] sampled;
        try (AutoGradMode off = new AutoGradMode(false)) {
          sampled = model.sample(prompts, group);
        }
        long drawn = System.nanoTime();
        long[] tokens = new long[count * group * model.length];
        new LongPointer(sampled[0].contiguous().data_ptr_long()).get(tokens);
        float[] rewards = new float[count * group];
        for (int i = 0; i < rewards.length; i++) {
          rewards[i] = reward(tokens, i * model.length, model.length);
        }
        Tensor reward = tensor(rewards).view(count, group);
        long scored = System.nanoTime();
        Tensor deviation = reward.std(new long[] {1}, true, true).add(new Scalar(1e-4));
        Tensor mean = reward.mean(new long[] {1}, true, new ScalarTypeOptional());
        Tensor advantage = reward.sub(mean).div(deviation).view(-1, 1);
        Tensor ratio = model.logProbs(repeat(prompts, group), sampled[0]).sub(sampled[1]).exp();
        Tensor clipped =
            ratio.clamp(new ScalarOptional(new Scalar(0.8)), new ScalarOptional(new Scalar(1.2)));
        learn(minimum(ratio.mul(advantage), clipped.mul(advantage)).mean().neg());
        long end = System.nanoTime();
        return new double[] {
          (drawn - begun) / 1e9, (scored - drawn) / 1e9, (end - scored) / 1e9, (end - begun) / 1e9
        };
      }
    }

    /** Seconds of a step on 64 examples of 4 to 9 tokens, filled up to the full length. */
    double supervised() {
      try (PointerScope scope = new PointerScope()) {
        long begun = System.nanoTime();
        long[] ids = new long[SUPERVISED_ROWS * model.length];
        float[] counts = new float[ids.length];
        for (int row = 0; row < SUPERVISED_ROWS; row++) {
          int tokens = Math.min(model.length, random.nextInt(4, 10));
          for (int t = row * model.length; t < row * model.length + tokens; t++) {
            ids[t] = random.nextInt(1, SYMBOLS);
            counts[t] = 1;
          }
        }
        Tensor mask = tensor(counts).view(SUPERVISED_ROWS, model.length);
        Tensor logProbs =
            model.logProbs(
                prompts(SUPERVISED_ROWS), tensor(ids).view(SUPERVISED_ROWS, model.length));
        learn(logProbs.mul(mask).sum().div(mask.sum()).neg());
        return (System.nanoTime() - begun) / 1e9;
      }
    }

    /** Some work for each symbol, and right in about half of the cases. */
    private static float reward(long[] tokens, int at, int length) {
      long sum = 0;
      for (int t = at; t < at + length; t++) {
        sum = sum * 31 + tokens[t];
      }
      return (sum & 1) == 0 ? 1 : 0;
    }
  }
}
