import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * A GRPO trainer as one meets them: it compiles and it runs.
 *
 * <p>The network is behind {@link Network}: it is right, and so is {@link Rewards}. All else is to
 * be reviewed. The comments say what is meant; {@link Settings} says what the run asks for.
 */
final class ReviewedTrainer {

  /**
   * A causal language model: row t of the result holds the logits for the token AFTER position t.
   */
  interface Network {

    double[][] logits(double[] parameters, int[] tokens);

    /** Adds d loss / d parameters to {@code into}, given d loss / d logits of every position. */
    void backward(double[] parameters, int[] tokens, double[][] lossByLogits, double[] into);

    /** Where the blocks of parameters (matrices, biases) begin in the flat array; the end too. */
    int[] blocks();
  }

  /** 1 if the completion answers the prompt, else 0. */
  interface Rewards {
    double reward(int[] prompt, int[] completion);
  }

  /** What is asked for: the numbers of DeepSeekMath's run, in small. */
  record Settings(
      int groupSize,
      int innerEpochs,
      double temperature,
      int longest,
      int endToken,
      double clip,
      double beta,
      double learningRate,
      double maxGradientNorm,
      long seed) {}

  private static final double STD_EPSILON = 1e-4;

  private final Network network;
  private final Rewards rewards;
  private final Settings settings;
  private final double[] parameters;
  private final double[] reference;

  ReviewedTrainer(Network network, Rewards rewards, Settings settings, double[] parameters) {
    this.network = network;
    this.rewards = rewards;
    this.settings = settings;
    this.parameters = parameters;
    this.reference = parameters.clone(); // frozen: the policy before reinforcement learning
  }

  /** One completion with all that the loss needs to know of it. */
  private static final class Row {
    final int[] prompt;
    final int[] completion;
    double advantage;
    double[] oldLogProbs = {};

    Row(int[] prompt, int[] completion) {
      this.prompt = prompt;
      this.completion = completion;
    }

    /** Prompt and completion, as the network reads them. */
    int[] tokens() {
      int[] all = Arrays.copyOf(prompt, prompt.length + completion.length);
      System.arraycopy(completion, 0, all, prompt.length, completion.length);
      return all;
    }
  }

  /** One step of the algorithm: sample a group for every prompt, then improve on all of them. */
  void update(List<int[]> prompts) {
    List<Row> rows = new ArrayList<>();
    for (int[] prompt : prompts) {
      List<Row> group = new ArrayList<>();
      for (int g = 0; g < settings.groupSize(); g++) {
        group.add(new Row(prompt, sample(prompt, g)));
      }
      groupAdvantages(group);
      rows.addAll(group);
    }
    normalise(rows);
    for (int epoch = 0; epoch < settings.innerEpochs(); epoch++) {
      improve(rows);
    }
  }

  /** A completion of the current policy, which ends with the end token or at the limit. */
  private int[] sample(int[] prompt, int index) {
    Random random = new Random(settings.seed() + index);
    int[] tokens = prompt;
    for (int t = 0; t < settings.longest(); t++) {
      double[] logits = network.logits(parameters, tokens)[tokens.length - 1];
      double[] probabilities = softmax(logits, settings.temperature());
      tokens = Arrays.copyOf(tokens, tokens.length + 1);
      tokens[tokens.length - 1] = draw(probabilities, random);
      if (tokens[tokens.length - 1] == settings.endToken()) {
        break;
      }
    }
    return Arrays.copyOfRange(tokens, prompt.length, tokens.length);
  }

  private static int draw(double[] probabilities, Random random) {
    double rest = random.nextDouble();
    for (int token = 0; token < probabilities.length - 1; token++) {
      rest -= probabilities[token];
      if (rest < 0) {
        return token;
      }
    }
    return probabilities.length - 1;
  }

  private static double[] softmax(double[] logits, double temperature) {
    double largest = Arrays.stream(logits).max().orElseThrow();
    double[] p = new double[logits.length];
    double sum = 0;
    for (int j = 0; j < p.length; j++) {
      p[j] = Math.exp((logits[j] - largest) / temperature);
      sum += p[j];
    }
    for (int j = 0; j < p.length; j++) {
      p[j] /= sum;
    }
    return p;
  }

