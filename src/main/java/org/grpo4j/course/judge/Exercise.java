package org.grpo4j.course.judge;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import org.grpo4j.course.catalogue.Mistake;
import org.grpo4j.course.catalogue.Pieces;
import org.grpo4j.course.judge.Finding.Fault;
import org.grpo4j.math.TokenTable;

/**
 * A question with everything that is needed to judge answers to it.
 *
 * @param ask calls the pieces; any answer is a table of numbers
 * @param cases what it is asked with
 * @param properties tried in this order where an answer is wrong
 */
record Exercise<I extends Record & Inputs>(
    Question question,
    BiFunction<Pieces, I, TokenTable> ask,
    Cases<I> cases,
    List<Property<I>> properties) {

  /** So many wrong answers are searched for a broken property. */
  private static final int SEARCHED = 8;

  /** A case, the submission's answer and the library's. */
  private record Answer<I extends Record & Inputs>(I in, TokenTable yours, TokenTable right) {

    boolean isWrong() {
      return !Rows.same(yours, right, in.rounding());
    }
  }

  Finding judge(Pieces submission, long seed) {
    List<Answer<I>> answers = new ArrayList<>();
    for (I in : cases.all(seed, question)) {
      TokenTable right = ask.apply(Pieces.LIBRARY, in);
      try {
        answers.add(new Answer<>(in, ask.apply(submission, in), right));
      } catch (RuntimeException | StackOverflowError e) {
        return failed(thrown(e), in, "no answer", Rows.text(right, false), List.of());
      }
    }
    List<Answer<I>> wrong = answers.stream().filter(Answer::isWrong).toList();
    if (wrong.isEmpty()) {
      return new Finding(question, Optional.empty());
    }
    Answer<I> shown = wrong.get(0);
    String sentence = "differs from Eq. " + question.equation();
    for (Answer<I> answer : wrong.subList(0, Math.min(SEARCHED, wrong.size()))) {
      Optional<String> broken = broken(submission, answer);
      if (broken.isPresent()) {
        shown = answer;
        sentence = broken.get();
        break;
      }
    }
    boolean full = Rows.text(shown.yours(), false).equals(Rows.text(shown.right(), false));
    String yours = Rows.text(shown.yours(), full);
    List<Mistake> mistakes = Mistake.all().stream().filter(one -> answersSo(one, answers)).toList();
    return failed(sentence, shown.in(), yours, Rows.text(shown.right(), full), mistakes);
  }

  private Finding failed(String sentence, I in, String yours, String right, List<Mistake> looks) {
    Fault fault = new Fault(sentence, Rows.text(in), yours, right, looks);
    return new Finding(question, Optional.of(fault));
  }

  /** The sentence of a submission that failed; failures of the course speak for themselves. */
  private static String thrown(Throwable e) {
    String message = e.getMessage() == null ? "" : ": " + e.getMessage();
    if (e instanceof UnsupportedOperationException) {
      return "not written yet" + message;
    }
    boolean ours = e.getClass().getName().startsWith("org.grpo4j.course.");
    return ours ? String.valueOf(e.getMessage()) : e.getClass().getSimpleName() + message;
  }

  private Optional<String> broken(Pieces submission, Answer<I> answer) {
    TokenTable yours = answer.yours();
    if (!yours.sameShape(answer.right())) {
      return Optional.of("there must be as many numbers as in the right answer");
    }
    if (Rows.text(yours, true).contains("NaN")) {
      return Optional.of("every answer must be a number");
    }
    return properties.stream()
        .flatMap(property -> property.broken(submission, answer.in(), yours).stream())
        .findFirst();
  }

  /** Whether a mistake has these answers in all cases, and the library does not. */
  private boolean answersSo(Mistake mistake, List<Answer<I>> answers) {
    boolean differs = false;
    for (Answer<I> answer : answers) {
      TokenTable its = ask.apply(mistake, answer.in());
      if (!Rows.same(answer.yours(), its, answer.in().rounding())) {
        return false;
      }
      differs |= !Rows.same(its, answer.right(), answer.in().rounding());
    }
    return differs;
  }
}
