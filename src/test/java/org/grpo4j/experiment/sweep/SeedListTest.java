package org.grpo4j.experiment.sweep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SeedListTest {

  @Test
  void rangesAndSingleSeeds() {
    assertEquals(List.of(1L, 2L, 3L, 12L, 0L), SeedList.parse("1-3, 12,0"));
    assertEquals(List.of(7L), SeedList.parse("7"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "a", "1-", "-1", "3-1", "1,,2", "1,1", "1-3,2", "0-10000", "1.5", "1 2"})
  void everythingElseIsRefusedByName(String text) {
    Exception error = assertThrows(IllegalArgumentException.class, () -> SeedList.parse(text));
    assertEquals("seeds:", error.getMessage().substring(0, 6));
  }
}
