package org.grpo4j.experiment.comparison;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunStoreTest {

  /** Of 1,000 runs with 39 columns of 1,000 updates the numbers are 312 MB. */
  private static final int RUNS = 1_000;

  private static final int UPDATES = 1_000;
  private static final String HEAP = "-Xmx40m";

  /** Where a run is, its number of every measure, and the differences of those. */
  private static final int MOST_BYTES = 1_500;

  @TempDir Path runs;

  @Test
  void whatIsKeptIsWhatWasRead() throws IOException {
    RunStore store = RunStore.open();
    Path first = SyntheticRuns.write(runs, "slow", 1, "clip", 0.03, 0.05);
    Path second = SyntheticRuns.write(runs, "slow", 2, "clip", 0.03, 0.05);
    FinishedRun one = store.read(first);
    FinishedRun two = store.read(second);
    for (FinishedRun kept : new FinishedRun[] {one, two}) {
      FinishedRun read = RunReader.read(kept.directory());
      assertEquals(read.seed(), kept.seed());
      assertEquals(read.provenance(), kept.provenance());
      assertEquals(read.rows(), kept.rows());
      assertEquals(read.numbers().columns(), kept.numbers().columns());
      for (String column : read.numbers().columns()) {
        assertEquals(read.column(column), kept.column(column), column);
      }
      assertEquals(read.column("nothing"), kept.column("nothing"));
      for (String key : new String[] {"flops", "eval/greedy_accuracy/n", "nothing"}) {
        assertEquals(read.summary(key), kept.summary(key), key);
      }
    }
    assertSame(one.provenance(), two.provenance());
    assertSame(one.numbers().layout(), two.numbers().layout());
  }

  @Test
  void aComparisonHoldsAFewNumbersOfARunHoweverLongItWas() throws Exception {
    int bytes = ManyRuns.bytesARun(HEAP, RUNS, UPDATES);
    assertTrue(bytes <= MOST_BYTES, bytes + " bytes a run");
  }
}
