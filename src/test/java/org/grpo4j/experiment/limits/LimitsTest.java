package org.grpo4j.experiment.limits;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.grpo4j.experiment.ExperimentConfig;
import org.grpo4j.experiment.ExperimentFiles;
import org.grpo4j.experiment.recorded.ExperimentDefinition;
import org.grpo4j.experiment.run.FlopEstimate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is refused, with which sum, and that nothing sensible is. */
class LimitsTest {

  private static final double MEBI = 1 << 20;

  /** The launcher's: a heap of 512 MB, of which Java keeps some, and as much beside it. */
  private static final Memory LAUNCHER = new Memory(494 * MEBI, 512 * MEBI, 2048 * MEBI);

  private static final Path EXPERIMENTS = Path.of("experiments");

  @Test
  void everyExperimentThatIsHereFits() throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.walk(EXPERIMENTS)) {
      files =
          all.filter(file -> file.toString().endsWith(".yaml"))
              .filter(file -> !file.toString().contains("presets"))
              .toList();
    }
    int fitting = 0;
    for (Path file : files) {
      if (file.toString().matches(".*/(gallery|recorded)/.*|.*/r1.yaml")) {
        ExperimentDefinition wanted = ExperimentDefinition.read(file);
        for (ExperimentDefinition.Variant one : wanted.variants()) {
          assertFits(read(wanted.baseFile(file, one), wanted.settings(one)), file + one.name());
          fitting++;
        }
      } else {
        assertFits(read(file, List.of()), file.toString());
        fitting++;
      }
    }
    assertTrue(fitting > 50, "only " + fitting);
  }

  private static void assertFits(ExperimentConfig config, String name) {
    Limits limits = Limits.ofTraining(config);
    assertEquals(Optional.empty(), limits.refusal(LAUNCHER, 24), name);
    assertTrue(limits.heap() < LAUNCHER.heap() * 0.8, name + " is near the limit");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "train.prompts=16000             | train.prompts, train.group_size",
        "train.prompts=65536             | train.prompts, train.group_size",
        "train.group_size=4096, train.prompts=4 | train.prompts, train.group_size",
        "model.width=1024, model.layers=8  | model.width, model.layers",
        "model.width=1024, model.layers=24 | model.width, model.layers",
        "cold_start.batch_size=65536     | cold_start.batch_size",
        "train.inner_epochs=1000         | train.inner_epochs",
      })
  void whatDoesNotFitIsRefusedWithTheSum(String settings, String smaller) {
    ExperimentConfig config = think(settings.split(", "));
    String refusal =
        assertTimeout(
            Duration.ofSeconds(1),
            () -> Limits.ofTraining(config).refusal(LAUNCHER, 24).orElseThrow());
    assertTrue(refusal.startsWith("this needs about "), refusal);
    assertTrue(refusal.contains(smaller), refusal);
    assertTrue(refusal.contains("GRPO4J_JAVA_OPTS=\"-Xmx"), refusal);
  }

  /** The weights of earlier updates are eight bytes a parameter each. */
  @Test
  void olderWeightsCount() {
    double none = Limits.ofTraining(think()).heap();
    double behind = Limits.ofTraining(think("sampler={kind: other, updates_behind: 1000}")).heap();
    assertTrue(behind - none > 1000 * 31_222 * 8.0, (behind - none) + " bytes");
    assertTrue(behind - none < 1000 * 31_222 * 8.5, (behind - none) + " bytes");
  }

  /** The heap is not all: the parameters of readable layers are beside it. */
  @Test
  void memoryBesideTheHeapCountsToo() {
    Limits limits =
        Limits.ofTraining(
            think(
                "model={width: 512, layers: 8, heads: 4, feed_forward: 2048,"
                    + " precision: reference-float}"));
    Memory heapOnly = new Memory(1e12, 64 * MEBI, 1e12);
    String refusal = limits.refusal(heapOnly, 24).orElseThrow();
    assertTrue(refusal.contains("-Dorg.bytedeco.javacpp.maxbytes="), refusal);
    Memory little = new Memory(8e9, 8e9, 2048 * MEBI);
    String both = limits.refusal(little, 24).orElseThrow();
    assertTrue(both.contains("-Dorg.bytedeco.javacpp.maxphysicalbytes="), both);
    assertEquals(Optional.empty(), limits.refusal(new Memory(1e12, 1e12, 1e12), 24));
    Limits usual = Limits.ofTraining(think());
    assertEquals(Optional.empty(), usual.refusal(little, 24));
  }

  /** Ten million examples are drawn when they are needed. */
  @Test
  void whatNeedsLittleIsNotRefused() {
    Limits corpus = Limits.ofTraining(think("cold_start.corpus_size=10000000"));
    assertEquals(Optional.empty(), corpus.refusal(LAUNCHER, 24));
    assertEquals(Optional.empty(), corpus.note());
  }

  @Test
  void whatTakesLongerThanADayIsRefusedUnlessItIsAllowed() {
    Limits limits = Limits.ofTraining(think("train.updates=1000000", "model.width=256"));
    String refusal = limits.refusal(LAUNCHER, 24).orElseThrow();
    assertTrue(refusal.startsWith("this takes about "), refusal);
    assertTrue(refusal.contains("--hours "), refusal);
    assertEquals(Optional.empty(), limits.refusal(LAUNCHER, 100_000));
    assertTrue(limits.note().orElseThrow().startsWith("this will take about "));
    Limits evaluation =
        Limits.ofTraining(
            think("evaluation.final_samples=4096", "evaluation.final_problems=1000000"));
    assertEquals(Optional.empty(), evaluation.refusal(LAUNCHER, 24));
  }

  /** A token costs the matrices of its own experts; memory has room for all. */
  @Test
  void expertsCostWhatIsActiveAndNeedRoomForAll() {
    ExperimentConfig experts = think("model.experts=routed");
    ExperimentConfig twin = think("model.feed_forward=144");
    long router = 8 * 48;
    long active = FlopEstimate.of(experts, experts.task().make()).matrixWeights();
    assertEquals(FlopEstimate.of(twin, twin.task().make()).matrixWeights() + router, active);
    assertEquals(6 * 48 * (2 * 48 + 1), experts.model().idleParameters());
    double more = parameters(Limits.ofTraining(experts)) - parameters(Limits.ofTraining(twin));
    assertEquals(6 * 48 * (2 * 48 + 1) + router, more);
  }

  private static double parameters(Limits limits) {
    String text = limits.needs().get(1).what().replace(",", "");
    return Double.parseDouble(text.substring(0, text.indexOf(' ')));
  }

  @Test
  void optionsOfTheVirtualMachineAreRead() {
    assertEquals(512 * MEBI, Memory.bytes("512M"));
    assertEquals(2048 * MEBI, Memory.bytes(" 2g"));
    assertEquals(64, Memory.bytes("64"));
    assertEquals(Double.POSITIVE_INFINITY, Memory.bytes(""));
    assertEquals(Double.POSITIVE_INFINITY, Memory.bytes("0"));
  }

  static ExperimentConfig think(String... settings) {
    return read(EXPERIMENTS.resolve("think-add.yaml"), List.of(settings));
  }

  private static ExperimentConfig read(Path file, List<String> settings) {
    return new ExperimentFiles(List.of(EXPERIMENTS)).read(file, settings);
  }
}
