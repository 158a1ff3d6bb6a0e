package org.grpo4j.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class LearningRateScheduleTest {

  @Test
  void constantAfterALinearWarmUp() {
    LearningRateSchedule schedule = LearningRateSchedule.constant(1.5e-3, 5);

    assertEquals(0.3e-3, schedule.at(0), 1e-18);
    assertEquals(1.2e-3, schedule.at(3), 1e-18);
    assertEquals(1.5e-3, schedule.at(4), 0);
    assertEquals(1.5e-3, schedule.at(10_000), 0);
  }

  @Test
  void cosineFallsFromThePeakToItsFraction() {
    LearningRateSchedule schedule = LearningRateSchedule.cosine(6e-3, 0, 1000, 0.1);

    assertEquals(6e-3, schedule.at(0), 1e-18);
    assertEquals(6e-3 * 0.55, schedule.at(500), 1e-17);
    assertEquals(6e-4, schedule.at(1000), 1e-17);
    assertEquals(6e-4, schedule.at(5000), 1e-17);
  }

  @Test
  void warmUpMultipliesTheCosine() {
    LearningRateSchedule schedule = LearningRateSchedule.cosine(1, 20, 1500, 0.1);

    double cosineAtTen = 0.1 + 0.9 * (1 + Math.cos(Math.PI * 10 / 1500)) / 2;
    assertEquals(11 / 20.0 * cosineAtTen, schedule.at(10), 1e-15);
  }

  @Test
  void refusesAPeakThatIsNotPositive() {
    IllegalArgumentException error =
        assertThrows(
            IllegalArgumentException.class, () -> LearningRateSchedule.constant(Double.NaN, 5));
    assertTrue(error.getMessage().startsWith("peak: must be positive, got NaN"));
  }
}
