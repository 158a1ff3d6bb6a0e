package org.grpo4j.course.answers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.grpo4j.course.judge.Finding;
import org.grpo4j.course.judge.Question;
import org.grpo4j.course.source.RealSource;
import org.grpo4j.math.DoubleVector;
import org.grpo4j.math.Numbers;

/**
 * The lab whose answers are numbers: every student has a {@link SmallWorld} of their own, and every
 * right number is found by listing all its groups.
 */
public final class EnumerationLab {

  private static final int LAB = 8;

  /** Four figures of an answer must be right. */
  private static final double TOLERANCE = 5e-4;

  private EnumerationLab() {}

  /** The world of a student. */
  static SmallWorld world(String student) {
    return SmallWorld.drawn(AnswerSheet.drawsOf(student, LAB, 0));
  }

  /** Writes the sheet with the student's own numbers, and a program to begin with. */
  public static void write(Path project, String student) throws IOException {
    Files.writeString(project.resolve(AnswerSheet.FILE), sheet(student));
    Path sources = Files.createDirectories(project.resolve("src/main/java"));
    Files.writeString(
        sources.resolve("Enumerate.java"), RealSource.resource("lab8/Enumerate.java"));
  }

  /** The sheet to fill in. */
  static String sheet(String student) {
    SmallWorld world = world(student);
    StringBuilder text = new StringBuilder();
    text.append("# One prompt; each of the symbols a, b and c is a whole completion.\n");
    text.append("#\n#   symbol                      a      b      c\n");
    text.append(row("probability under pi", world.probabilities()));
    text.append(row("probability under ref", world.reference()));
    text.append(row("reward", world.rewards()));
    text.append("#\n# Groups of G = ").append(world.groupSize()).append(". ");
    text.append("A hard prompt is answered right with probability ").append(world.hard());
    text.append(",\n# a medium one with ").append(world.medium());
    text.append(". The policy is a soft-max of logits z_a, z_b, z_c.\n");
    text.append("#\n# Four figures, or a fraction such as 3/4. One point each.\n");
    for (EnumerationQuestion question : EnumerationQuestion.all()) {
      text.append("\n# ").append(question.text()).append('\n');
      text.append(question.id()).append(": \"").append(AnswerSheet.OPEN).append("\"\n");
    }
    return text.toString();
  }

  private static String row(String name, DoubleVector of) {
    return "#   %-24s %6s %6s %6s%n"
        .formatted(
            name, Numbers.brief(of.get(0)), Numbers.brief(of.get(1)), Numbers.brief(of.get(2)));
  }

  /** The judgement of a sheet; a wrong answer is not told the right one. */
  public static List<Finding> judge(AnswerSheet sheet, String student) {
    SmallWorld world = world(student);
    List<Finding> findings = new ArrayList<>();
    for (EnumerationQuestion question : EnumerationQuestion.all()) {
      Optional<String> fault = fault(question, sheet, world);
      findings.add(
          new Finding(
              new Question(LAB, question.id(), 1, 0),
              fault.map(
                  sentence ->
                      new Finding.Fault(sentence, "", sheet.text(question.id()), "", List.of()))));
    }
    return findings;
  }

  private static Optional<String> fault(
      EnumerationQuestion question, AnswerSheet sheet, SmallWorld world) {
    OptionalDouble answer = sheet.number(question.id());
    if (answer.isEmpty()) {
      return Optional.of(
          sheet.text(question.id()).equals(AnswerSheet.OPEN)
              ? "not answered yet"
              : "must be a number or a fraction");
    }
    double right = question.answer().applyAsDouble(world);
    if (agree(answer.getAsDouble(), right)) {
      return Optional.empty();
    }
    return Optional.of(
        question.wrong().stream()
            .filter(wrong -> agree(answer.getAsDouble(), wrong.value().applyAsDouble(world)))
            .findFirst()
            .map(wrong -> "wrong: this is " + wrong.what())
            .orElse("wrong, by enumeration of all groups"));
  }

  private static boolean agree(double answer, double value) {
    return Math.abs(answer - value) <= TOLERANCE * Math.abs(value) + 1e-12;
  }
}
