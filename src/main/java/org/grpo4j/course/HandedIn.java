package org.grpo4j.course;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.type.TypeReference;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.grpo4j.course.sandbox.PlainText;
import org.grpo4j.course.source.CourseYaml;
import org.grpo4j.math.Require;

/**
 * A student's project.
 *
 * @param directory where it is; made absolute
 * @param lab the lab it is of
 * @param student whose it is, as its {@code lab.yaml} says; may be empty
 */
public record HandedIn(Path directory, Lab lab, String student) {

  private static final long MOST_BYTES = 10_000;
  private static final int MOST_CHARACTERS = 100;

  /** Compilers, tests and runs of a project work in directories of their own. */
  public HandedIn {
    directory = directory.toAbsolutePath().normalize();
  }

  private record LabFile(
      @JsonProperty(required = true) String lab, @JsonProperty(required = true) String student) {}

  /**
   * The project in a directory.
   *
   * @param known the lab, if it is known; else its {@code lab.yaml} says it
   * @throws IllegalArgumentException if there is no such file, or it is not as it must be
   */
  public static HandedIn of(Path directory, Optional<Lab> known) throws IOException {
    Path file = directory.resolve(LabProject.LAB_FILE);
    Require.that(Files.isDirectory(directory), directory + ": must be the directory of a project");
    requireNoLinks(directory);
    Require.that(
        Files.isRegularFile(file) && Files.size(file) <= MOST_BYTES,
        file + ": is missing; course start writes it, it has the lines lab: and student:");
    LabFile read =
        CourseYaml.read(
            Files.readString(file), LabProject.LAB_FILE, new TypeReference<LabFile>() {});
    Lab lab = known.isPresent() ? known.get() : Lab.of(read.lab());
    return new HandedIn(directory, lab, PlainText.line(read.student(), MOST_CHARACTERS));
  }

  /** A link could make another's work the student's own. */
  private static void requireNoLinks(Path directory) throws IOException {
    try (Stream<Path> all = Files.walk(directory)) {
      all.skip(1)
          .filter(Files::isSymbolicLink)
          .findFirst()
          .ifPresent(
              link -> {
                throw new IllegalArgumentException(
                    directory.relativize(link) + ": is a link to another place; hand in files");
              });
    }
  }
}
