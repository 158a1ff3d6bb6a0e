package org.grpo4j.experiment.sweep;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class JavaCommandTest {

  @Test
  void whatEveryProcessIsToldComesLast() {
    JavaCommand command =
        new JavaCommand(List.of("java", "Main"), List.of()).endingWith(List.of("--classpath", "x"));
    assertEquals(
        List.of("java", "Main", "train", "a.yaml", "--classpath", "x"),
        command.with(List.of("train", "a.yaml")));
  }
}
