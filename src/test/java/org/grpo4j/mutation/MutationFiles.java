package org.grpo4j.mutation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * The checked-in files: reasons, written by people; the last result and the survivors that nobody
 * has given a reason or a test, written by a run.
 */
final class MutationFiles {

  private static final Path DIRECTORY = Path.of("src/test/resources/mutation");
  private static final Path REASONS = DIRECTORY.resolve("survivors.yaml");
  private static final Path RESULT = DIRECTORY.resolve("result.yaml");
  private static final Path OPEN = DIRECTORY.resolve("open.yaml");

  private MutationFiles() {}

  /**
   * Why a mutant is not seen by any test.
   *
   * @param count how often it occurs in its line
   * @param reason why no test can, or need, see it
   */
  record Reason(Mutant mutant, int count, String reason) {}

  /**
   * The last recorded run.
   *
   * @param date when
   * @param commit of what
   * @param scores by package
   * @param note what a reader has to know beside; empty for nothing
   */
  record Result(String date, String commit, Map<String, MutationReport.Score> scores, String note) {

    MutationReport.Score total() {
      return scores.values().stream()
          .reduce(new MutationReport.Score(0, 0), MutationReport.Score::plus);
    }
  }

  static List<Reason> reasons() throws IOException {
    List<Reason> reasons = new ArrayList<>();
    for (Object one : (List<?>) load(REASONS)) {
      Map<?, ?> entry = (Map<?, ?>) one;
      Mutant mutant = new Mutant(text(entry, "file"), text(entry, "line"), text(entry, "change"));
      Object count = entry.get("count");
      reasons.add(
          new Reason(mutant, count == null ? 1 : (Integer) count, text(entry, "reason").strip()));
    }
    return reasons;
  }

  /** The survivors without a reason, and how often each occurs in its line. */
  static Map<Mutant, Integer> open() throws IOException {
    Map<Mutant, Integer> open = new TreeMap<>();
    for (Object one : (List<?>) load(OPEN)) {
      Map<?, ?> entry = (Map<?, ?>) one;
      Mutant mutant = new Mutant(text(entry, "file"), text(entry, "line"), text(entry, "change"));
      open.put(mutant, (Integer) entry.get("count"));
    }
    return open;
  }

  static void writeOpen(Map<Mutant, Integer> open) throws IOException {
    List<Map<String, Object>> entries = new ArrayList<>();
    open.forEach(
        (mutant, count) -> {
          Map<String, Object> entry = new LinkedHashMap<>();
          entry.put("file", mutant.file());
          entry.put("line", mutant.line());
          entry.put("change", mutant.change());
          entry.put("count", count);
          entries.add(entry);
        });
    Files.writeString(OPEN, new Yaml().dump(entries));
  }

  static Result result() throws IOException {
    Map<?, ?> result = (Map<?, ?>) load(RESULT);
    Map<String, MutationReport.Score> scores = new TreeMap<>();
    ((Map<?, ?>) result.get("packages"))
        .forEach(
            (name, counts) -> {
              Map<?, ?> score = (Map<?, ?>) counts;
              scores.put(
                  name.toString(),
                  new MutationReport.Score(
                      (Integer) score.get("seen"), (Integer) score.get("all")));
            });
    String note = result.get("note") == null ? "" : text(result, "note").strip();
    return new Result(text(result, "date"), text(result, "commit"), scores, note);
  }

  static void write(Result result) throws IOException {
    StringBuilder text = new StringBuilder("# Written by `./mvnw -Pmutation verify");
    text.append(" -Ddocs.update=true`.\n");
    text.append("date: \"").append(result.date()).append("\"\n");
    text.append("commit: \"").append(result.commit()).append("\"\n");
    text.append("packages:\n");
    result
        .scores()
        .forEach(
            (name, score) ->
                text.append(
                    "  %s: {seen: %d, all: %d}\n".formatted(name, score.seen(), score.all())));
    Files.writeString(RESULT, text.toString());
  }

  private static String text(Map<?, ?> entry, String key) {
    Object value = entry.get(key);
    if (!(value instanceof String text) || text.isBlank()) {
      throw new IllegalStateException(key + ": must be a text, got " + value + " in " + entry);
    }
    return text;
  }

  private static Object load(Path file) throws IOException {
    return new Yaml(new SafeConstructor(new LoaderOptions())).load(Files.readString(file));
  }
}
