package org.grpo4j.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.grpo4j.experiment.comparison.ManyRuns;
import org.grpo4j.experiment.comparison.RunNumbers;
import org.grpo4j.experiment.comparison.RunReader;
import org.grpo4j.experiment.files.RunParcel;
import org.grpo4j.experiment.recorded.ExperimentDefinition;
import org.grpo4j.experiment.sweep.PlannedRun;
import org.grpo4j.report.Table;
import org.grpo4j.spark.SweepMeasurements.Driver;
import org.grpo4j.spark.SweepMeasurements.Sweep;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The figures of {@code docs/sweeps.md}: with {@code -Ddocs.update=true} they are measured and
 * written there, by commands of the launcher with the Spark that {@code ./mvnw -B -Dquick -Pspark
 * package} has fetched. Otherwise only sizes are looked at, which no machine changes.
 */
class SweepFiguresTest {

  private static final Path DOCS = Path.of("docs/sweeps.md");
  private static final String BEGIN = "<!-- figures -->\n";
  private static final String END = "<!-- end of figures -->\n";
  private static final Path DEFINITION = Path.of("experiments/recorded/thousand-runs.yaml");

  private static final double MEGABYTE = 1e6;
  private static final double MILLIS_PER_HOUR = 3_600_000;

  /** Seconds in a run's files have sometimes more and sometimes fewer digits. */
  private static final double TOLERANCE = 0.05;

  private static final Pattern SIZES =
      Pattern.compile("a run is ([0-9.]+) MB on disk and ([0-9.]+) MB on its way");

  @TempDir Path directory;

  @Test
  void theFiguresOfSweeps() throws Exception {
    ExperimentDefinition definition = ExperimentDefinition.read(DEFINITION);
    ExperimentDefinition.Variant first = definition.variants().get(0);
    PlannedRun untraced =
        FewSumsRuns.planned(
                definition.baseFile(DEFINITION, first),
                2,
                definition.settings(first).toArray(String[]::new))
            .get(1);
    Path runs = directory.resolve("runs");
    assertTrue(
        new SparkSweep("local[1]", 1, List.of())
            .run(List.of(untraced), runs, () -> false, event -> {})
            .outcomes()
            .get(0)
            .succeeded());
    Path run = SweepMeasurements.directories(runs).get(0);
    double disk = SweepMeasurements.bytes(run) / MEGABYTE;
    double wire = RunParcel.pack(run).length / MEGABYTE;
    if (Boolean.getBoolean("docs.update")) {
      RunNumbers numbers = RunReader.read(run).numbers();
      long stored = (long) numbers.columns().size() * numbers.rows() * Double.BYTES;
      write(disk, wire, stored / MEGABYTE);
    }
    Matcher said = SIZES.matcher(Files.readString(DOCS));
    assertTrue(said.find(), "docs/sweeps.md says no sizes");
    assertEquals(disk, Double.parseDouble(said.group(1)), TOLERANCE * disk);
    assertEquals(wire, Double.parseDouble(said.group(2)), TOLERANCE * wire);
  }

  private void write(double disk, double wire, double stored) throws Exception {
    Sweep one = SweepMeasurements.sweep(directory.resolve("p1"), 1, 1, "--jobs", "1");
    Sweep two = SweepMeasurements.sweep(directory.resolve("p2"), 1, 2, "--jobs", "2");
    Sweep local = SweepMeasurements.sweep(directory.resolve("s1"), 10, 1, "--spark", "local[1]");
    Path home = directory.resolve("s2");
    Sweep both = SweepMeasurements.sweep(home, 10, 2, "--spark", "local[2]");
    Driver driver = SweepMeasurements.driver(home, directory.resolve("scratch"));
    double held = ManyRuns.bytesARun("-Xmx64m", 2_000, 40) / MEGABYTE;

    Table sweeps =
        new Table()
            .row("", "runs", "wall, s", "processor, s a run", "runs an hour and worker", "loss");
    row(sweeps, one, one);
    row(sweeps, two, one);
    row(sweeps, local, local);
    row(sweeps, both, local);
    Table sizing =
        new Table()
            .row(
                List.of(
                    "runs",
                    "cores",
                    "made in, h",
                    "on the wire",
                    "on disk",
                    "put into place in, h",
                    "looked for and read in, h",
                    "compared in, h",
                    "heap for that",
                    "temporary file"));
    for (int[] size : new int[][] {{1_000, 2}, {10_000, 8}, {1_000_000, 8}, {1_000_000, 64}}) {
      int runs = size[0];
      sizing.row(
          List.of(
              String.format(Locale.ROOT, "%,d", runs),
              "" + size[1],
              brief(runs / both.runsAnHourAndWorker() / size[1]),
              bytes(runs * wire),
              bytes(runs * disk),
              brief(runs * driver.unpack() / MILLIS_PER_HOUR),
              brief(runs * (driver.look() + driver.read()) / MILLIS_PER_HOUR),
              brief(runs * driver.compare() / MILLIS_PER_HOUR),
              bytes(runs * held),
              bytes(runs * stored)));
    }
    String sizes =
        ("By arithmetic: a run is %.2f MB on disk and %.3f MB on its way, and each core makes as"
                + " many runs an hour as one of two did above. Of one thread a run takes %s ms to"
                + " pack, %s to put into its place with the check, %s to look for, %s to read, and"
                + " %s to compare.")
            .formatted(
                disk,
                wire,
                brief(driver.pack()),
                brief(driver.unpack()),
                brief(driver.look()),
                brief(driver.read()),
                brief(driver.compare()));
    String docs = Files.readString(DOCS);
    int begin = docs.indexOf(BEGIN) + BEGIN.length();
    String figures =
        String.join(
            "\n",
            "",
            sweeps.markdown(),
            sizes,
            "",
            sizing.markdown(),
            docs.substring(docs.indexOf(END)));
    Files.writeString(DOCS, docs.substring(0, begin) + figures);
  }

  private static void row(Table table, Sweep sweep, Sweep alone) {
    table.row(
        "`--seeds 1%s %s`".formatted(sweep.runs() > 10 ? "-" + sweep.runs() / 10 : "", sweep.how()),
        "" + sweep.runs(),
        String.format(Locale.ROOT, "%.1f", sweep.wall()),
        String.format(Locale.ROOT, "%.2f", sweep.processor() / sweep.runs()),
        String.format(Locale.ROOT, "%,.0f", sweep.runsAnHourAndWorker()),
        sweep.equals(alone)
            ? ""
            : String.format(Locale.ROOT, "%.0f %%", 100 * sweep.lossAgainst(alone)));
  }

  private static String bytes(double megabytes) {
    return megabytes < 1e3
        ? brief(megabytes) + " MB"
        : megabytes < 1e6 ? brief(megabytes / 1e3) + " GB" : brief(megabytes / 1e6) + " TB";
  }

  /** Two digits: of what is measured once no more are known. */
  private static String brief(double value) {
    return new BigDecimal(value).round(new MathContext(2)).toPlainString();
  }
}
