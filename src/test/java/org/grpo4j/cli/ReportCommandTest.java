package org.grpo4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.grpo4j.experiment.files.RunDirectory;
import org.grpo4j.experiment.files.TestRuns;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The page of a damaged run is written without what is damaged; without a configuration it is not.
 */
class ReportCommandTest {

  @TempDir Path directory;

  @Test
  void damageIsSaidOnThePageAndBesideIt() throws IOException {
    RunDirectory run = TestRuns.create(directory);
    Files.writeString(run.metricsJsonLines(), "{\"update\":0,\"reward\":0.25}\n");
    TestRuns.accept(run.path());
    Path page = directory.resolve("page.html");
    assertEquals("", report(run, page, 0).replaceAll("(?m)^WARNING.*", "").strip());
    assertTrue(Files.readString(page).contains("\"what_if\":{"), "nothing to compute with");

    Files.writeString(run.metricsJsonLines(), "{\"update\":0,\"reward\":0.71828}\n");
    String said = report(run, page, 0);
    String damage = run.metricsJsonLines() + ": changed at line 1 since the run wrote it";
    assertTrue(said.contains("warning: " + damage), said);
    assertTrue(Files.readString(page).contains("Left out: " + damage));
    assertFalse(Files.readString(page).contains("0.71828"));

    Files.delete(page);
    Files.writeString(run.config(), Files.readString(run.config()) + "# mine\n");
    String refused = report(run, page, 2);
    assertTrue(refused.contains("config.yaml: changed at line "), refused);
    assertTrue(Files.notExists(page));
  }

  private static String report(RunDirectory run, Path page, int exitCode) {
    Cli report = Cli.run("report", run.path().toString(), "--out", page.toString());
    assertEquals(exitCode, report.exitCode(), report.err());
    return report.err();
  }
}
