package org.grpo4j.course.answers;

import com.fasterxml.jackson.core.type.TypeReference;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import org.grpo4j.course.source.CourseYaml;
import org.grpo4j.experiment.files.AtomicFiles;

/**
 * Answers of a student, by name of the question: what stands in a file of YAML.
 *
 * @param file where they were read
 * @param answers the text of each
 */
public record AnswerSheet(Path file, Map<String, String> answers) {

  /** The mark of a question that was not answered yet. */
  public static final String OPEN = "?";

  /** The name of the file that a student fills in. */
  public static final String FILE = "answers.yaml";

  private static final long MOST_BYTES = 1 << 20;

  public AnswerSheet {
    answers = new LinkedHashMap<>(answers);
  }

  /**
   * The answers in {@code file}, lines {@code question: answer}.
   *
   * @throws IllegalArgumentException if it is not there, too large or no such file; names the place
   */
  public static AnswerSheet read(Path file) {
    try {
      if (!Files.isRegularFile(file) || Files.size(file) > MOST_BYTES) {
        throw new IllegalArgumentException(
            file + ": must be a file of at most 1 MiB; `course start` writes one to fill in");
      }
      Map<String, Object> read =
          CourseYaml.read(
              Files.readString(file), file.toString(), new TypeReference<Map<String, Object>>() {});
      Map<String, String> answers = new LinkedHashMap<>();
      read.forEach((question, answer) -> answers.put(question, String.valueOf(answer).strip()));
      return new AnswerSheet(file, answers);
    } catch (IOException e) {
      throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
    }
  }

  /** The answer, {@link #OPEN} if there is none. */
  public String text(String question) {
    String answer = answers.getOrDefault(question, OPEN);
    return answer.isEmpty() || answer.equals("null") ? OPEN : answer;
  }

  /** The answer as a number; a fraction such as {@code 3/4} is one too. */
  public OptionalDouble number(String question) {
    String[] parts = text(question).split("/", -1);
    try {
      double number = Double.parseDouble(parts[0].strip());
      if (parts.length == 2) {
        number /= Double.parseDouble(parts[1].strip());
      }
      boolean isNumber = parts.length <= 2 && Double.isFinite(number);
      return isNumber ? OptionalDouble.of(number) : OptionalDouble.empty();
    } catch (NumberFormatException e) {
      return OptionalDouble.empty();
    }
  }

  /**
   * The draws of a student's share of a lab, the same on every machine. A year may be part of the
   * name: {@code 2027-ada} draws something else than {@code 2026-ada}.
   *
   * @param seed of the lab
   */
  public static SplittableRandom drawsOf(String student, int lab, long seed) {
    String key = student.strip() + "\n" + lab + "\n" + seed;
    byte[] hash = AtomicFiles.sha256().digest(key.getBytes(StandardCharsets.UTF_8));
    return new SplittableRandom(ByteBuffer.wrap(hash).getLong());
  }
}
