package org.grpo4j.task;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.OptionalInt;

/**
 * A program of a tiny stack language, run within bounds. The stack begins with the input; each
 * symbol is an instruction:
 *
 * <ul>
 *   <li>{@code 0} to {@code 9} put a number on top,
 *   <li>{@code + - *} replace the two on top by their sum, difference, product,
 *   <li>{@code d} puts the top there once more, {@code s} swaps the two on top, {@code p} takes the
 *       top away,
 *   <li>{@code (} and {@code )} enclose a loop that runs as long as the top is not 0.
 * </ul>
 *
 * <p>The result is what is on the stack at the end, if it is one number. Everything else is no
 * result: too few numbers, more than {@value #MOST_NUMBERS}, one beyond {@value #LARGEST}, brackets
 * that do not match, an unknown symbol, more than {@value #MOST_STEPS} steps. No text makes it
 * throw anything or run on.
 *
 * @param text the instructions
 */
record StackProgram(String text) {

  /** Steps after which a program is stopped. */
  static final int MOST_STEPS = 200;

  /** Most numbers on the stack. */
  static final int MOST_NUMBERS = 16;

  /** The largest number on the stack, and minus it the smallest. */
  static final int LARGEST = 9999;

  /** The result for {@code input}; empty if the program does not come to one. */
  OptionalInt run(int input) {
    List<Integer> partners = partners();
    Deque<Integer> stack = new ArrayDeque<>(List.of(input));
    boolean fails = partners.size() < text.length();
    int at = 0;
    for (int step = 0; at < text.length() && !fails; step++) {
      char instruction = text.charAt(at);
      if (instruction == '(' || instruction == ')') {
        boolean loops = !stack.isEmpty() && stack.peek() != 0;
        at = loops == (instruction == ')') ? partners.get(at) : at;
        fails = stack.isEmpty();
      } else {
        fails = !execute(instruction, stack);
      }
      fails |= step >= MOST_STEPS || stack.size() > MOST_NUMBERS;
      at++;
    }
    return fails || stack.size() != 1 ? OptionalInt.empty() : OptionalInt.of(stack.pop());
  }

  /** Whether it could be done. */
  private static boolean execute(char instruction, Deque<Integer> stack) {
    int takes = "+-*s".indexOf(instruction) >= 0 ? 2 : "dp".indexOf(instruction) >= 0 ? 1 : 0;
    if (stack.size() < takes) {
      return false;
    }
    int top = takes > 0 ? stack.pop() : 0;
    int below = takes > 1 ? stack.pop() : 0;
    List<Integer> results =
        switch (instruction) {
          case '+' -> List.of(below + top);
          case '-' -> List.of(below - top);
          case '*' -> List.of(below * top);
          case 'd' -> List.of(top, top);
          case 's' -> List.of(top, below);
          case 'p' -> List.of();
          default -> List.of(instruction - '0');
        };
    results.forEach(stack::push);
    boolean known = takes > 0 || (instruction >= '0' && instruction <= '9');
    return known && results.stream().allMatch(number -> Math.abs(number) <= LARGEST);
  }

  /** For every bracket the place of its partner; empty if they do not match. */
  private List<Integer> partners() {
    List<Integer> partners = new ArrayList<>();
    Deque<Integer> open = new ArrayDeque<>();
    for (int i = 0; i < text.length(); i++) {
      partners.add(i);
      if (text.charAt(i) == '(') {
        open.push(i);
      } else if (text.charAt(i) == ')') {
        if (open.isEmpty()) {
          return List.of();
        }
        partners.set(i, open.peek());
        partners.set(open.pop(), i);
      }
    }
    return open.isEmpty() ? partners : List.of();
  }
}
