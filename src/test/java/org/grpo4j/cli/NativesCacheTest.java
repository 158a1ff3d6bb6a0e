package org.grpo4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.grpo4j.experiment.sweep.JavaCommand;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real processes whose native libraries have no usual place. */
class NativesCacheTest {

  @TempDir Path directory;

  @Test
  void aHomeThatCannotBeWrittenIsANote() throws Exception {
    Path home = Files.writeString(directory.resolve("home"), "a file");
    Path temporary = Files.createDirectory(directory.resolve("temporary"));
    Cli bench = bench("reference-float", "-Duser.home=" + home, "-Djava.io.tmpdir=" + temporary);
    assertEquals(0, bench.exitCode(), bench.err());
    assertTrue(bench.err().contains("native libraries are in " + temporary), bench.err());
  }

  @Test
  void withoutAnyPlaceThereIsOneSentence() throws Exception {
    Path file = Files.writeString(directory.resolve("file"), "a file");
    for (String[] options :
        new String[][] {
          {"-Dorg.bytedeco.javacpp.cachedir=" + file}, {"-Duser.home=?", "-Djava.io.tmpdir=" + file}
        }) {
      Cli bench = bench("reference-float", options);
      assertEquals(2, bench.exitCode(), bench.err());
      assertTrue(bench.err().contains("no place to unpack the native libraries"), bench.err());
      assertFalse(bench.err().contains("\tat "), bench.err());
    }
  }

  @Test
  void theKernelsNeedNone() throws Exception {
    Path file = Files.writeString(directory.resolve("file"), "a file");
    Cli bench = bench("fast-float", "-Dorg.bytedeco.javacpp.cachedir=" + file);
    assertEquals(0, bench.exitCode(), bench.err());
    assertFalse(bench.err().contains("native"), bench.err());
  }

  private Cli bench(String precision, String... options) throws IOException, InterruptedException {
    List<String> words = new ArrayList<>(JavaCommand.ofThisProcess(Main.class.getName()).words());
    words.addAll(1, List.of(options));
    words.addAll(List.of("bench", "--updates", "1", "--warm-up", "0", "--set"));
    words.addAll(List.of("train.prompts=1", "--set", "cold_start.steps=0"));
    words.addAll(List.of("--set", "model.precision=" + precision));
    Path err = directory.resolve("err");
    Process process =
        new ProcessBuilder(words).redirectErrorStream(true).redirectOutput(err.toFile()).start();
    assertTrue(process.waitFor(120, TimeUnit.SECONDS));
    return new Cli(process.exitValue(), "", Files.readString(err));
  }
}
