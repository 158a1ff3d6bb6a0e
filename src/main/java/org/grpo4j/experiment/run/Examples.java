package org.grpo4j.experiment.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.RandomAccess;
import java.util.SplittableRandom;
import java.util.function.BiPredicate;
import org.grpo4j.experiment.ExampleSource;
import org.grpo4j.experiment.ExperimentConfig;
import org.grpo4j.experiment.config.ConfigException;
import org.grpo4j.experiment.config.Origin;
import org.grpo4j.experiment.files.Json;
import org.grpo4j.math.DoubleVector;
import org.grpo4j.math.RandomStreams;
import org.grpo4j.math.RandomStreams.Purpose;
import org.grpo4j.policy.Policy;
import org.grpo4j.reward.RewardFunction;
import org.grpo4j.rollout.Completion;
import org.grpo4j.rollout.FinishReason;
import org.grpo4j.rollout.Group;
import org.grpo4j.task.ColdStartCorpus;
import org.grpo4j.task.Demonstration;
import org.grpo4j.task.Problem;
import org.grpo4j.task.TaskSource;
import org.grpo4j.task.TokenSequence;
import org.grpo4j.train.sampling.RolloutSampler;
import org.grpo4j.train.sampling.SamplingSettings;

/**
 * The examples that the cold start of a configuration imitates, where they are not simply the
 * task's: rejection sampling from other runs' policies, demonstrations that pass a test, or a
 * mixture. The same come out whenever they are made.
 */
final class Examples {

  /** The keys of a source in the file of examples. */
  static final String SAMPLED_TOKENS = "sampled_tokens";

  static final String DRAWN = "drawn";
  static final String MEAN_TOKENS = "mean_tokens";

  /** Chunks of the sampler that are held at a time. */
  private static final int CHUNKS = 64;

  private final RunSetup setup;
  private final ExperimentConfig config;
  private final TaskSource task;

  /**
   * One source's part.
   *
   * @param weight of the source
   * @param kept the examples
   * @param header what the file of examples says about it
   */
  record Part(double weight, List<Demonstration> kept, ObjectNode header) {

    boolean isSampled() {
      return header.path(SAMPLED_TOKENS).asLong() > 0;
    }
  }

  Examples(RunSetup setup) {
    this.setup = setup;
    this.config = setup.config();
    this.task = setup.task();
  }

  /**
   * The examples, and the file that shows them.
   *
   * @param corpus the examples
   * @param file the text of the file of examples; empty if they are simply the task's
   */
  record Made(ColdStartCorpus corpus, Optional<String> file) {}

  Made make() {
    if (config.examples().isEmpty()) {
      return new Made(demonstrations(), Optional.empty());
    }
    List<Part> parts = new ArrayList<>();
    for (ExampleSource source : config.examples()) {
      Part part =
          source instanceof ExampleSource.Sampled sampled
              ? sampled(parts.size(), sampled)
              : demonstrated((ExampleSource.Demonstrated) source);
      if (part.kept().isEmpty()) {
        String name = part.header().path("source").asText();
        throw new ConfigException(
            new Origin("experiment " + config.name(), 0),
            "examples",
            "none of " + name + " meets its conditions",
            "Ask for more samples, or lower the conditions.");
      }
      parts.add(part);
    }
    List<Demonstration> examples =
        parts.size() == 1
            ? parts.get(0).kept()
            : new Mixture(parts, config.coldStart().corpusSize(), setup.streams());
    return new Made(new ColdStartCorpus(task.vocabulary(), examples), Optional.of(text(parts)));
  }

  private ColdStartCorpus demonstrations() {
    return ColdStartCorpus.draw(task, config.coldStart().corpusSize(), setup.streams());
  }

  private Part demonstrated(ExampleSource.Demonstrated source) {
    List<Demonstration> kept = new ArrayList<>();
    List<Demonstration> drawn = demonstrations().demonstrations();
    BiPredicate<Problem, Completion> test = test(source);
    for (Demonstration one : drawn) {
      if (isAsked(source, one.problem())
          && test.test(one.problem(), completion(one.completion()))) {
        kept.add(one);
      }
    }
    return new Part(source.weight(), kept, header("task", drawn.size(), kept, 0));
  }

  /** A demonstration as if it had been sampled; it ends by itself. */
  private Completion completion(String text) {
    TokenSequence tokens = task.vocabulary().encodeCompletion(text);
    return new Completion(
        tokens, text, DoubleVector.constant(tokens.length(), 0), FinishReason.END_TOKEN);
  }

