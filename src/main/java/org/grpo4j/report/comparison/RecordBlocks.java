package org.grpo4j.report.comparison;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.grpo4j.experiment.comparison.Measure;
import org.grpo4j.experiment.comparison.MeasureComparison;
import org.grpo4j.experiment.recorded.Claim;
import org.grpo4j.experiment.recorded.ExperimentDefinition;
import org.grpo4j.experiment.recorded.RecordedResult;
import org.grpo4j.experiment.statistics.PairedComparison;
import org.grpo4j.report.Table;

/**
 * The tables of a hand-written page that come from records. A block begins with one of these lines
 * and ends with {@code <!-- end -->}; what is between them is written anew:
 *
 * <ul>
 *   <li>{@code <!-- stages NAME -->}: the stages of a record, a row each;
 *   <li>{@code <!-- measures NAME: STAGE ... -->}: some of its stages, a column each;
 *   <li>{@code <!-- costs NAME -->}: what each stage took;
 *   <li>{@code <!-- claims -->}: what others said and what came out, of all records that name any.
 * </ul>
 */
public final class RecordBlocks {

  private static final String NOT_YET = "Not recorded yet.\n";

  private static final Pattern BLOCK =
      Pattern.compile(
          "<!-- (stages|measures|costs|claims)(?: ([\\w.-]+))?(?:: ([^\\n]*?))? -->\\n.*?<!-- end -->",
          Pattern.DOTALL);

  private final List<Path> definitions;
  private final Path page;

  private RecordBlocks(List<Path> definitions, Path page) {
    this.definitions = List.copyOf(definitions);
    this.page = page;
  }

  /**
   * The text of {@code page} with its blocks filled.
   *
   * @param definitions files of definitions; records lie beside them
   * @throws IOException if something cannot be read
   */
  public static String filled(Path page, List<Path> definitions) throws IOException {
    return new RecordBlocks(definitions, page).filled();
  }

  private String filled() throws IOException {
    Matcher block = BLOCK.matcher(Files.readString(page));
    StringBuilder text = new StringBuilder();
    while (block.find()) {
      String first = block.group().substring(0, block.group().indexOf('\n') + 1);
      String body =
          block.group(1).equals("claims")
              ? claims()
              : body(block.group(1), block.group(2), block.group(3));
      block.appendReplacement(text, Matcher.quoteReplacement(first + body + "<!-- end -->"));
    }
    return block.appendTail(text).toString();
  }

  private String body(String kind, String name, String stages) throws IOException {
    for (Path file : definitions) {
      ExperimentDefinition definition = ExperimentDefinition.read(file);
      if (definition.name().equals(name)) {
        Optional<RecordedResult> record = record(file, definition);
        return record.isEmpty() ? NOT_YET : body(kind, definition, record.get(), stages);
      }
    }
    throw new IOException(page + ": there is no definition of the name " + name);
  }

  private static String body(
      String kind, ExperimentDefinition definition, RecordedResult record, String stages) {
    if (kind.equals("stages")) {
      return StageTable.of(definition, record).markdown();
    }
    return kind.equals("costs")
        ? costs(definition, record)
        : measures(definition, record, List.of(stages.strip().split(" +")));
  }

  private static Optional<RecordedResult> record(Path file, ExperimentDefinition definition)
      throws IOException {
    Path json = file.resolveSibling(definition.name() + ".json");
    return Files.exists(json) ? Optional.of(RecordedResult.read(json)) : Optional.empty();
  }

  private static String costs(ExperimentDefinition definition, RecordedResult record) {
    List<Measure> costs = definition.measures().stream().filter(Measure::isCost).toList();
    Table table = new Table().row("stage", costs.stream().map(Measure::title).toList());
    double[] sums = new double[costs.size()];
    for (String stage : record.table().variants()) {
      List<String> cells = new ArrayList<>();
      for (int c = 0; c < sums.length; c++) {
        double mean = RecordedNumbers.mean(record, costs.get(c).name(), stage);
        sums[c] += mean;
        cells.add(mean == 0 ? "-" : Words.number(mean));
      }
      table.row(stage, cells);
    }
    return table.row("**all**", Arrays.stream(sums).mapToObj(Words::number).toList()).markdown();
  }

  private static String measures(
      ExperimentDefinition definition, RecordedResult record, List<String> stages) {
    Table table = new Table().row("", stages);
    for (MeasureComparison measure : StageTable.columns(definition, record)) {
      table.row(
          measure.measure().title(),
          stages.stream().map(stage -> StageTable.cell(measure, stage)).toList());
    }
    return table.markdown();
  }

  private String claims() throws IOException {
    Table table =
        new Table().row("said", "there", "here", "difference", "95 % (t)", "seeds", "", "record");
    boolean any = false;
    for (Path file : definitions) {
      ExperimentDefinition definition = ExperimentDefinition.read(file);
      Optional<RecordedResult> record = record(file, definition);
      for (Claim claim : record.isPresent() ? definition.claims() : List.<Claim>of()) {
        if (claim.isMeasured(record.get().table())) { // a record can be older than a claim
          table.row(row(claim, definition, record.get(), file));
          any = true;
        }
      }
    }
    return any ? table.markdown() : NOT_YET;
  }

  private List<String> row(
      Claim claim, ExperimentDefinition definition, RecordedResult record, Path file) {
    PairedComparison compared = claim.compared(record.table());
    String title =
        definition.allMeasures().stream()
            .filter(measure -> measure.name().equals(claim.measure()))
            .findFirst()
            .orElseThrow()
            .title();
    String target =
        page.toAbsolutePath()
            .resolveSibling("")
            .relativize(file.toAbsolutePath().resolveSibling(definition.name() + ".md"))
            .toString()
            .replace('\\', '/');
    return List.of(
        claim.said(),
        claim.there(),
        "%s: %s %s, %s %s"
            .formatted(
                title,
                claim.than(),
                Words.number(RecordedNumbers.mean(record, claim.measure(), claim.than())),
                claim.variant(),
                Words.number(RecordedNumbers.mean(record, claim.measure(), claim.variant()))),
        Words.signed(compared.mean()),
        Words.signedInterval(compared.studentT()),
        String.valueOf(compared.differences().size()),
        claim.verdict(compared).toString(),
        "[" + definition.name() + "](" + target + ")");
  }
}
