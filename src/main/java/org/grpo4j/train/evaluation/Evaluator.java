package org.grpo4j.train.evaluation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.grpo4j.math.RandomStreams;
import org.grpo4j.math.RandomStreams.Purpose;
import org.grpo4j.math.Stopwatch;
import org.grpo4j.metric.MajorityVote;
import org.grpo4j.metric.PassAtK;
import org.grpo4j.metric.Proportion;
import org.grpo4j.policy.LanguageModel;
import org.grpo4j.policy.NonFinite.Where;
import org.grpo4j.policy.NonFiniteException;
import org.grpo4j.policy.Workers;
import org.grpo4j.reward.CorrectnessReward;
import org.grpo4j.rollout.Completion;
import org.grpo4j.rollout.Group;
import org.grpo4j.task.Problem;
import org.grpo4j.task.TaskSource;
import org.grpo4j.train.sampling.GreedyDecoder;
import org.grpo4j.train.sampling.RolloutSampler;
import org.grpo4j.train.sampling.SamplingSettings;

/**
 * Asks a policy a fixed list of problems: the first of {@link TaskSource#evaluationProblems()},
 * always the same ones in the same order.
 *
 * <p>Samples use the purpose {@link Purpose#EVALUATION}, keyed by problem and sample only. So
 * evaluating does not change what training draws, and two policies are compared with the same
 * random numbers.
 */
public final class Evaluator {

  private static final int ROWS_KEPT = 16_384;

  private final TaskSource task;
  private final EvaluationSettings settings;
  private final List<Problem> problems;
  private final List<Problem> sampledProblems;
  private final GreedyDecoder greedyDecoder;
  private final RolloutSampler sampler;
  private double samplingSpeed = Double.NaN;

  /**
   * @param temperature of the samples, positive
   * @param streams of the run
   */
  public Evaluator(
      TaskSource task,
      EvaluationSettings settings,
      double temperature,
      RandomStreams streams,
      Workers workers) {
    this.task = task;
    this.settings = settings;
    List<Problem> all = task.evaluationProblems();
    this.problems = all.subList(0, Math.min(settings.problems(), all.size()));
    this.sampledProblems = all.subList(0, Math.min(settings.finalProblems(), all.size()));
    this.greedyDecoder = new GreedyDecoder(task.vocabulary(), task.maxNewTokens(), workers);
    SamplingSettings sampling =
        new SamplingSettings(settings.finalSamples(), task.maxNewTokens(), temperature);
    this.sampler =
        new RolloutSampler(task.vocabulary(), sampling, streams, Purpose.EVALUATION, workers);
  }

  /** Greedy accuracy, pass@k and maj@k. */
  public Evaluation evaluate(LanguageModel model) {
    return evaluateGreedy(model).with(in(model, () -> evaluateSamples(model)));
  }

  /** The result of {@code work}; a number that is not finite is said to be of an evaluation. */
  private static <T> T in(LanguageModel model, Supplier<T> work) {
    return NonFiniteException.during(
        new Where("evaluation of policy version", model.version(), Optional.empty()), work);
  }

  /** Greedy accuracy only: quick enough to be done every few updates. */
  public Evaluation evaluateGreedy(LanguageModel model) {
    List<Completion> completions = in(model, () -> greedyDecoder.decode(model, problems));
    List<Evaluation.Example> examples = new ArrayList<>();
    Shares shares = new Shares(task, "greedy_accuracy", "readable");
    int correct = 0;
    int truncated = 0;
    for (int i = 0; i < completions.size(); i++) {
      boolean right = isCorrect(problems.get(i), completions.get(i));
      correct += right ? 1 : 0;
      truncated += completions.get(i).truncated() ? 1 : 0;
      shares.add(problems.get(i), completions.get(i), right);
      if (i < settings.examples()) {
        examples.add(new Evaluation.Example(problems.get(i), completions.get(i), right));
      }
    }
    return new Evaluation(
        model.version(),
        !task.heldOutProblems().isEmpty(),
        new Proportion(correct, completions.size()),
        meanLength(completions),
        new Proportion(truncated, completions.size()),
        shares.byName(),
        examples,
        Optional.empty());
  }

