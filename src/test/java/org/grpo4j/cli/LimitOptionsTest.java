package org.grpo4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every command that computes for long looks at what it needs before anything is written. */
class LimitOptionsTest {

  private static final String MANY = "train.prompts=65536";

  @TempDir Path directory;

  @Test
  void whatCannotBeIsRefusedBeforeAnythingIsWritten() {
    Path runs = directory.resolve("runs");
    refused("needs about", "train", "--set", MANY, "--out", runs + "");
    refused("needs about", "compare", "think-add", "--set", MANY, "--runs", runs + "");
    refused("needs about", "bench", "--set", MANY);
    refused("takes about", "bench", "--updates", "1000000", "--set", "model.width=256");
    assertFalse(Files.exists(runs));
  }

  @Test
  void commandsThatOpenARunLookToo() throws IOException {
    String run = ShortRuns.train(directory, "grpo-r1").toString();
    String many = "train.updates=1000000";
    noted("train", "--resume", run, "--set", many);
    noted("replay", run, "--update", "1", "--from-here", "--out", run + "-other", "--set", many);
    Cli eval = Cli.run("eval", run, "--samples", "4096", "--hours", "1", "--json");
    assertEquals(0, eval.exitCode(), eval.err());
  }

  /** A million updates of the smallest model are half an hour. */
  private static void noted(String... arguments) {
    Cli cli = Cli.run(() -> true, arguments);
    assertTrue(cli.err().startsWith("this will take about "), cli.err());
  }

  private static void refused(String reason, String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    if (reason.startsWith("takes")) {
      all.addAll(List.of("--hours", "1"));
    }
    Cli cli = Cli.run(all.toArray(new String[0]));
    assertEquals(2, cli.exitCode(), cli.err());
    assertTrue(cli.err().startsWith("error: this " + reason), cli.err());
  }
}
