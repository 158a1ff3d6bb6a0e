package org.grpo4j.house;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What the launcher says while it builds, with a Maven and a Java that only pretend. */
@DisabledOnOs(OS.WINDOWS)
class LauncherTest {

  private static final String MAVEN =
      """
      #!/bin/sh
      if [ "$1" = -v ]; then echo 'Apache Maven 3.9.9 (0)'; exit; fi
      mkdir -p target/quick; : >target/quick/grpo4j.jar; echo a.jar >target/quick/classpath.txt
      cat <<'LOG'
      Downloading from central: https://example.org/a.jar
      Downloading from central: https://example.org/b.jar
      [INFO] --- compiler:3.14.1:compile (default-compile) @ grpo4j ---
      [INFO] Compiling 3 source files with javac [debug parameters release 17] to target/quick/classes
      [INFO] --- antrun:3.2.0:run (core-of-the-page) @ grpo4j ---
      [INFO] BUILD %s
      [ERROR] A.java:[1,1] not a statement
      LOG
      """;

  @TempDir Path directory;

  private String locale = "C";

  @Test
  void saysWhatItBuildsAndHowLongItTook() throws Exception {
    Launched first = launch("SUCCESS");
    assertEquals(0, first.exitCode(), first.err());
    assertTrue(
        first
            .err()
            .matches(
                """
                Building grpo4j \\(first use; its libraries are downloaded once\\):
                  downloading what is missing
                  compiling 3 source files
                  the page's script, from the same classes
                  the classes of a short run, archived for quicker starts
                built in \\d+ s
                """),
        first.err());
    assertTrue(first.out().endsWith("org.grpo4j.cli.Main train --seed 3\n"), first.out());
    assertEquals("", launch("SUCCESS").err(), "nothing to build");
  }

  @Test
  void aFailureShowsTheErrorsAndWhereTheRestIs() throws Exception {
    Launched failed = launch("FAILURE");
    assertEquals(1, failed.exitCode());
    assertTrue(failed.err().contains("[ERROR] A.java:[1,1] not a statement\n"), failed.err());
    assertTrue(failed.err().contains("grpo4j: the build failed (log: "), failed.err());
    assertEquals("", failed.out());
  }

  /** Names of files are in the encoding of the locale, and C has none but ASCII. */
  @Test
  void aLocaleWithoutNamesOfFilesGetsOneWithAllOfThem() throws Exception {
    locale = "C";
    launch("SUCCESS");
    assertEquals("C.UTF-8\n", Files.readString(directory.resolve("locale")));
    locale = "de_DE.UTF-8";
    launch("SUCCESS");
    assertEquals("de_DE.UTF-8\n", Files.readString(directory.resolve("locale")));
  }

  private record Launched(int exitCode, String out, String err) {}

  private Launched launch(String result) throws IOException, InterruptedException {
    for (String name : new String[] {"src/main", ".mvn", "bin", "jdk/bin"}) {
      Files.createDirectories(directory.resolve(name));
    }
    Files.writeString(directory.resolve("jdk/release"), "JAVA_VERSION=\"17.0.1\"\n");
    if (!Files.exists(directory.resolve("pom.xml"))) {
      Files.createFile(directory.resolve("pom.xml"));
      executable("grpo4j", Files.readString(Path.of("grpo4j")));
    }
    executable("bin/mvn", MAVEN.formatted(result));
    executable(
        "jdk/bin/java", "#!/bin/sh\necho \"$@\"\necho $LC_ALL >\"" + directory + "/locale\"\n");
    Path out = directory.resolve("out");
    Path err = directory.resolve("err");
    ProcessBuilder builder =
        new ProcessBuilder(directory.resolve("grpo4j").toString(), "train", "--seed", "3");
    builder.environment().put("LC_ALL", locale);
    builder.environment().put("JAVA_HOME", directory.resolve("jdk").toString());
    builder.environment().merge("PATH", directory.resolve("bin") + ":", (path, bin) -> bin + path);
    Process process = builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
    assertTrue(process.waitFor(60, TimeUnit.SECONDS), "it does not end");
    return new Launched(process.exitValue(), Files.readString(out), Files.readString(err));
  }

  private void executable(String name, String text) throws IOException {
    Path file = directory.resolve(name);
    Files.writeString(file, text);
    assertTrue(file.toFile().setExecutable(true));
  }
}
