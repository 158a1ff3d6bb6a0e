import java.util.*;

/**
 * GRPO from nothing: one file, no library. A table of logits learns small sums by trial and reward.
 *
 *   java docs/course/MicroGrpo.java              Group Relative Policy Optimization
 *   java docs/course/MicroGrpo.java reinforce    REINFORCE with a baseline
 *   java docs/course/MicroGrpo.java ppo          PPO, with a table of values for a critic
 *
 * Read from top to bottom: the world, the policy, an update in the order of the paper's Algorithm 1
 * (DeepSeekMath, arXiv 2402.03300), what is printed. All beyond this file is efficiency.
 */
public class MicroGrpo {

  // ---- The world: asked "3+4=", right is "7$"; $ ends an answer, of two symbols at most. ----
  static final String SYMBOLS = "_$0123456789+=";
  static final int V = SYMBOLS.length();
  static final int LONGEST = 2;

  static List<String> sums() { // the 55 sums of two digits that are one digit: 3+4=7$
    List<String> sums = new ArrayList<>();
    for (int a = 0; a <= 9; a++)
      for (int b = 0; a + b <= 9; b++) sums.add(a + "+" + b + "=" + (a + b) + "$");
    return sums;
  }

  static String text(int[] answer) {
    return Arrays.stream(answer).mapToObj(v -> "" + SYMBOLS.charAt(v)).reduce("", String::concat);
  }

  // ---- The policy: V logits for each question and each beginning of an answer. ----
  static final int CONTEXTS = 1 + V; // nothing is written yet, or one symbol is

  static int context(int question, int t, int[] answer) {
    return question * CONTEXTS + (t == 0 ? 0 : 1 + answer[0]);
  }

  /** pi(. | context), the soft-max of its logits; less the largest, so that nothing overflows. */
  record Distribution(double[] prob, double[] logProb) {
    static Distribution of(double[] logits, int context) {
      double[] prob = new double[V], z = Arrays.copyOfRange(logits, context * V, context * V + V);
      double sum = 0, largest = Arrays.stream(z).max().getAsDouble();
      for (int v = 0; v < V; v++) sum += prob[v] = Math.exp(z[v] -= largest);
      for (int v = 0; v < V; v++) { prob[v] /= sum; z[v] -= Math.log(sum); }
      return new Distribution(prob, z);
    }
  }

  /** Numbers that Adam moves against their gradient, whose norm is clipped to 1. */
  static class Parameters {
    final double[] theta, gradient, m, v;
    int steps;
    Parameters(int n) {
      theta = new double[n]; gradient = new double[n]; m = new double[n]; v = new double[n];
    }

    void step() {
      double squares = 0;
      for (double g : gradient) squares += g * g;
      double clip = Math.min(1, 1 / (Math.sqrt(squares) + 1e-6));
      double mSum = 1 - Math.pow(0.9, ++steps), vSum = 1 - Math.pow(0.95, steps);
      for (int i = 0; i < theta.length; i++) {
        double g = gradient[i] * clip;
        m[i] = 0.9 * m[i] + (1 - 0.9) * g;
        v[i] = 0.95 * v[i] + (1 - 0.95) * g * g;
        theta[i] -= LEARNING_RATE * (m[i] / mSum) / (Math.sqrt(v[i] / vSum) + 1e-8);
        gradient[i] = 0;
      }
    }
  }

  // ---- The algorithm. ----
  enum Algorithm { GRPO, REINFORCE, PPO }

  static final int QUESTIONS = 32; // of an update
  static final int G = 8; // answers to each question: its group
  static final double CLIP = 0.2; // how far the ratio may go from 1
  static final double BETA = 0.001; // weight of the KL divergence from the reference policy
  static final double LEARNING_RATE = 0.1;

  final Algorithm algorithm;
  final SplittableRandom random;
  final List<String> sums = sums();
  final Parameters policy = new Parameters(sums.size() * CONTEXTS * V); // pi_theta, uniform
  final double[] reference = policy.theta.clone(); // pi_ref, which stays as it is
  final Parameters critic = new Parameters(sums.size() * CONTEXTS); // V_phi, of PPO alone

  MicroGrpo(Algorithm algorithm, long seed) {
    this.algorithm = algorithm;
    this.random = new SplittableRandom(seed);
  }

