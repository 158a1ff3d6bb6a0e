package org.grpo4j.course.sandbox;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/** A project of the first lab whose files are the library's own, to be spoilt by tests. */
public record StudentProject(Path directory) {

  public static final String GROUP = "org/grpo4j/advantage/GroupRelativeAdvantage.java";
  public static final String OTHERS = "org/grpo4j/advantage/LeaveOneOutAdvantage.java";
  public static final Set<String> STUBS = Set.of(GROUP, OTHERS);

  private static final Path LIBRARY = Path.of("src/main/java");
  private static final String FIRST_LINE = "    RowGroups groups = inputs.groups();\n";

  /** The project with the library's files: a right solution. */
  public static StudentProject solved(Path directory) throws IOException {
    StudentProject project = new StudentProject(directory);
    for (String stub : STUBS) {
      project.write(stub, Files.readString(LIBRARY.resolve(stub)));
    }
    return project;
  }

  /** The project with a file. */
  public StudentProject write(String file, String text) throws IOException {
    Path path = directory.resolve(Submission.SOURCES).resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
    return this;
  }

  /** The project with these statements at the beginning of {@code estimate}. */
  public StudentProject doing(String statements) throws IOException {
    return replacing(FIRST_LINE, "    if (true) {" + statements + "}\n" + FIRST_LINE);
  }

  /** The project with these members in the class of the group's advantage. */
  public StudentProject having(String members) throws IOException {
    return replacing(
        "  @Override\n  public Advantages estimate",
        members + "\n  @Override\n  public Advantages estimate");
  }

  /** The project with another text in the class of the group's advantage. */
  public StudentProject replacing(String text, String by) throws IOException {
    String before = Files.readString(directory.resolve(Submission.SOURCES).resolve(GROUP));
    assertTrue(before.contains(text), text);
    return write(GROUP, before.replace(text, by));
  }
}
