package org.grpo4j.course.catalogue;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.grpo4j.course.judge.JudgeChecks;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every typical mistake is seen by some check, and the pieces of the library pass all of them.
 * {@code docs/mistakes.md} is written by this test when it runs with {@code -Ddocs.update=true},
 * and compared otherwise.
 */
class MistakesTest {

  private static final Path PAGE = Path.of("docs/mistakes.md");
  private static final Path SOURCES = Path.of("src/main/java/org/grpo4j/course/catalogue");
  private static final int LEAST = 30;

  private static final List<Check> CHECKS = allChecks();

  private static List<Check> allChecks() {
    List<Check> checks = new ArrayList<>(PropertyChecks.all());
    checks.addAll(JudgeChecks.all());
    checks.addAll(GoldenChecks.all());
    return List.copyOf(checks);
  }

  static Stream<Mistake> mistakes() {
    return Mistake.all().stream();
  }

  @Test
  void theLibraryPassesEveryCheck() {
    for (Check check : CHECKS) {
      assertDoesNotThrow(() -> check.check(Pieces.LIBRARY), check.name());
    }
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void someCheckSeesIt(Mistake mistake) {
    assertFalse(killers(mistake).isEmpty(), mistake.title() + " survives");
  }

  @Test
  void everyMistakeIsInTheList() throws IOException {
    Set<String> files = new TreeSet<>();
    try (Stream<Path> all = Files.list(SOURCES)) {
      for (Path file : all.toList()) {
        if (Files.readString(file).contains(" implements Mistake {")) {
          files.add(String.valueOf(file.getFileName()));
        }
      }
    }
    Set<String> listed = new TreeSet<>();
    mistakes().forEach(one -> listed.add(one.getDeclaringClass().getSimpleName() + ".java"));
    assertEquals(files, listed);
    assertTrue(mistakes().count() >= LEAST, "at least " + LEAST);
    assertEquals(Story.ALL.keySet(), mistakes().map(Mistake::name).collect(Collectors.toSet()));
  }

  @Test
  void pageIsCurrent() throws IOException {
    String page = page();
    if (Boolean.getBoolean("docs.update")) {
      Files.writeString(PAGE, page);
    }
    assertEquals(
        page, Files.readString(PAGE), "run ./mvnw test -Dtest=MistakesTest -Ddocs.update=true");
  }

  private static List<Check> killers(Mistake mistake) {
    return CHECKS.stream().filter(check -> check.kills(mistake)).toList();
  }

  private static String page() {
    Map<String, List<Mistake>> byArea = new LinkedHashMap<>();
    for (Mistake mistake : Mistake.all()) {
      byArea.computeIfAbsent(mistake.area(), area -> new ArrayList<>()).add(mistake);
    }
    StringBuilder text = new StringBuilder(introduction());
    byArea.forEach(
        (area, mistakes) -> {
          text.append("\n## ").append(Character.toUpperCase(area.charAt(0)));
          text.append(area.substring(1)).append("\n\n");
          text.append("| mistake | what is wrong | what one notices | seen | killed by |\n");
          text.append("|---|---|---|---|---|\n");
          mistakes.forEach(mistake -> text.append(row(mistake)));
        });
    return text.toString();
  }

  private static String introduction() {
    return """
    # Typical mistakes

    %d plausible wrong versions of one piece of GRPO or PPO each. None of them crashes at once, and most train, a little worse than they should. Each is a
    constant of an enum that overrides a method of
    [`Pieces`](../src/main/java/org/grpo4j/course/catalogue/Pieces.java); everything else is the library. %d checks
    (%s) run on the pieces: the library passes all of them, and each mistake must fail at least one. This page is generated and compared by
    [MistakesTest](../src/test/java/org/grpo4j/course/catalogue/MistakesTest.java).

    Where a place is named, the mistake, or the other convention, was read in a snapshot of that code; it may have been corrected since.
    """
        .formatted(Mistake.all().size(), CHECKS.size(), kinds());
  }

  private static String kinds() {
    Map<String, Integer> counts = new LinkedHashMap<>();
    for (Check check : CHECKS) {
      counts.merge(check.kind(), 1, Integer::sum);
    }
    List<String> parts = new ArrayList<>();
    counts.forEach((kind, count) -> parts.add(count + " " + (count == 1 ? kind : plural(kind))));
    return String.join(", ", parts);
  }

  private static String plural(String kind) {
    return kind.endsWith("y") ? kind.substring(0, kind.length() - 1) + "ies" : kind + "s";
  }

  private static String row(Mistake mistake) {
    List<Check> killers = killers(mistake);
    List<String> named = new ArrayList<>();
    for (Check check : killers.subList(0, Math.min(3, killers.size()))) {
      named.add(check.kind() + ": " + check.name());
    }
    String more = killers.size() > 3 ? " and " + (killers.size() - 3) + " more" : "";
    String file = mistake.getDeclaringClass().getSimpleName();
    return "| [%s](../src/main/java/org/grpo4j/course/catalogue/%s.java) | %s | %s | %s | %s |%n"
        .formatted(
            mistake.title(),
            file,
            mistake.story().what(),
            mistake.story().symptom(),
            mistake.story().seen(),
            String.join("; ", named) + more)
        .replace(System.lineSeparator(), "\n");
  }
}
