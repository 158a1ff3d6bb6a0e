package org.grpo4j.course.answers;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.grpo4j.course.judge.Finding;
import org.grpo4j.course.judge.Question;
import org.grpo4j.experiment.ExperimentFiles;
import org.grpo4j.experiment.config.ConfigException;
import org.grpo4j.experiment.recorded.ExperimentDefinition;
import org.grpo4j.experiment.recorded.RecordedResult;
import org.grpo4j.experiment.recorded.SeedTable;
import org.grpo4j.experiment.statistics.Bootstrap;
import org.grpo4j.experiment.statistics.ConfidenceInterval;
import org.grpo4j.experiment.statistics.PairedComparison;
import org.grpo4j.experiment.sweep.JavaCommand;
import org.grpo4j.math.DoubleVector;

/**
 * The lab about an experiment of the student's own: a question with two variants ({@code
 * question.yaml}), its recorded numbers ({@code question.json}), and what follows from them ({@code
 * conclusion.yaml}). Whatever the conclusion claims is computed again from the numbers, and one
 * run, which the seed of the year draws, is made again.
 */
public final class ExperimentLab {

  private static final int LAB = 9;
  private static final int LEAST_SEEDS = 5;
  private static final int LEAST_WORDS = 12;

  /** Two figures of an interval must agree; the two kinds of interval differ by more. */
  private static final double TOLERANCE = 0.02;

  private final Path directory;
  private final AnswerSheet sheet;
  private final Conclusion conclusion;
  private final ExperimentDefinition definition;
  private final RecordedResult record;

  private ExperimentLab(Path directory) throws IOException {
    this.directory = directory;
    this.sheet = AnswerSheet.read(directory.resolve("conclusion.yaml"));
    this.conclusion = Conclusion.of(sheet);
    this.definition = ExperimentDefinition.read(directory.resolve("question.yaml"));
    this.record = RecordedResult.read(directory.resolve(definition.name() + ".json"));
  }

  private static List<Question> questions() {
    return List.of(
        question("two variants, one question", 2),
        question("paired seeds", 2),
        question("difference and interval", 2),
        question("a conclusion that holds", 2),
        question("one run made again", 2));
  }

  private static Question question(String title, int points) {
    return new Question(LAB, title, points, 0);
  }

  /**
   * The judgement of what is in {@code directory}.
   *
   * @param seed of the year: draws the run that is made again
   * @param command starts this program
   * @throws IllegalArgumentException if a file is missing or cannot be read; says which and why
   */
  public static List<Finding> judge(
      Path directory, long seed, ExperimentFiles files, JavaCommand command) {
    ExperimentLab lab = of(directory);
    List<Finding> findings = new ArrayList<>(lab.judgeOnPaper());
    findings.add(finding(findings.size(), lab.runAgain(seed, files, command)));
    return findings;
  }

