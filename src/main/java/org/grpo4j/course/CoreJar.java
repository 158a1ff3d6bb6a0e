package org.grpo4j.course;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.grpo4j.course.source.RealSource;
import org.grpo4j.experiment.files.Manifest;

/**
 * The core of the library as one jar: the algorithm without networks, files and commands, which
 * needs nothing but the JDK. It is made from the classes of the running program.
 */
public final class CoreJar {

  /** The packages in it. The build makes such a jar too; a test holds that it has the same ones. */
  static final List<String> PACKAGES =
      List.of(
          "declare",
          "math",
          "task",
          "rollout",
          "reward",
          "advantage",
          "objective",
          "metric",
          "policy",
          "train",
          "train/sampling",
          "train/evaluation",
          "train/inspection");

  private CoreJar() {}

  /**
   * Writes the jar as {@code org.grpo4j:grpo4j-core} into a Maven repository.
   *
   * @param repository its directory
   * @param without source files whose classes are left out: those that a student writes, so that no
   *     editor shows the library's in their place
   * @return the version: the program's, and after it a checksum of the jar, so that a build tool
   *     which keeps what it has seen never takes an old jar for a new one
   */
  public static String write(Path repository, Set<String> without) throws IOException {
    byte[] jar = bytes(without);
    CRC32 checksum = new CRC32();
    checksum.update(jar);
    String version =
        "%s-%08x".formatted(Manifest.VERSION.replace("-SNAPSHOT", ""), checksum.getValue());
    Path directory = repository.resolve("org/grpo4j/grpo4j-core").resolve(version);
    Files.createDirectories(directory);
    Files.write(directory.resolve("grpo4j-core-" + version + ".jar"), jar);
    Files.writeString(
        directory.resolve("grpo4j-core-" + version + ".pom"),
        """
        <project xmlns="http://maven.apache.org/POM/4.0.0">
          <modelVersion>4.0.0</modelVersion>
          <groupId>org.grpo4j</groupId>
          <artifactId>grpo4j-core</artifactId>
          <version>%s</version>
        </project>
        """
            .formatted(version));
    return version;
  }

  /** The jar; the same classes give the same bytes. */
  static byte[] bytes(Set<String> without) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream jar = new ZipOutputStream(bytes)) {
      for (String name : PACKAGES) {
        String directory = "org/grpo4j/" + name;
        for (Map.Entry<String, byte[]> file : RealSource.in(directory).entrySet()) {
          String path = directory + "/" + file.getKey();
          if (without.contains(path.replaceFirst("(\\$.*)?\\.class$", ".java"))) {
            continue;
          }
          ZipEntry entry = new ZipEntry(path);
          entry.setTimeLocal(LocalDateTime.of(1980, 1, 1, 0, 0));
          jar.putNextEntry(entry);
          jar.write(file.getValue());
          jar.closeEntry();
        }
      }
    }
    return bytes.toByteArray();
  }
}
