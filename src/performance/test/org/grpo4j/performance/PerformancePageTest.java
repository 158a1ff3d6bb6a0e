package org.grpo4j.performance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;

/** {@code docs/performance.md} says what the measurements in {@code experiments} say. */
class PerformancePageTest {

  @Test
  void theTablesAreThoseOfTheFiles() throws IOException {
    String page = Files.readString(PerformancePage.PAGE);
    if (Boolean.getBoolean("docs.update")) {
      PerformancePage.write();
    } else {
      assertEquals(PerformancePage.filled(page), page, "-Ddocs.update=true writes the tables");
    }
  }

  @Test
  void everyPartHasBeenMeasured() {
    for (String part : Performance.parts()) {
      assertTrue(Files.exists(PerformancePage.file(part)), part);
    }
  }

  @Test
  void aSampleIsReadByItsMedianAndPairByPair() {
    Sample here = new Sample(List.of(1.0, 3.0, 2.0));
    Sample there = new Sample(List.of(2.0, 4.0, 2.0, 9.0));
    assertEquals("2.00 (1.00–3.00)", here.ratio());
    assertEquals(List.of(0.5, 0.75, 1.0), here.over(there).values());
    assertEquals("–", new Sample(List.of()).ratio());
  }
}
