package org.grpo4j.reliability;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.grpo4j.cli.Cli;

/** Command lines that are drawn: commands with options of their own and of others, odd values. */
final class CommandLines {

  private static final Pattern OPTION = Pattern.compile("--[a-z][a-z-]+");

  /** What would take long, start other processes or wait; a wrong option at the end prevents it. */
  private static final List<String> HEAVY =
      List.of("bench", "shell", "course", "compare", "experiment");

  private final Mutations mutations;
  private final Map<String, List<String>> options = new TreeMap<>();
  private final List<String> values = new ArrayList<>(Mutations.ODD);
  private final String runs;

  CommandLines(Mutations mutations, Path directory) throws IOException {
    this.mutations = mutations;
    this.runs = directory.resolve("runs").toString();
    Path run =
        TinyRuns.whole(
            TinyRuns.experiment(directory, TinyRuns.Kind.GRPO), directory.resolve("one"));
    Path file = Files.writeString(directory.resolve("a file.txt"), "text\n");
    for (String command :
        List.of(
            "train",
            "compare",
            "experiment",
            "eval",
            "explain",
            "replay",
            "report",
            "serve",
            "export",
            "verify",
            "course",
            "shell",
            "bench",
            "check")) {
      List<String> found =
          OPTION
              .matcher(Cli.run(command, "--help").out())
              .results()
              .map(MatchResult::group)
              .toList();
      options.put(command, found.isEmpty() ? List.of("--help") : found);
    }
    for (int i = 0; i < 12; i++) {
      values.addAll(List.of(run.toString(), "1", "0", "train.updates=1"));
    }
    values.addAll(
        List.of(
            file.toString(),
            directory.toString(),
            "last",
            "nowhere",
            "1-3",
            "A=b.yaml",
            "--",
            "@file",
            "-x",
            "--stack",
            "=",
            "--set=",
            "--quiet=maybe",
            "http://x/",
            "a\nb"));
    values.removeIf(value -> value.length() > 50_000);
  }

  List<String> draw() {
    List<String> words = new ArrayList<>();
    String command = mutations.one(List.copyOf(options.keySet()));
    words.add(mutations.number(20) == 0 ? mutations.one(Mutations.ODD) : command);
    String of = mutations.number(8) == 0 ? mutations.one(List.copyOf(options.keySet())) : command;
    int count = mutations.number(6);
    for (int i = 0; i < count; i++) {
      String option = mutations.one(options.get(of));
      boolean harmless =
          !option.equals("--out")
              && !option.equals("--resume")
              && !option.equals("--debug")
              && !option.equals("--accept")
              && !option.equals("--stack-trace");
      words.add(mutations.number(2) == 0 && harmless ? option : mutations.one(values));
    }
    if (HEAVY.contains(words.get(0))) {
      words.add("--no-such-option");
    } else if (List.of("train", "export", "report").contains(words.get(0))) {
      words.addAll(List.of("--out", runs));
    }
    return words;
  }
}