  /** The hand-in in {@code directory}. */
  static ExperimentLab of(Path directory) {
    try {
      return new ExperimentLab(directory);
    } catch (IOException | ConfigException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  /** The judgement of all but the run that is made again. */
  List<Finding> judgeOnPaper() {
    List<Optional<String>> faults =
        List.of(differsInWhatItSays(), hasPairedSeeds(), intervalIsRight(), conclusionFollows());
    List<Finding> findings = new ArrayList<>();
    for (Optional<String> fault : faults) {
      findings.add(finding(findings.size(), fault));
    }
    return findings;
  }

  private static Finding finding(int question, Optional<String> fault) {
    return Finding.of(questions().get(question), fault);
  }

  private Optional<String> differsInWhatItSays() {
    if (definition.variants().size() != 2 || record.settings().size() != 2) {
      return Optional.of("needs two variants, has " + record.settings().size());
    }
    if (!definition.question().strip().endsWith("?")) {
      return Optional.of("question: must be a question, got \"" + definition.question() + "\"");
    }
    Map<String, String> first = record.settings().get(variant(0));
    Map<String, String> second = record.settings().get(variant(1));
    if (first == null || second == null) {
      return Optional.of("the record's variants are not those of question.yaml; record again");
    }
    TreeSet<String> different = new TreeSet<>();
    first.forEach((key, value) -> addIfOther(different, key, value, second));
    second.forEach((key, value) -> addIfOther(different, key, value, first));
    return different.equals(conclusion.changed())
        ? Optional.empty()
        : Optional.of(
            "changed: says " + conclusion.changed() + ", the recorded runs differ in " + different);
  }

  private static void addIfOther(
      TreeSet<String> different, String key, String value, Map<String, String> other) {
    if (!value.equals(other.get(key))) {
      different.add(key);
    }
  }

  private String variant(int index) {
    return definition.variants().get(index).name();
  }

  private Map<Long, Double> numbers(int index) {
    SeedTable table = record.table();
    return new TreeMap<>(
        record.values().containsKey(conclusion.measure())
            ? table.numbers(conclusion.measure(), variant(index))
            : Map.of());
  }

  private Optional<String> hasPairedSeeds() {
    if (!record.values().containsKey(conclusion.measure())) {
      return Optional.of(
          "measure: " + conclusion.measure() + " is none of " + record.values().keySet());
    }
    if (!numbers(0).keySet().equals(numbers(1).keySet())) {
      return Optional.of(
          "the variants must have the same seeds, have "
              + numbers(0).keySet()
              + " and "
              + numbers(1).keySet());
    }
    return numbers(0).size() >= LEAST_SEEDS
        ? Optional.empty()
        : Optional.of("needs at least " + LEAST_SEEDS + " seeds, has " + numbers(0).size());
  }

  private Optional<String> intervalIsRight() {
    Optional<String> unpaired = hasPairedSeeds();
    if (unpaired.isPresent()) {
      return unpaired;
    }
    PairedComparison paired = paired();
    double width = paired.summary().bootstrap().map(it -> it.high() - it.low()).orElse(0.0);
    double scale = Math.max(Math.abs(paired.mean()), width);
    double tolerance = TOLERANCE * scale;
    if (!(Math.abs(conclusion.difference() - paired.mean()) <= tolerance)) {
      boolean reversed = Math.abs(conclusion.difference() + paired.mean()) <= tolerance;
      return Optional.of(
          "difference: %s is not the mean over seeds of %s minus %s%s"
              .formatted(
                  sheet.text("difference"),
                  variant(1),
                  variant(0),
                  reversed ? ": it is the other way round" : ""));
    }
    boolean isOne =
        Stream.concat(paired.studentT().stream(), paired.summary().bootstrap().stream())
            .anyMatch(interval -> isInterval(interval, tolerance));
    return isOne
        ? Optional.empty()
        : Optional.of(
            "low, high: neither Student's t nor the bootstrap interval of the paired differences at"
                + " 95 %; an interval of each variant by itself is wider and answers another"
                + " question");
  }

  private PairedComparison paired() {
    return PairedComparison.of(values(0), values(1), false, Bootstrap.STANDARD);
  }

  private DoubleVector values(int index) {
    return DoubleVector.of(numbers(index).values().stream().mapToDouble(x -> x).toArray());
  }

  private boolean isInterval(ConfidenceInterval interval, double tolerance) {
    return Math.abs(conclusion.low() - interval.low()) <= tolerance
        && Math.abs(conclusion.high() - interval.high()) <= tolerance;
  }

  private Optional<String> conclusionFollows() {
    if (!(conclusion.low() <= conclusion.high())) {
      return Optional.of("low, high: must be numbers, low at most high");
    }
    boolean decided = conclusion.low() > 0 || conclusion.high() < 0;
    boolean saysSo = !conclusion.better().equals(Conclusion.UNDECIDED);
    if (decided != saysSo) {
      return Optional.of(
          saysSo
              ? "better: the interval contains 0, so these seeds do not tell: " + "undecided"
              : "better: the interval does not contain 0; name the better variant");
    }
    if (saysSo
        && !conclusion.better().equals(variant(0))
        && !conclusion.better().equals(variant(1))) {
      return Optional.of("better: must be " + variant(0) + ", " + variant(1) + " or undecided");
    }
    return conclusion.because().split("\\s+").length >= LEAST_WORDS
        ? Optional.empty()
        : Optional.of("because: say it in a sentence or two: what was measured, and what not");
  }

  private Optional<String> runAgain(long seed, ExperimentFiles files, JavaCommand command) {
    Optional<String> unpaired = hasPairedSeeds();
    if (unpaired.isPresent()) {
      return unpaired;
    }
    SplittableRandom random = AnswerSheet.drawsOf(definition.name(), LAB, seed);
    int index = random.nextInt(2);
    List<Long> seeds = List.copyOf(numbers(index).keySet());
    long drawn = seeds.get(random.nextInt(seeds.size()));
    double recorded = numbers(index).getOrDefault(drawn, Double.NaN);
    RepeatedRun run = new RepeatedRun(directory, definition, index, drawn);
    return run.differs(conclusion.measure(), recorded, files, command)
        .map(difference -> variant(index) + ", seed " + drawn + ": " + difference);
  }
}
