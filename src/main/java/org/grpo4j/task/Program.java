package org.grpo4j.task;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import org.grpo4j.declare.Kind;

/**
 * {@code program}: write a program from examples. For {@code 3>036,10>253?} one answer is {@code
 * d2*5+*3+}, a {@linkplain StackProgram program of a stack language} that makes 36 of 3 and 253 of
 * 10. It is run: right is whatever passes the tests of the prompt, and the hidden ones, which are
 * the numbers from 0 to 9.
 *
 * <p>The problems are the polynomials {@code (a x + c) x + b} with digits as coefficients, each
 * asked at ten and at one number from 2 to 9. The value at ten has the coefficients as its digits,
 * which is for the policy to find out. Problems are labelled {@code linear} or {@code quadratic};
 * 10 % are held out, each polynomial with all its prompts.
 *
 * <p>30 % of the cold-start corpus are right, 56 % leave out the square ({@code 5*3+}), and in the
 * rest one digit is any digit, or one symbol is missing, or two neighbours have changed places.
 */
@Kind(
    value = "program",
    description = "Programs of a stack language, written from examples and run against tests.")
public final class Program extends ListedTask {

  private static final Vocabulary SYMBOLS = new Vocabulary("_$0123456789+-*dsp()>,?");
  private static final double HELD_OUT_SHARE = 0.1;
  private static final double RIGHT = 0.3;
  private static final double FORGETS_THE_SQUARE = 0.8;
  private static final int SLIPS = 3;
  private static final int TESTED_INPUTS = 10;
  private static final int TEN = 10;

  /** {@code d2*5+*3+$} and one to spare. */
  private static final int MAX_NEW_TOKENS = 10;

  /** The task; all instances are alike. */
  public Program() {
    super(SYMBOLS, allProblems(), Problem::answer, HELD_OUT_SHARE, MAX_NEW_TOKENS);
  }

  @Override
  public String demonstration(Problem problem, SplittableRandom random) {
    StringBuilder program = new StringBuilder(problem.answer());
    if (Chance.of(RIGHT, random)) {
      return program.toString();
    }
    if (Chance.of(FORGETS_THE_SQUARE, random)) {
      int start = program.indexOf("*") + 1;
      return program.substring(program.charAt(0) == 'd' ? start : 0).replace("+*", "*");
    }
    int slip = random.nextInt(SLIPS);
    int place = random.nextInt(program.length() - 1);
    if (slip == 0) {
      while (!Character.isDigit(program.charAt(place))) {
        place = random.nextInt(program.length());
      }
      program.setCharAt(place, (char) ('0' + random.nextInt(TEN)));
    } else {
      char symbol = program.charAt(place);
      program.deleteCharAt(place);
      program.insert(place + 1, slip == 1 ? "" : symbol);
    }
    return program.toString();
  }

  /** Right if it passes the tests of the prompt and the hidden ones. */
  @Override
  public boolean isCorrect(Problem problem, String completion) {
    StackProgram program = new StackProgram(completion);
    for (String example : problem.prompt().split("[,?]")) {
      int arrow = example.indexOf('>');
      int input = Integer.parseInt(example.substring(0, arrow));
      int output = Integer.parseInt(example.substring(arrow + 1));
      if (!program.run(input).equals(OptionalInt.of(output))) {
        return false;
      }
    }
    StackProgram reference = new StackProgram(problem.answer());
    for (int input = 0; input < TESTED_INPUTS; input++) {
      if (!program.run(input).equals(reference.run(input))) {
        return false;
      }
    }
    return true;
  }

  private static List<Problem> allProblems() {
    List<Problem> problems = new ArrayList<>();
    for (int a = 0; a < TEN; a++) {
      for (int c = a == 0 ? 1 : 0; c < TEN; c++) {
        for (int b = 0; b < TEN; b++) {
          String program = a == 0 ? c + "*" + b + "+" : "d" + a + "*" + c + "+*" + b + "+";
          for (int x = 2; x < TEN; x++) {
            int value = (a * x + c) * x + b;
            int atTen = (a * TEN + c) * TEN + b;
            String prompt = x + ">" + threeDigits(value) + ",10>" + threeDigits(atTen) + "?";
            List<String> labels = List.of(a == 0 ? "linear" : "quadratic");
            problems.add(new Problem(prompt, program, labels));
          }
        }
      }
    }
    return problems;
  }

  private static String threeDigits(int number) {
    return Integer.toString(1000 + number).substring(1);
  }
}
