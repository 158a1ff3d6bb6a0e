package org.grpo4j.report.comparison;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.grpo4j.experiment.recorded.BandResult;
import org.grpo4j.experiment.recorded.ExperimentDefinition;
import org.grpo4j.experiment.recorded.RecordedResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What is committed of the recorded experiments agrees with itself. Pages and index are written
 * anew with {@code -Ddocs.update=true}, and so is pass@k over k; other pictures need the runs, and
 * {@code --record} writes them.
 */
class RecordedPagesTest {

  private static final Path LIBRARY = Path.of("experiments/recorded");
  private static final long MOST_BYTES = 150_000;
  private static final long BYTES_A_NUMBER = 40;
  private static final String HINT = "run ./mvnw test -Dtest=RecordedPagesTest -Ddocs.update=true";

  static Stream<Path> recorded() throws IOException {
    return RecordedFiles.all(LIBRARY.resolveSibling("")).stream()
        .filter(file -> Files.exists(json(file)));
  }

  @ParameterizedTest
  @MethodSource("recorded")
  void pageIsThatOfTheRecord(Path file) throws IOException {
    ExperimentDefinition definition = ExperimentDefinition.read(file);
    RecordedResult record = RecordedResult.read(json(file));
    assertEquals(definition.name(), record.name());
    assertEquals(
        definition.variants().stream().map(ExperimentDefinition.Variant::name).toList(),
        record.table().variants());
    compare(sibling(file, ".md"), RecordedPage.of(definition, record));
  }

  @ParameterizedTest
  @MethodSource("recorded")
  void bandsOfTheRecordAreThoseOfTheDefinition(Path file) throws IOException {
    ExperimentDefinition definition = ExperimentDefinition.read(file);
    RecordedResult record = RecordedResult.read(json(file));
    List<BandResult> bands = definition.check(record.table());
    if (Boolean.getBoolean("docs.update")) {
      Files.writeString(
          json(file), record.toJson(bands, RecordedNumbers.statistics(definition, record)));
    }
    JsonNode written = new ObjectMapper().readTree(Files.readString(json(file))).path("bands");
    assertEquals(bands.size(), written.size(), HINT);
    for (int i = 0; i < bands.size(); i++) {
      assertEquals(bands.get(i).what(), written.get(i).path("what").asText(), HINT);
      assertEquals(bands.get(i).expected(), written.get(i).path("expected").asText(), HINT);
      assertEquals(bands.get(i).found(), written.get(i).path("found").asText(), HINT);
      assertEquals(bands.get(i).holds(), written.get(i).path("holds").asBoolean(), HINT);
    }
  }

  @ParameterizedTest
  @MethodSource("recorded")
  void aPersonHasSaidWhatItMeansAndWhatNot(Path file) {
    ExperimentDefinition definition = ExperimentDefinition.read(file);
    assertFalse(definition.conclude().isBlank(), "conclude");
    assertFalse(definition.caution().isBlank(), "caution");
  }

  @ParameterizedTest
  @MethodSource("recorded")
  void picturesAreThereAndSmall(Path file) throws IOException {
    ExperimentDefinition definition = ExperimentDefinition.read(file);
    long numbers =
        RecordedResult.read(json(file)).values().values().stream()
            .flatMap(byVariant -> byVariant.values().stream())
            .mapToLong(Map::size)
            .sum();
    assertTrue(Files.size(json(file)) < MOST_BYTES + numbers * BYTES_A_NUMBER);
    for (String picture : definition.pictures()) {
      Path svg = file.resolveSibling(RecordedFiles.picture(definition, picture));
      assertTrue(Files.size(svg) < MOST_BYTES, svg.toString());
    }
  }

  @ParameterizedTest
  @MethodSource("recorded")
  void scoresAtKAreThoseOfTheRecord(Path file) throws IOException {
    ExperimentDefinition definition = ExperimentDefinition.read(file);
    if (definition.pictures().contains(ScoresAtK.PICTURE)) {
      String name = RecordedFiles.picture(definition, ScoresAtK.PICTURE);
      String plot = ScoresAtK.of(RecordedResult.read(json(file))).orElseThrow().standalone();
      compare(file.resolveSibling(name), plot);
    }
  }

  @Test
  void indexIsCurrent() throws IOException {
    compare(LIBRARY.resolve(RecordedFiles.INDEX), RecordedFiles.index(LIBRARY));
  }

  @Test
  void tablesOfThePageAboutR1AreThoseOfTheRecords() throws IOException {
    Path page = Path.of("docs/r1.md");
    compare(page, RecordBlocks.filled(page, RecordedFiles.all(LIBRARY.resolveSibling(""))));
  }

  private static void compare(Path page, String expected) throws IOException {
    if (Boolean.getBoolean("docs.update")) {
      Files.writeString(page, expected);
    }
    assertEquals(expected, Files.readString(page), HINT);
  }

  private static Path json(Path definition) {
    return sibling(definition, ".json");
  }

  private static Path sibling(Path definition, String ending) {
    String name = String.valueOf(definition.getFileName());
    return definition.resolveSibling(name.replace(".yaml", ending));
  }
}
