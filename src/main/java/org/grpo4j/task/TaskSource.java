package org.grpo4j.task;

import java.util.List;
import java.util.SplittableRandom;

/** A task: where its problems come from and when a completion solves one. */
public interface TaskSource {

  /** The name used in experiment files, such as {@code think-add}. */
  String name();

  /** The symbols of prompts and completions. */
  Vocabulary vocabulary();

  /** Length of every prompt in tokens. */
  int promptLength();

  /** Most tokens of a completion, the end token included. */
  int maxNewTokens();

  /** The problems to train on. */
  List<Problem> trainingProblems();

  /** The problems that are never trained on; disjoint from {@link #trainingProblems()}. */
  List<Problem> heldOutProblems();

  /** One example of the cold-start corpus: a completion, right or wrong, without end token. */
  String demonstration(Problem problem, SplittableRandom random);

  /** True if {@code completion} (text without the end token) solves {@code problem}. */
  boolean isCorrect(Problem problem, String completion);
}
