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
    assertEquals("group 0 of update 0: 4+6= answer 10", text.get(0));
    assertTrue(text.contains("0 10 yes 1 0.8659 0.1355 0.1788 29.55 %"), () -> shown(lines));
    assertTrue(text.contains("1 00 yes 0 -0.8659 0.03291 0.02038 35.16 %"), () -> shown(lines));
    int table = text.indexOf("00 reward 0 advantage -0.8659 optimiser step 2");
    List<String> tokens = text.subList(table + 3, table + 6);
    assertEquals(
        List.of("INSIDE", "CLIPPED_LOW", "INSIDE"),
        tokens.stream().map(line -> line.split(" ")[8]).toList(),
        () -> shown(lines));
    assertTrue(tokens.stream().noneMatch(line -> line.split(" ")[6].equals("1")));
  }

  private static String shown(List<String> lines) {
    return String.join("\n", lines);
  }
}
