package org.grpo4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The update to step through shows everything there is to see. */
class DebugOneUpdateTest {

  @Test
  void groupIsNotDeadRatiosLeaveOneAndTheClipBinds() {
    List<String> lines = DebugOneUpdate.account().lines().toList();
    List<String> text = lines.stream().map(line -> line.replaceAll(" +", " ")).toList();
    assertTrue(text.get(0).startsWith("prompt 4+6= answer 10 sampled by policy version 30"));
    assertTrue(text.contains("0 10$ 1 0.8659 0.1355 0.1788"), () -> String.join("\n", lines));
    assertTrue(text.contains("1 00$ 0 -0.8659 0.03291 0.02038"), () -> String.join("\n", lines));
    int second = text.indexOf("optimiser step 2 of 2");
    List<String> firstStep = text.subList(text.indexOf("optimiser step 1 of 2"), second);
    assertEquals(
        12, firstStep.stream().filter(line -> line.contains(" 1 0.8659 INSIDE 0 ")).count() * 2);
    assertTrue(firstStep.stream().noneMatch(line -> line.contains("CLIPPED")));
    assertTrue(
        text.subList(second, text.size()).stream().anyMatch(line -> line.contains("CLIPPED_LOW")));
  }
}
