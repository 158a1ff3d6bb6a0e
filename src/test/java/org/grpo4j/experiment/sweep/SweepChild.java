package org.grpo4j.experiment.sweep;

import java.nio.file.Files;
import java.nio.file.Path;

/** A program for processes of tests: seed 3 fails, seed 9 waits to be ended. */
public final class SweepChild {

  private SweepChild() {}

  public static void main(String[] arguments) throws Exception {
    String config = Files.readString(Path.of(arguments[1]));
    System.out.println(String.join(" ", arguments));
    System.out.println("parent " + System.getenv(ParentPipe.ENVIRONMENT));
    if (config.contains("\nseed: 3\n")) {
      System.err.println("no such luck");
      System.exit(3);
    }
    if (config.contains("\nseed: 9\n")) {
      Thread.sleep(60_000);
    }
  }
}
