package org.grpo4j.course;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The core of the library, alone. */
class CoreJarTest {

  private static final Pattern INCLUDE = Pattern.compile("<include>org/grpo4j/([a-z/]+)/\\*<");

  @TempDir private Path directory;

  @Test
  void needsNothingButTheJdk() throws IOException {
    Path jar = directory.resolve("core.jar");
    Files.write(jar, CoreJar.bytes(Set.of()));
    StringWriter text = new StringWriter();
    PrintWriter out = new PrintWriter(text);
    ToolProvider jdeps = ToolProvider.findFirst("jdeps").orElseThrow();
    assertEquals(0, jdeps.run(out, out, "-verbose:package", jar.toString()), text.toString());
    List<String> modules = new ArrayList<>();
    Set<String> missing = new TreeSet<>();
    for (String line : text.toString().lines().map(String::strip).toList()) {
      if (line.startsWith("core.jar -> ")) {
        modules.add(line.substring("core.jar -> ".length()));
      } else if (line.endsWith("not found")) {
        missing.add(line.split("\\s+")[2]);
      }
    }
    assertEquals(List.of("java.base", "not found"), modules, text.toString());
    assertEquals(Set.of("org.jspecify.annotations"), missing, "annotations need not be there");
  }

  @Test
  void theBuildsOwnJarHasTheSamePackages() throws IOException {
    String pom = Files.readString(Path.of("pom.xml"));
    String execution = pom.substring(pom.indexOf("<classifier>core</classifier>"));
    Matcher include =
        INCLUDE.matcher(execution.substring(0, execution.indexOf("</configuration>")));
    List<String> packages = include.results().map(found -> found.group(1)).toList();
    assertEquals(CoreJar.PACKAGES, packages);
  }

  @Test
  void theSameClassesGiveTheSameJarAndVersion() throws IOException {
    assertArrayEquals(CoreJar.bytes(Set.of()), CoreJar.bytes(Set.of()));
    String version = CoreJar.write(directory.resolve("a"), Set.of());
    assertEquals(version, CoreJar.write(directory.resolve("b"), Set.of()));
    assertTrue(version.matches("\\d+\\.\\d+\\.\\d+-[0-9a-f]{8}"), version);
  }

  @Test
  void theClassesThatAStudentWritesAreLeftOut() throws IOException {
    Set<String> all = entries(Set.of());
    Set<String> rest = entries(Set.of("org/grpo4j/objective/Aggregation.java"));
    all.removeAll(rest);
    assertTrue(all.contains("org/grpo4j/objective/Aggregation.class"), all.toString());
    assertTrue(all.contains("org/grpo4j/objective/Aggregation$TokenMean.class"), all.toString());
    assertEquals(7, all.size(), all.toString());
  }

  private static Set<String> entries(Set<String> without) throws IOException {
    Set<String> names = new TreeSet<>();
    try (ZipInputStream jar =
        new ZipInputStream(new ByteArrayInputStream(CoreJar.bytes(without)))) {
      for (ZipEntry one = jar.getNextEntry(); one != null; one = jar.getNextEntry()) {
        names.add(one.getName());
      }
    }
    return names;
  }
}