  /**
   * Completion tokens a second of the fastest part of the samples taken last, of {@value ROWS_KEPT}
   * completions or fewer; {@code NaN} before. A program that has just started is slower.
   */
  public double samplingSpeed() {
    return samplingSpeed;
  }

  private Evaluation.Sampled evaluateSamples(LanguageModel model) {
    List<Integer> ks = settings.ks();
    double[] passSums = new double[ks.size()];
    double[] majoritySums = new double[ks.size()];
    Shares shares = new Shares(task, "pass@1", "readable@1");
    double tokens = 0;
    samplingSpeed = 0;
    int problems = sampledProblems.size();
    int most = problemsAtATime();
    for (int from = 0; from < problems; from += most) {
      List<Problem> some = sampledProblems.subList(from, Math.min(from + most, problems));
      Stopwatch watch = new Stopwatch();
      List<Group> groups = sampler.sample(model, some, 0, from).groups();
      double seconds = watch.lap();
      double tokensBefore = tokens;
      for (Group group : groups) {
        for (int i = 0; i < passSums.length; i++) {
          passSums[i] += passAtK(group, ks.get(i));
          majoritySums[i] += majorityAtK(group, ks.get(i));
        }
        for (Completion completion : group.completions()) {
          tokens += completion.length();
          shares.add(group.problem(), completion, isCorrect(group.problem(), completion));
        }
      }
      samplingSpeed = Math.max(samplingSpeed, (tokens - tokensBefore) / seconds);
    }
    List<Evaluation.AtK> passAtK = new ArrayList<>();
    List<Evaluation.AtK> majorityAtK = new ArrayList<>();
    for (int i = 0; i < passSums.length; i++) {
      passAtK.add(new Evaluation.AtK(ks.get(i), passSums[i] / problems, problems));
      majorityAtK.add(new Evaluation.AtK(ks.get(i), majoritySums[i] / problems, problems));
    }
    return new Evaluation.Sampled(
        problems,
        settings.finalSamples(),
        sampler.temperature(),
        passAtK,
        majorityAtK,
        ofSamples(shares),
        tokens / ((double) problems * settings.finalSamples()));
  }

  /** The shares of samples as means over problems. */
  private Map<String, Evaluation.AtK> ofSamples(Shares shares) {
    Map<String, Evaluation.AtK> means = new TreeMap<>();
    shares
        .byName()
        .forEach(
            (name, share) ->
                means.put(
                    name,
                    new Evaluation.AtK(1, share.value(), share.n() / settings.finalSamples())));
    return means;
  }

  /** So that the completions of no more than about {@link #ROWS_KEPT} rows are kept. */
  private int problemsAtATime() {
    int chunk = sampler.groupsPerChunk();
    return chunk * Math.max(1, ROWS_KEPT / (chunk * settings.finalSamples()));
  }

  private double passAtK(Group group, int k) {
    int correct = 0;
    for (Completion completion : group.completions()) {
      correct += isCorrect(group.problem(), completion) ? 1 : 0;
    }
    return PassAtK.unbiased(group.size(), correct, k);
  }

  /** A completion that was cut off gave no answer: its vote is for itself and joins no other. */
  private double majorityAtK(Group group, int k) {
    List<String> answers = new ArrayList<>(group.size());
    List<Boolean> correct = new ArrayList<>(group.size());
    for (Completion completion : group.completions()) {
      String noAnswer = "(no answer from " + answers.size() + ")";
      answers.add(
          completion.truncated() ? noAnswer : task.answerOf(group.problem(), completion.text()));
      correct.add(isCorrect(group.problem(), completion));
    }
    return MajorityVote.shareOfCorrectBlocks(answers, correct, k);
  }

  private boolean isCorrect(Problem problem, Completion completion) {
    return CorrectnessReward.isCorrect(task, problem, completion);
  }

  private static double meanLength(List<Completion> completions) {
    double tokens = 0;
    for (Completion completion : completions) {
      tokens += completion.length();
    }
    return tokens / completions.size();
  }
}