  /** DeepSeekMath, section 4.1.2: the reward against the others of the group. */
  private void groupAdvantages(List<Row> group) {
    double mean = 0;
    for (Row row : group) {
      row.advantage = rewards.reward(row.prompt, row.completion);
      mean += row.advantage / group.size();
    }
    double squares = 0;
    for (Row row : group) {
      squares += (row.advantage - mean) * (row.advantage - mean);
    }
    double deviation = Math.sqrt(squares / (group.size() - 1));
    for (Row row : group) {
      row.advantage = (row.advantage - mean) / (deviation + STD_EPSILON);
    }
  }

  /** Mean 0 and deviation 1, for a stable step. */
  private static void normalise(List<Row> rows) {
    double mean = rows.stream().mapToDouble(row -> row.advantage).average().orElse(0);
    double squares = 0;
    for (Row row : rows) {
      squares += (row.advantage - mean) * (row.advantage - mean);
    }
    double deviation = Math.sqrt(squares / rows.size());
    for (Row row : rows) {
      row.advantage = (row.advantage - mean) / (deviation + STD_EPSILON);
    }
  }

  /** One optimiser step: the clipped surrogate with the KL divergence from the reference. */
  private void improve(List<Row> rows) {
    double[] gradient = new double[parameters.length];
    for (Row row : rows) {
      row.oldLogProbs = logProbs(parameters, row);
      double[] now = logProbs(parameters, row);
      double[] ofReference = logProbs(reference, row);
      int[] tokens = row.completion;
      double[][] logits = network.logits(parameters, tokens);
      double[][] lossByLogits = new double[tokens.length][];
      for (int t = 0; t < tokens.length; t++) {
        double ratio = Math.exp(now[t] - row.oldLogProbs[t]);
        double g = surrogateSlope(ratio, row.advantage);
        g += settings.beta() * klSlope(now[t], ofReference[t]);
        g /= tokens.length; // the mean over tokens, then over completions
        g /= rows.size();
        lossByLogits[t] = softmaxBackward(softmax(logits[t], 1), tokens[t], g);
      }
      network.backward(parameters, tokens, lossByLogits, gradient);
    }
    step(gradient);
  }

  /** log pi of every token of the completion. */
  private double[] logProbs(double[] of, Row row) {
    int[] tokens = row.completion;
    double[][] logits = network.logits(of, tokens);
    double[] logProbs = new double[tokens.length];
    for (int t = 0; t < tokens.length; t++) {
      logProbs[t] = Math.log(softmax(logits[t], 1)[tokens[t]]);
    }
    return logProbs;
  }

  /** The derivative of -min(rho A, clip(rho) A) by log pi. */
  private double surrogateSlope(double ratio, double advantage) {
    boolean outside = ratio < 1 - settings.clip() || ratio > 1 + settings.clip();
    return outside ? 0 : -ratio * advantage;
  }

  /** The derivative of the KL estimate by log pi. */
  private static double klSlope(double logProb, double referenceLogProb) {
    // KL is the mean of logProb - referenceLogProb, so:
    return 1;
  }

  /** From the derivative by log p of the token to those by all logits. */
  private static double[] softmaxBackward(double[] p, int token, double g) {
    double[] byLogits = new double[p.length];
    for (int j = 0; j < p.length; j++) {
      byLogits[j] = g * ((j == token ? 1 : 0) - p[j]);
    }
    return byLogits;
  }

  /** Gradient descent, the global norm of the gradient bounded. */
  private void step(double[] gradient) {
    int[] blocks = network.blocks();
    for (int b = 0; b + 1 < blocks.length; b++) {
      double squares = 0;
      for (int i = blocks[b]; i < blocks[b + 1]; i++) {
        squares += gradient[i] * gradient[i];
      }
      double scale = Math.min(1, settings.maxGradientNorm() / Math.sqrt(squares));
      for (int i = blocks[b]; i < blocks[b + 1]; i++) {
        parameters[i] -= settings.learningRate() * gradient[i] * scale;
      }
    }
  }
}
