package org.grpo4j.reliability;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.grpo4j.cli.Cli;

/** The rows of {@code check}: the damaged file and no other, with the right word and line. */
final class CheckedRows {

  private static final Pattern ROW = Pattern.compile("(\\S+) +(\\S.*)");
  private static final Pattern LINE = Pattern.compile("(cut|changed) at line (\\d+)");
  private static final Pattern GOOD = Pattern.compile("whole.*|left by .*|damaged, set aside");

  private CheckedRows() {}

  static String problem(Cli check, Path name, byte[] before, Path file) throws IOException {
    String said = " exit " + check.exitCode() + ": ";
    List<String> bad = new ArrayList<>();
    String word = "";
    for (String line : check.out().lines().skip(1).toList()) {
      Matcher row = ROW.matcher(line);
      if (row.matches() && !GOOD.matcher(row.group(2)).matches()) {
        if (row.group(1).equals(name.toString())) {
          word = row.group(2);
        } else if (!row.group(2).equals("missing")) {
          bad.add(line);
        }
      }
    }
    boolean noRun = check.exitCode() == 2 && check.err().contains("no config.yaml");
    boolean otherLedger = name.endsWith("ledger.jsonl") && check.exitCode() == 4 && !bad.isEmpty();
    if (otherLedger || (noRun && name.endsWith("config.yaml"))) {
      return ""; // which of the two belongs to the run nobody can know
    }
    if (check.exitCode() != 4 || word.isEmpty() || !bad.isEmpty()) {
      return "not exactly this file:" + said + word + bad + check.err();
    }
    boolean there = Files.exists(file, LinkOption.NOFOLLOW_LINKS);
    if (word.equals("missing") == there) {
      return "the wrong word: " + word;
    }
    Matcher place = LINE.matcher(word);
    int expected =
        Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
            ? line(before, Files.readAllBytes(file))
            : 0;
    boolean right =
        name.endsWith("ledger.jsonl")
            || !place.matches()
            || expected == Integer.parseInt(place.group(2));
    return right ? "" : "the wrong line: " + word + ", not " + expected;
  }

  private static int line(byte[] before, byte[] now) {
    String[] one = lines(before);
    String[] other = lines(now);
    int at = Arrays.mismatch(one, other);
    return at + 1;
  }

  private static String[] lines(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1).split("(?<=\n)");
  }
}
