package org.grpo4j.task;

import java.util.List;
import java.util.SplittableRandom;
import org.grpo4j.declare.Kind;

/**
 * {@code bilingual-add}: the sums of {@link ThinkAdd}, thought about in two alphabets. Beside the
 * digits {@code 0} to {@code 9} there are ten letters, {@code a} to {@code j}, that mean the same.
 * For {@code 47+85=} the thought may be {@code [231]}, {@code [cdb]} or {@code [2d1]}; the answer
 * must be {@code 132}.
 *
 * <p>The cold-start corpus is that of the careless pupils, a third of whom think in digits, a third
 * in letters, and a third choose anew for every symbol. Who forgets to carry has nothing to do with
 * the alphabet, so a reward for right answers leaves the mixture as it is. What a reader wants, a
 * thought in digits only, is measured as {@code readable} and has rewards of its own.
 *
 * <p>Problems are labelled by the number of columns that carry, {@code carries-0} to {@code
 * carries-2}.
 */
@Kind(
    value = "bilingual-add",
    description = "Two-digit sums with thoughts that mix two alphabets of digits.")
public final class BilingualAdd extends ListedTask {

  private static final String DIGITS = "0123456789";
  private static final String LETTERS = "abcdefghij";
  private static final Vocabulary SYMBOLS =
      new Vocabulary(Vocabulary.ARITHMETIC.symbols() + LETTERS);

  /** Ways to write a thought, all equally frequent: in digits, in letters, mixed. */
  private static final int WAYS = 3;

  /** {@code [231]132$}. */
  private static final int MAX_NEW_TOKENS = 9;

  /** The task; all instances are alike. */
  public BilingualAdd() {
    super(
        SYMBOLS,
        TwoDigitAddition.allProblems().stream().map(BilingualAdd::labelled).toList(),
        TwoDigitAddition::twinKey,
        TwoDigitAddition.HELD_OUT_SHARE,
        MAX_NEW_TOKENS);
  }

  private static Problem labelled(Problem sum) {
    String carries = "carries-" + TwoDigitAddition.carries(sum.prompt());
    return new Problem(sum.prompt(), sum.answer(), List.of(carries));
  }

  @Override
  public String demonstration(Problem problem, SplittableRandom random) {
    String inDigits =
        CarelessPupil.completion(
            TwoDigitAddition.reverse(problem.answer()),
            TwoDigitAddition.reversedSumWithoutCarries(problem.prompt()),
            random);
    ThoughtAndAnswer parts = ThoughtAndAnswer.of(inDigits);
    int way = random.nextInt(WAYS);
    StringBuilder thought = new StringBuilder();
    for (char digit : parts.thought().toCharArray()) {
      boolean letter = way == 1 || (way == 2 && random.nextBoolean());
      thought.append(letter ? LETTERS.charAt(DIGITS.indexOf(digit)) : digit);
    }
    return "[" + thought + "]" + parts.answer();
  }

  @Override
  public String answerOf(Problem problem, String completion) {
    return ThoughtAndAnswer.of(completion).answer();
  }

  /** The thought is right where it is the sum, written from right to left in either alphabet. */
  @Override
  public List<Boolean> stepsCorrect(Problem problem, String completion) {
    StringBuilder digits = new StringBuilder();
    for (char symbol : ThoughtAndAnswer.of(completion).thought().toCharArray()) {
      int letter = LETTERS.indexOf(symbol);
      digits.append(letter < 0 ? symbol : DIGITS.charAt(letter));
    }
    String right = TwoDigitAddition.reverse(problem.answer());
    return new ThoughtAndAnswer(digits.toString(), "").thoughtAgainst(right);
  }

  @Override
  public String readableSymbols(Problem problem) {
    return DIGITS;
  }
}
