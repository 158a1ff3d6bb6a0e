package org.grpo4j.task;

import java.util.List;
import java.util.SplittableRandom;
import org.grpo4j.declare.Kinds;

/**
 * A task: where its problems come from and when a completion solves one.
 *
 * <p>Everything here is a pure function of the arguments: the same task has the same problems in
 * the same order in every run, whatever the run's seed.
 */
@Kinds({
  ThinkAdd.class,
  BilingualAdd.class,
  ThinkSubtract.class,
  ReversedAddition.class,
  Countdown.class,
  DigitChain.class,
  DigitSum.BothDigits.class,
  DigitSum.LastDigit.class,
  FewSums.class,
  MixedTask.class,
  Logic.class,
  Program.class
})
public interface TaskSource {

  /** The symbols of prompts and completions. */
  Vocabulary vocabulary();

  /** Length of every prompt in tokens. */
  int promptLength();

  /** Most tokens of a completion, the end token included. */
  int maxNewTokens();

  /** The problems to train on. */
  List<Problem> trainingProblems();

  /**
   * The problems that are never trained on; disjoint from {@link #trainingProblems()}, twins
   * included. Empty if the task is about learning all of its few problems by heart.
   */
  List<Problem> heldOutProblems();

  /**
   * The problems an evaluation asks, the first ones first: the held-out problems, or the training
   * problems of a task that holds none out.
   */
  default List<Problem> evaluationProblems() {
    return heldOutProblems().isEmpty() ? trainingProblems() : heldOutProblems();
  }

  /**
   * The form that {@code problem} and its twins share. Twins are the same question in another
   * order: the same operands, and so the same answer. Trained on {@code 85+47=}, a policy asked
   * {@code 47+85=} would repeat more than generalise; no twin of a held-out problem is trained on.
   */
  String twinKey(Problem problem);

  /** One example of the cold-start corpus: a completion, right or wrong, without end token. */
  String demonstration(Problem problem, SplittableRandom random);

  /**
   * The part of {@code completion} that is its answer, without the thought before it. This is what
   * {@link #isCorrect} judges and what a majority vote counts.
   *
   * @param problem what was asked
   * @param completion text without the end token
   */
  String answerOf(Problem problem, String completion);

  /**
   * For each symbol of the completion's thought, whether it is right; empty if there is no thought
   * or the task does not judge thoughts. What process supervision rewards.
   *
   * @param completion text without the end token
   */
  default List<Boolean> stepsCorrect(Problem problem, String completion) {
    return List.of();
  }

  /**
   * The symbols that a readable thought about {@code problem} is written in. A completion is
   * readable if it has a well-formed thought of one symbol or more, all of them among these.
   *
   * @return empty if the task does not ask for it; then nothing is measured
   */
  default String readableSymbols(Problem problem) {
    return "";
  }

  /** True if {@code completion} (text without the end token) solves {@code problem}. */
  boolean isCorrect(Problem problem, String completion);
}
