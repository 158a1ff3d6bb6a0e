package org.grpo4j.mutation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Every mutant that survives has a reason, or is on the list of those that a test could see and
 * none does yet; a new one is neither. {@code ./mvnw -Pmutation verify} makes the mutants and then
 * runs this class on the report; with {@code -Ddocs.update=true} it records the score too. Without
 * a report the page is compared with the files, and the reasons with the sources.
 */
class MutationTest {

  private static final Path PAGE = Path.of("docs/mutation.md");
  private static final double LEAST_PERCENT = 90;

  @Test
  @EnabledIfSystemProperty(named = "mutation.report", matches = ".+")
  void everySurvivorHasAReasonOrIsKnown() throws IOException {
    MutationReport report = MutationReport.read(Path.of(System.getProperty("mutation.report")));
    MutationFiles.Result result =
        new MutationFiles.Result(
            LocalDate.now(ZoneOffset.UTC).toString(), commit(), report.scores(), "");
    Map<Mutant, Integer> known = new TreeMap<>();
    MutationFiles.reasons().forEach(one -> known.merge(one.mutant(), one.count(), Integer::sum));
    if (Boolean.getBoolean("docs.update")) {
      Map<Mutant, Integer> open = new TreeMap<>(report.survivors());
      known.forEach((mutant, count) -> open.merge(mutant, -count, Integer::sum));
      open.values().removeIf(count -> count <= 0);
      MutationFiles.write(result);
      MutationFiles.writeOpen(open);
      Files.writeString(PAGE, page(result));
    }
    MutationFiles.open().forEach((mutant, count) -> known.merge(mutant, count, Integer::sum));
    assertEquals("", differences(report.survivors(), known), score(result.total()));
    assertTrue(result.total().percent() >= LEAST_PERCENT, score(result.total()));
  }

  private static String differences(Map<Mutant, Integer> found, Map<Mutant, Integer> withReason) {
    StringBuilder text = new StringBuilder();
    found.forEach(
        (mutant, count) -> {
          int known = withReason.getOrDefault(mutant, 0);
          if (count > known) {
            text.append("\nsurvives without a reason, ").append(count - known).append("x: ");
            text.append(mutant);
          }
        });
    withReason.forEach(
        (mutant, count) -> {
          if (found.getOrDefault(mutant, 0) < count) {
            text.append("\nhas a reason and does not survive: ").append(mutant);
          }
        });
    return text.toString();
  }

  private static String commit() throws IOException {
    Process git = new ProcessBuilder("git", "rev-parse", "HEAD").start();
    String answer = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return answer.isBlank() ? "unknown" : answer.strip();
  }

  @Test
  void everyKnownSurvivorIsInALineThatIsThere() throws IOException {
    List<Mutant> known = new ArrayList<>(MutationFiles.open().keySet());
    MutationFiles.reasons().forEach(one -> known.add(one.mutant()));
    List<Mutant> missing = new ArrayList<>();
    for (Mutant mutant : known) {
      boolean there =
          Files.readAllLines(MutationReport.SOURCES.resolve(mutant.file())).stream()
              .anyMatch(line -> line.strip().equals(mutant.line()));
      if (!there) {
        missing.add(mutant);
      }
    }
    assertEquals(List.of(), missing);
  }

  @Test
  void pageIsCurrent() throws IOException {
    String page = page(MutationFiles.result());
    if (Boolean.getBoolean("docs.update")) {
      Files.writeString(PAGE, page);
    }
    assertEquals(
        page, Files.readString(PAGE), "run ./mvnw test -Dtest=MutationTest -Ddocs.update=true");
  }

  private static String page(MutationFiles.Result result) throws IOException {
    StringBuilder text = new StringBuilder(introduction(result));
    text.append("| package | mutants | seen | score |\n|---|---|---|---|\n");
    result.scores().forEach((name, score) -> text.append(row("`" + name + "`", score)));
    text.append(row("all", result.total()));
    Map<Mutant, Integer> open = MutationFiles.open();
    if (!open.isEmpty()) {
      text.append("\n").append(open.values().stream().mapToInt(Integer::intValue).sum());
      text.append(" of those not seen have neither a test nor a reason yet; they are listed in\n");
      text.append("[open.yaml](../src/test/resources/mutation/open.yaml), and a new one fails.\n");
    }
    text.append("\n## Survivors\n\n");
    text.append("| file | line | change | why no test sees it |\n|---|---|---|---|\n");
    for (MutationFiles.Reason reason : MutationFiles.reasons()) {
      Mutant mutant = reason.mutant();
      String name = mutant.file().replaceAll(".*/|\\.java", "");
      text.append(
          "| [%s](../src/main/java/org/grpo4j/%s) | `%s` | %s%s | %s |\n"
              .formatted(
                  name,
                  mutant.file(),
                  mutant.line().replace("|", "\\|"),
                  mutant.change(),
                  reason.count() > 1 ? " (" + reason.count() + " places)" : "",
                  reason.reason()));
    }
    return text.toString();
  }

  private static String row(String name, MutationReport.Score score) {
    return "| %s | %d | %d | %s |\n".formatted(name, score.all(), score.seen(), score(score));
  }

  private static String score(MutationReport.Score score) {
    return String.format(Locale.ROOT, "%.1f %%", score.percent());
  }

  private static String introduction(MutationFiles.Result result) {
    return """
    # Mutation testing

    How much the tests see: [PIT](https://pitest.org) makes one small change to the compiled code at a time (a bound moved by one place, a condition
    negated, an operator exchanged, a call left out, a result emptied), and some test must fail. This is done to the three packages that hold the
    equations and to what came beside them: the tasks whose answers are checked by a solver or by running them, the routing and balance of experts,
    the distance of sampler and learner, truncated sampling, and the readings of a parameter's change. Their unit tests and the golden vectors have to see it;
    finite differences and exact enumeration, which see much more, are left out because they are slow. For the same reason the kernels are not mutated: they are held
    by the readable layers, to which they are compared.

    ```
    ./mvnw -B -Pmutation verify                       # makes the mutants; fails if one survives that is not known
    ./mvnw -B -Pmutation verify -Ddocs.update=true    # records the score here too
    ```

    A single package: `-Dmutation.packages=org.grpo4j.reward.*`, which then lists the reasons of the others as superfluous. The report with every
    line is in `target/mutation/pit-reports`. It takes some minutes on two cores. The reasons are kept in
    [survivors.yaml](../src/test/resources/mutation/survivors.yaml); this page is generated and compared by
    [MutationTest](../src/test/java/org/grpo4j/mutation/MutationTest.java). For mistakes that people make rather than machines, see [mistakes.md](mistakes.md).

    Recorded %s at commit `%s`.%s

    """
        .formatted(
            result.date(), result.commit(), result.note().isEmpty() ? "" : " " + result.note());
  }
}
