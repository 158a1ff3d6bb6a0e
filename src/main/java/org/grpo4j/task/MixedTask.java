package org.grpo4j.task;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.grpo4j.declare.Kind;
import org.grpo4j.declare.Setting;
import org.grpo4j.math.Require;

/**
 * {@code mixed}: problems of several tasks. The vocabulary is that of all of them together, and
 * shorter prompts are filled up with {@code _} on the left, so that every completion begins at the
 * same place. Each problem is labelled with the name of its task, and its own labels come behind
 * that: {@code sums}, {@code sums/carries-2}.
 *
 * <p>Training uses as many problems of each task as the weights allow without one coming twice:
 * with equal weights, as many as the task with the fewest has. Evaluations ask all tasks in turn.
 *
 * @param parts the tasks, at least one
 * @param vocabulary the symbols of the first, then what each of the others adds
 * @param promptLength of the longest prompt
 * @param maxNewTokens of the longest completion
 * @param trainingProblems those of the first task, then those of the next
 * @param heldOutProblems one of each task in turn
 * @param origins where the problem of each prompt is from
 */
@Kind(value = "mixed", description = "Problems of several tasks, each with a name of its own.")
public record MixedTask(
    @Setting(
            value = "The tasks.",
            byDefault =
                "[{name: sums, task: bilingual-add}, {name: differences, task: think-subtract}]")
        List<Part> parts,
    Vocabulary vocabulary,
    int promptLength,
    int maxNewTokens,
    List<Problem> trainingProblems,
    List<Problem> heldOutProblems,
    Map<String, Origin> origins)
    implements TaskSource {

  /**
   * One of the tasks.
   *
   * @param name what its problems are called in metrics
   * @param task the task
   * @param weight its share of the training problems, relative to the others
   */
  public record Part(
      @Setting("What its problems are called in metrics, such as sums.") String name,
      @Setting("The task.") TaskSource task,
      @Setting(
              value = "Its share of the training problems, relative to the others.",
              byDefault = "1",
              range = "[0.01, 100]")
          double weight) {

    public Part {
      Require.that(name.matches("[a-z0-9-]+"), "name", "small letters, digits and hyphens", name);
      Require.positive("weight", weight);
    }

    private List<Origin> origins(List<Problem> problems) {
      return problems.stream().map(problem -> new Origin(this, problem)).toList();
    }
  }

  /**
   * The place that a problem is from.
   *
   * @param part the task
   * @param problem as it is there
   */
  public record Origin(Part part, Problem problem) {

    private Problem inMixture(int promptLength) {
      List<String> labels = new ArrayList<>(List.of(part.name()));
      problem.labels().forEach(label -> labels.add(part.name() + "/" + label));
      int missing = promptLength - problem.prompt().length();
      String fill = String.valueOf(part.task().vocabulary().symbol(Vocabulary.PAD)).repeat(missing);
      return new Problem(fill + problem.prompt(), problem.answer(), labels);
    }
  }

  /**
   * A mixture of these tasks.
   *
   * @throws IllegalArgumentException if two have the same name or share a prompt, which a policy
   *     could not tell apart
   */
  public MixedTask(List<Part> parts) {
    this(List.copyOf(parts), training(parts), heldOut(parts), longestPrompt(parts));
  }

  private MixedTask(
      List<Part> parts, List<Origin> training, List<Origin> heldOut, int promptLength) {
    this(
        parts,
        union(parts),
        promptLength,
        parts.stream().mapToInt(part -> part.task().maxNewTokens()).max().orElseThrow(),
        training.stream().map(origin -> origin.inMixture(promptLength)).toList(),
        TrainTestSplit.twinsLast(heldOut, origin -> twinKey(origin)).stream()
            .map(origin -> origin.inMixture(promptLength))
            .toList(),
        byPrompt(training, heldOut, promptLength));
  }

  private static int longestPrompt(List<Part> parts) {
    Require.that(!parts.isEmpty(), "parts: must be at least one, got none");
    Set<String> names = new LinkedHashSet<>();
    for (Part part : parts) {
      Require.that(
          names.add(part.name()), "parts: each needs a name of its own, got two " + part.name());
    }
    return parts.stream().mapToInt(part -> part.task().promptLength()).max().orElseThrow();
  }

  private static Vocabulary union(List<Part> parts) {
    String first = parts.get(0).task().vocabulary().symbols().substring(0, Vocabulary.END + 1);
    Set<Character> symbols = new LinkedHashSet<>();
    for (Part part : parts) {
      String own = part.task().vocabulary().symbols();
      Require.that(
          own.startsWith(first),
          "parts: the vocabularies must begin with the same padding and end, got " + own);
      own.chars().forEach(symbol -> symbols.add((char) symbol));
    }
    StringBuilder union = new StringBuilder();
    symbols.forEach(union::append);
    return new Vocabulary(union.toString());
  }

  private static List<Origin> training(List<Part> parts) {
    double most = Double.POSITIVE_INFINITY;
    for (Part part : parts) {
      most = Math.min(most, part.task().trainingProblems().size() / part.weight());
    }
    List<Origin> training = new ArrayList<>();
    for (Part part : parts) {
      int share = (int) Math.max(1, Math.floor(most * part.weight()));
      training.addAll(part.origins(part.task().trainingProblems().subList(0, share)));
    }
    return training;
  }

  private static List<Origin> heldOut(List<Part> parts) {
    List<Origin> heldOut = new ArrayList<>();
    boolean more = true;
    for (int i = 0; more; i++) {
      more = false;
      for (Part part : parts) {
        List<Problem> own = part.task().heldOutProblems();
        if (i < own.size()) {
          heldOut.add(new Origin(part, own.get(i)));
          more = true;
        }
      }
    }
    return heldOut;
  }

  private static Map<String, Origin> byPrompt(
      List<Origin> training, List<Origin> heldOut, int promptLength) {
    Map<String, Origin> origins = new LinkedHashMap<>();
    for (List<Origin> some : List.of(training, heldOut)) {
      for (Origin origin : some) {
        String prompt = origin.inMixture(promptLength).prompt();
        Origin other = origins.put(prompt, origin);
        Require.that(
            other == null,
            "parts: a policy could not tell apart "
                + prompt
                + " of two tasks: "
                + origin.part().name());
      }
    }
    return origins;
  }

  private Origin origin(Problem problem) {
    Origin origin = origins.get(problem.prompt());
    if (origin == null) {
      throw new IllegalArgumentException(
          "problem: must be one of the mixture, got " + problem.prompt());
    }
    return origin;
  }

  private static String twinKey(Origin origin) {
    return origin.part().name() + " " + origin.part().task().twinKey(origin.problem());
  }

  @Override
  public String twinKey(Problem problem) {
    return twinKey(origin(problem));
  }

  @Override
  public String demonstration(Problem problem, SplittableRandom random) {
    Origin origin = origin(problem);
    return origin.part().task().demonstration(origin.problem(), random);
  }

  @Override
  public String answerOf(Problem problem, String completion) {
    Origin origin = origin(problem);
    return origin.part().task().answerOf(origin.problem(), completion);
  }

  @Override
  public List<Boolean> stepsCorrect(Problem problem, String completion) {
    Origin origin = origin(problem);
    return origin.part().task().stepsCorrect(origin.problem(), completion);
  }

  @Override
  public String readableSymbols(Problem problem) {
    Origin origin = origin(problem);
    return origin.part().task().readableSymbols(origin.problem());
  }

  @Override
  public boolean isCorrect(Problem problem, String completion) {
    Origin origin = origin(problem);
    return origin.part().task().isCorrect(origin.problem(), completion);
  }
}