  /** An answer that was sampled, and what is known of its symbols. */
  static class Row {
    final int question;
    int[] answer = {};
    double reward;
    double[] oldLogProb = {0, 0}, advantage = {0, 0}, valueTarget = {0, 0};
    Row(int question) { this.question = question; }
  }

  List<Row> update() {
    List<Row> rows = new ArrayList<>();
    for (int q = 0; q < QUESTIONS; q++) {
      int question = random.nextInt(sums.size()); // a batch of questions
      for (int g = 0; g < G; g++) rows.add(sample(question)); // G answers of pi_old to each
    }
    for (Row row : rows) // the reward is a rule: right or wrong
      row.reward = sums.get(row.question).endsWith("=" + text(row.answer)) ? 1 : 0;
    switch (algorithm) {
      case GRPO -> groupAdvantages(rows);
      case REINFORCE -> rewardsAgainstMean(rows);
      case PPO -> generalisedAdvantages(rows);
    }
    improve(rows);
    if (algorithm != Algorithm.REINFORCE) improve(rows); // mu = 2: that is what the ratio is for
    return rows;
  }

  Row sample(int question) {
    Row row = new Row(question);
    for (int t = 0; t < LONGEST && !text(row.answer).endsWith("$"); t++) {
      Distribution pi = Distribution.of(policy.theta, context(question, t, row.answer));
      double rest = random.nextDouble();
      int symbol = 0; // the one in whose share of [0, 1) the random number falls
      while (symbol < V - 1 && rest >= pi.prob[symbol]) rest -= pi.prob[symbol++];
      row.answer = Arrays.copyOf(row.answer, t + 1);
      row.answer[t] = symbol;
      row.oldLogProb[t] = pi.logProb[symbol];
    }
    return row;
  }

  /** GRPO: an answer is as good as it is better than the other answers to its question. */
  static void groupAdvantages(List<Row> rows) {
    for (int first = 0; first < rows.size(); first += G) {
      List<Row> group = rows.subList(first, first + G);
      double mean = rewards(group) / G, squares = 0;
      for (Row row : group) squares += (row.reward - mean) * (row.reward - mean);
      double standardDeviation = Math.sqrt(squares / (G - 1));
      for (Row row : group) // all right or all wrong: 0, and the group is dead
        Arrays.fill(row.advantage, (row.reward - mean) / (standardDeviation + 1e-4));
    }
  }

  /** REINFORCE: an answer is as good as it is better than the batch's mean. */
  static void rewardsAgainstMean(List<Row> rows) {
    double mean = rewards(rows) / rows.size();
    for (Row row : rows) Arrays.fill(row.advantage, row.reward - mean);
  }

  /** PPO: a symbol is as good as things went better than the critic expected (GAE, lambda = 1). */
  void generalisedAdvantages(List<Row> rows) {
    double sum = 0, squares = 0;
    for (Row row : rows) { // from the last symbol to the first
      double nextValue = 0, nextAdvantage = 0;
      for (int t = row.answer.length - 1; t >= 0; t--) {
        double value = critic.theta[context(row.question, t, row.answer)];
        double reward = t == row.answer.length - 1 ? row.reward : 0;
        nextAdvantage = row.advantage[t] = reward + nextValue - value + nextAdvantage;
        row.valueTarget[t] = row.advantage[t] + value;
        nextValue = value;
      }
      for (double advantage : row.advantage) sum += advantage; // 0 where there is no symbol
    }
    double mean = sum / symbols(rows); // to mean 0 and standard deviation 1 over the batch
    for (Row row : rows) for (int t = 0; t < row.answer.length; t++) row.advantage[t] -= mean;
    for (Row row : rows) for (double centred : row.advantage) squares += centred * centred;
    double deviation = Math.sqrt(squares / (symbols(rows) - 1) + 1e-8);
    for (Row row : rows) for (int t = 0; t < row.answer.length; t++) row.advantage[t] /= deviation;
  }

  static double rewards(List<Row> rows) { return rows.stream().mapToDouble(r -> r.reward).sum(); }
  static int symbols(List<Row> rows) { return rows.stream().mapToInt(r -> r.answer.length).sum(); }

