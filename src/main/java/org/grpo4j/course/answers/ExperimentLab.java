package org.grpo4j.course.answers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.grpo4j.course.judge.Finding;
import org.grpo4j.course.judge.Question;
import org.grpo4j.course.source.RealSource;
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

  /** The better variant where the interval contains 0. */
  private static final String UNDECIDED = "undecided";

  private final Path directory;
  private final AnswerSheet sheet;
  private final String measure;
  private final double difference;
  private final double low;
  private final double high;
  private final ExperimentDefinition definition;
  private final RecordedResult record;

  private ExperimentLab(Path directory) throws IOException {
    this.directory = directory;
    this.sheet = AnswerSheet.read(directory.resolve("conclusion.yaml"));
    this.measure = sheet.text("measure");
    this.difference = sheet.number("difference").orElse(Double.NaN);
    this.low = sheet.number("low").orElse(Double.NaN);
    this.high = sheet.number("high").orElse(Double.NaN);
    this.definition = ExperimentDefinition.read(directory.resolve("question.yaml"));
    this.record = RecordedResult.read(directory.resolve(definition.name() + ".json"));
  }

  /** Writes the files of an experiment, to be changed. */
  public static void write(Path project) throws IOException {
    for (String name : List.of("question.yaml", "base.yaml", "conclusion.yaml")) {
      Files.writeString(project.resolve(name), RealSource.resource("lab9/" + name));
    }
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
    findings.add(finding("one run made again", lab.runAgain(seed, files, command)));
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
    return List.of(
        finding("two variants, one question", differsInWhatItSays()),
        finding("paired seeds", hasPairedSeeds()),
        finding("difference and interval", intervalIsRight()),
        finding("a conclusion that holds", conclusionFollows()));
  }

  private static Finding finding(String title, Optional<String> fault) {
    return Finding.of(new Question(LAB, title, 2, 0), fault);
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
    Set<String> different = new TreeSet<>(first.keySet());
    different.addAll(second.keySet());
    different.removeIf(key -> Objects.equals(first.get(key), second.get(key)));
    String list = sheet.text("changed").replaceAll("[\\[\\]\\s]", "");
    Set<String> changed = new TreeSet<>(List.of(list.split(",")));
    return different.equals(changed)
        ? Optional.empty()
        : Optional.of("changed: says " + changed + ", the recorded runs differ in " + different);
  }

  private String variant(int index) {
    return definition.variants().get(index).name();
  }

  private Map<Long, Double> numbers(int index) {
    SeedTable table = record.table();
    return new TreeMap<>(
        record.values().containsKey(measure) ? table.numbers(measure, variant(index)) : Map.of());
  }

  private Optional<String> hasPairedSeeds() {
    if (!record.values().containsKey(measure)) {
      return Optional.of("measure: " + measure + " is none of " + record.values().keySet());
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
    if (!(Math.abs(difference - paired.mean()) <= tolerance)) {
      boolean reversed = Math.abs(difference + paired.mean()) <= tolerance;
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
    return Math.abs(low - interval.low()) <= tolerance
        && Math.abs(high - interval.high()) <= tolerance;
  }

  private Optional<String> conclusionFollows() {
    if (!(low <= high)) {
      return Optional.of("low, high: must be numbers, low at most high");
    }
    boolean decided = low > 0 || high < 0;
    String better = sheet.text("better");
    boolean saysSo = !better.equals(UNDECIDED);
    if (decided != saysSo) {
      return Optional.of(
          saysSo
              ? "better: the interval contains 0, so these seeds do not tell: " + UNDECIDED
              : "better: the interval does not contain 0; name the better variant");
    }
    if (saysSo && !better.equals(variant(0)) && !better.equals(variant(1))) {
      return Optional.of("better: must be " + variant(0) + ", " + variant(1) + " or undecided");
    }
    return sheet.text("because").split("\\s+").length >= LEAST_WORDS
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
    return run.differs(measure, recorded, files, command)
        .map(difference -> variant(index) + ", seed " + drawn + ": " + difference);
  }
}
