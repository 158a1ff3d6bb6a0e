package org.grpo4j.policy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class SgdOptimizerTest {

  /** Steps 0.1 b with b = g + b / 2, worked out by hand. */
  @Test
  void momentumKeepsAShareOfTheLastStep() {
    SgdSettings settings = new SgdSettings(0.5);
    double[] velocity = new double[2];
    SgdOptimizer optimizer = new SgdOptimizer(settings, velocity);
    double[] parameters = {1, -2};
    optimizer.step(parameters, new double[] {4, 0}, 0.125);
    assertArrayEquals(new double[] {0.5, -2}, parameters);
    optimizer.step(parameters, new double[] {2, 8}, 0.125);
    assertArrayEquals(new double[] {0, -3}, parameters);
    assertArrayEquals(new double[] {4, 8}, velocity);
    assertEquals(1, settings.numbersPerParameter());
    assertEquals(0, new SgdSettings(0).numbersPerParameter());
    assertThrows(IllegalArgumentException.class, () -> new SgdSettings(1));
    assertThrows(IllegalArgumentException.class, () -> new SgdSettings(-0.1));
  }

  @Test
  void whatIsReadGoesOnWhereItWasWritten() throws IOException {
    Optimizer written = Optimizer.fresh(new SgdSettings(0.5), 2);
    double[] parameters = {1, -2};
    written.step(parameters, new double[] {4, 0}, 0.125);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    written.write(new DataOutputStream(bytes), parameters);
    double[] again = new double[2];
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes.toByteArray()));
    Optimizer read = Optimizer.read(in, true, again);
    assertEquals(-1, in.read(), "all of it is read");
    assertArrayEquals(parameters, again);
    read.step(again, new double[] {2, 8}, 0.125);
    assertArrayEquals(new double[] {0, -3}, again);
  }
}
