package org.grpo4j.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MixedTaskTest {

  /**
   * Problems keep answer, demonstrations and verifier of their task, and get its name as a label.
   */
  @Test
  void aMixtureAsksEachTaskWhatIsItsOwn() {
    MixedTask mixed =
        new MixedTask(
            List.of(
                new MixedTask.Part("sums", new BilingualAdd(), 2),
                new MixedTask.Part("chains", new DigitChain(), 1),
                new MixedTask.Part("few", new FewSums(), 0.01)));
    assertEquals(new DigitChain().promptLength(), mixed.promptLength());
    assertEquals(new DigitChain().maxNewTokens(), mixed.maxNewTokens());
    assertEquals(new BilingualAdd().vocabulary(), mixed.vocabulary());
    assertEquals(
        1600, count(mixed.trainingProblems(), "chains"), "16 at weight 0.01 are the fewest");
    assertEquals(3200, count(mixed.trainingProblems(), "sums"));
    assertEquals(16, count(mixed.trainingProblems(), "few"));
    assertEquals(List.of("sums", "chains"), firstLabels(mixed.heldOutProblems().subList(0, 2)));
    Problem sum = new Problem("47+85=", "132");
    Problem padded =
        mixed.trainingProblems().stream()
            .filter(problem -> problem.labels().contains("sums/carries-2"))
            .findFirst()
            .orElseThrow();
    String answer = padded.answer();
    assertEquals(List.of("sums", "sums/carries-2"), padded.labels());
    assertTrue(mixed.isCorrect(padded, "[abc]" + answer));
    assertFalse(mixed.isCorrect(padded, answer + answer));
    assertEquals(answer, mixed.answerOf(padded, "[abc]" + answer));
    assertEquals(1, mixed.stepsCorrect(padded, "[0]").size());
    assertEquals("0123456789", mixed.readableSymbols(padded));
    assertThrows(
        IllegalArgumentException.class, () -> mixed.twinKey(sum), "not one of the mixture");
  }

  /** The chains have no twins, so the sums come to theirs when half of the chains are asked. */
  @Test
  void theTwinsOfAllTasksAreAskedLast() {
    MixedTask mixed =
        new MixedTask(List.of(part("sums", new BilingualAdd()), part("chains", new DigitChain())));
    List<String> keys = mixed.heldOutProblems().stream().map(mixed::twinKey).toList();
    Set<String> different = new HashSet<>(keys);
    assertEquals(different, new HashSet<>(keys.subList(0, different.size())));
  }

  @Test
  void mixturesThatCannotBeAreRefused() {
    assertRefused("parts: must be at least one, got none");
    assertRefused(
        "parts: each needs a name of its own, got two one",
        part("one", new ThinkAdd()),
        part("one", new ThinkSubtract()));
    assertRefused(
        "parts: a policy could not tell apart 2+3= of two tasks: other",
        part("one", new FewSums()),
        part("other", new FewSums()));
    assertRefused(
        "parts: the vocabularies must begin with the same padding and end, got #$01+=",
        part("one", new FewSums()),
        part("other", new OtherPadding()));
  }

  private static void assertRefused(String message, MixedTask.Part... parts) {
    assertRefused(message, () -> new MixedTask(List.of(parts)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "a/b; 1; name: must be small letters, digits and hyphens, got a/b",
        "sums; 0; weight: must be positive, got 0.0",
        "sums; Infinity; weight: must be finite, got Infinity",
      })
  void aPartThatCannotBeIsRefused(String name, double weight, String message) {
    assertRefused(message, () -> new MixedTask.Part(name, new FewSums(), weight));
  }

  private static void assertRefused(String message, Executable made) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, made).getMessage());
  }

  private static MixedTask.Part part(String name, TaskSource task) {
    return new MixedTask.Part(name, task, 1);
  }

  /** One problem in symbols that no other task has. */
  private static final class OtherPadding extends ListedTask {

    OtherPadding() {
      super(new Vocabulary("#$01+="), List.of(new Problem("0+1=", "1")), Problem::prompt, 0, 2);
    }

    @Override
    public String demonstration(Problem problem, SplittableRandom random) {
      return problem.answer();
    }
  }

  private static List<String> firstLabels(List<Problem> problems) {
    return problems.stream().map(problem -> problem.labels().get(0)).toList();
  }

  private static long count(List<Problem> problems, String label) {
    return problems.stream().filter(problem -> problem.labels().contains(label)).count();
  }
}