  private Part sampled(int number, ExampleSource.Sampled source) {
    SamplingSettings settings =
        new SamplingSettings(source.samples(), task.maxNewTokens(), source.temperature());
    RolloutSampler sampler =
        new RolloutSampler(
            task.vocabulary(), settings, setup.streams(), Purpose.EXAMPLES, setup.workers());
    List<Problem> problems = problems(number, source);
    BiPredicate<Problem, Completion> test = test(source);
    List<Demonstration> kept = new ArrayList<>();
    long tokens = 0;
    int step = sampler.groupsPerChunk() * CHUNKS; // all completions at once may be too many
    try (Policy policy = setup.inputs().policy(source.run(), setup)) {
      for (int from = 0; from < problems.size(); from += step) {
        List<Problem> some = problems.subList(from, Math.min(from + step, problems.size()));
        for (Group group : sampler.sample(policy, some, number, from).groups()) {
          tokens += group.completions().stream().mapToInt(Completion::length).sum();
          group.completions().stream()
              .filter(one -> test.test(group.problem(), one))
              .findFirst()
              .ifPresent(one -> kept.add(new Demonstration(group.problem(), one.text())));
        }
      }
    }
    long drawn = problems.size() * (long) source.samples();
    return new Part(source.weight(), kept, header(source.run().stage(), drawn, kept, tokens));
  }

  /** Training problems in an order drawn from the seed, each once. */
  private List<Problem> problems(int number, ExampleSource.Sampled source) {
    List<Problem> all = new ArrayList<>(task.trainingProblems());
    all.removeIf(problem -> !isAsked(source, problem));
    SplittableRandom random = setup.streams().stream(Purpose.EXAMPLES, -1, number);
    int most = Math.min(source.problems(), all.size());
    for (int i = 0; i < most; i++) {
      Collections.swap(all, i, i + random.nextInt(all.size() - i));
    }
    return all.subList(0, most);
  }

  private static boolean isAsked(ExampleSource source, Problem problem) {
    return source.only().isEmpty() || problem.labels().contains(source.only());
  }

  /** Whether a completion may be an example: it has an end to imitate, and meets the conditions. */
  private BiPredicate<Problem, Completion> test(ExampleSource source) {
    List<RewardFunction> rules =
        source.keep().stream().map(condition -> condition.rule().make(task)).toList();
    return (problem, completion) -> {
      boolean passes = !completion.truncated();
      for (int i = 0; passes && i < rules.size(); i++) {
        double score = rules.get(i).score(problem, completion).total();
        passes = score >= source.keep().get(i).atLeast();
      }
      return passes;
    };
  }

  private ObjectNode header(String source, long drawn, List<Demonstration> kept, long tokens) {
    double written =
        kept.stream()
            .mapToInt(one -> task.vocabulary().encodeCompletion(one.completion()).length())
            .sum();
    return Json.object()
        .put("source", source)
        .put(DRAWN, drawn)
        .put("kept", kept.size())
        .put(MEAN_TOKENS, written / kept.size())
        .put(SAMPLED_TOKENS, tokens);
  }

  /** A line for each source, and below it those that were sampled; the task has its own. */
  private static String text(List<Part> parts) {
    StringBuilder text = new StringBuilder();
    for (Part part : parts) {
      text.append(Json.line(part.header())).append('\n');
      for (Demonstration one : part.isSampled() ? part.kept() : List.<Demonstration>of()) {
        ObjectNode line = Json.object().put("prompt", one.problem().prompt());
        text.append(Json.line(line.put("completion", one.completion()))).append('\n');
      }
    }
    return text.toString();
  }

  /** Examples of several sources, each drawn when it is asked for, and to the same every time. */
  private static final class Mixture extends AbstractList<Demonstration> implements RandomAccess {

    private final List<Part> parts;
    private final int size;
    private final RandomStreams streams;

    Mixture(List<Part> parts, int size, RandomStreams streams) {
      this.parts = parts;
      this.size = size;
      this.streams = streams;
    }

    @Override
    public Demonstration get(int index) {
      Objects.checkIndex(index, size);
      SplittableRandom random = streams.stream(Purpose.EXAMPLES, -2, index);
      double rest = random.nextDouble() * parts.stream().mapToDouble(Part::weight).sum();
      Part chosen = parts.get(0);
      for (Part part : parts) {
        chosen = part;
        rest -= part.weight();
        if (rest < 0) {
          break;
        }
      }
      return chosen.kept().get(random.nextInt(chosen.kept().size()));
    }

    @Override
    public int size() {
      return size;
    }
  }
}