  /** One step down the loss. Of the algorithm the table sees g alone, dL / dlog pi of a symbol. */
  void improve(List<Row> rows) {
    for (Row row : rows) {
      for (int t = 0; t < row.answer.length; t++) {
        int context = context(row.question, t, row.answer), symbol = row.answer[t];
        Distribution pi = Distribution.of(policy.theta, context);
        double advantage = row.advantage[t], logProb = pi.logProb[symbol];
        // The clipped surrogate -min(rho A, clip(rho) A) is flat where rho has gone far enough.
        double ratio = exp(logProb - row.oldLogProb[t]);
        boolean clipped = advantage > 0 ? ratio > 1 + CLIP : ratio < 1 - CLIP;
        double slope = clipped ? 0 : -(ratio * advantage), w, g;
        if (algorithm == Algorithm.GRPO) {
          w = 1.0 / row.answer.length / rows.size(); // mean over answers of the mean over symbols
          double x = logProb - Distribution.of(reference, context).logProb[symbol];
          g = w * (BETA * -expm1(-x)) + w * slope; // the KL divergence is exp(-x) + x - 1 (k3)
        } else if (algorithm == Algorithm.REINFORCE) {
          w = 1.0 / rows.size(); // mean over answers of the sum over symbols
          g = w * -advantage; // the loss is -A log pi
        } else {
          w = 1.0 / symbols(rows); // mean over all symbols
          g = w * slope;
          critic.gradient[context] += w * (critic.theta[context] - row.valueTarget[t]);
        }
        for (int v = 0; v < V; v++) // dlog pi(symbol) / dlogit(v) = 1[v = symbol] - pi(v)
          policy.gradient[context * V + v] += g * ((v == symbol ? 1 : 0) - pi.prob[v]);
      }
    }
    policy.step();
    if (algorithm == Algorithm.PPO) critic.step();
  }

  // ---- What is printed: the mean reward, and one group that is not dead. ----
  public static void main(String[] arguments) {
    String name = arguments.length > 0 ? arguments[0].toUpperCase(Locale.ROOT) : "GRPO";
    if (!List.of("GRPO", "REINFORCE", "PPO").contains(name)) {
      System.err.println("error: must be grpo, reinforce or ppo, got " + arguments[0]);
      System.exit(2);
    }
    MicroGrpo run = new MicroGrpo(Algorithm.valueOf(name), 1);
    System.out.println("update   reward   a question, its answers, their advantages");
    for (int update = 0, i = 0; update <= 200; update++, i = 0) {
      List<Row> rows = run.update();
      if (update % 10 > 0) continue;
      while (i + G < rows.size() && rewards(rows.subList(i, i + G)) % G == 0) i += G;
      List<Row> group = rows.subList(i, i + G);
      String sum = run.sums.get(group.get(0).question).substring(0, 4);
      System.out.printf(Locale.ROOT, "%6d   %6.3f   %s", update, rewards(rows) / rows.size(), sum);
      for (Row r : group)
        System.out.printf(Locale.ROOT, "  %s %+.2f", text(r.answer), r.advantage[0]);
      System.out.println();
    }
  }

  // ---- e^x and e^x - 1 by their series: the same last digit on every machine. ----
  static double exp(double x) {
    double k = Math.floor(x * 1.4426950408889634 + 0.5); // x = k log 2 + high - low
    double high = x - k * 0x1.62e42feep-1, low = k * 0x1.a39ef35793c76p-33, sum = 1 + high;
    return Math.scalb(beyond(high - low) - low + (high - (sum - 1)) + sum, (int) k);
  }

  static double expm1(double x) {
    double k = Math.floor(x * 1.4426950408889634 + 0.5);
    if (k == 0) return x + beyond(x);
    double high = x - k * 0x1.62e42feep-1, low = k * 0x1.a39ef35793c76p-33, sum = 1 + high;
    double rest = beyond(high - low) - low + (high - (sum - 1)), scale = Math.scalb(1, (int) k);
    double scaled = scale * sum, less = scaled - 1;
    return scale * rest + (scaled >= 1 ? scaled - less - 1 : scaled - (less + 1)) + less;
  }

  static double beyond(double x) { // e^x - 1 - x = x^2 / 2! + x^3 / 3! + ...
    double series = 0, factorial = 87178291200.0; // 14!
    for (int n = 14; n >= 2; factorial /= n--) series = series * x + 1 / factorial;
    return x * x * series;
  }
}
