package org.grpo4j.cli.progress;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BarRendererTest {

  private static final String FIGURES = "reward 0.71 greedy 0.96";

  @Test
  void showsCountBarRemainingTimeAndFigures() {
    assertEquals(
        "GRPO  50/200 ██▌······· ETA  3 s  " + FIGURES,
        BarRenderer.line("GRPO", 50, 200, 1000, FIGURES, 57).replace("ETA   ", "ETA "));
  }

  @ParameterizedTest
  @ValueSource(ints = {20, 40, 60, 80, 120, 200})
  void neverWraps(int columns) {
    for (int done = 0; done <= 200; done += 7) {
      String line = BarRenderer.line("cold start", done, 200, 50_000, FIGURES, columns);
      assertTrue(line.length() <= columns, line);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {40, 45, 50, 55, 60})
  void aFigureIsShownWholeOrNotAtAll(int columns) {
    String line =
        BarRenderer.line("GRPO", 200, 200, 1000, "reward 0.98 greedy 0.99 len 8.45", columns);
    assertTrue(line.matches(".* s *( reward 0.98( greedy 0.99( len 8.45)?)?)?"), line);
  }

  @Test
  void aFullBarIsFull() {
    String line = BarRenderer.line("GRPO", 200, 200, 1000, "", 60);
    assertTrue(line.contains("█") && !line.contains("·"), line);
    assertTrue(line.contains("ETA  0 s") || line.contains("ETA   0 s"), line);
  }
}
