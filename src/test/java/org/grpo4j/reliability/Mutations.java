package org.grpo4j.reliability;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Small changes to a text, drawn by a seed: what people, editors and disks do to files. */
final class Mutations {

  /** Values where another one is expected. */
  static final List<String> ODD =
      List.of(
          "-1",
          "0",
          "1",
          "0.5",
          "-0.0",
          "1e309",
          "NaN",
          ".inf",
          "null",
          "~",
          "",
          "true",
          "yes",
          "99999999999999999999",
          "0x10",
          "1_000",
          "'",
          "\"",
          "[]",
          "{}",
          "[1, 2]",
          "{a: 1}",
          "{kind: nothing}",
          "{kind: [x]}",
          "{kind: ppo, kind: ppo}",
          "&a [*a]",
          "*a",
          "!!str 5",
          "!!java.lang.Object {}",
          "none",
          "clip",
          "-",
          "- a",
          ": :",
          "#",
          "é😀",
          "\u0000",
          "\t",
          "../../etc/passwd",
          "a".repeat(100_000),
          "[".repeat(2_000),
          "[".repeat(100_000),
          "{a: ".repeat(500));

  private static final Pattern NUMBER = Pattern.compile("-?\\d+(\\.\\d+)?([eE]-?\\d+)?");
  private static final Pattern VALUE = Pattern.compile("(?<=[:=,\\[] ?)[^\\s:=,\\[\\]{}]+");
  private static final Pattern WORD = Pattern.compile("[\\w-]{2,}");
  private static final List<String> INSERTED =
      List.of(
          "\t", "\u0000", "\uFEFF", "\r\n", "\"", "'", "{", "}", "[", "]", ":", ": ", ",", "#",
          "&x ", "*x", "<<: ", "!!int ", "%", "---\n", "...\n", "\\", "\u2028", "é", "- ", "  ");

  private final SplittableRandom random;

  Mutations(long seed) {
    this.random = new SplittableRandom(seed);
  }

  <T> T one(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }

  int number(int bound) {
    return random.nextInt(bound);
  }

  /** The text after one to three changes; another one than {@code text}. */
  String of(String text) {
    String changed = text;
    int changes = 1 + random.nextInt(3);
    for (int i = 0; i < changes || changed.equals(text); i++) {
      changed = once(changed);
    }
    return changed;
  }

  private String once(String text) {
    int at = random.nextInt(text.length() + 1);
    return switch (random.nextInt(10)) {
      case 0 -> text.substring(0, at);
      case 1 -> text.substring(0, at) + one(INSERTED) + text.substring(at);
      case 2 -> at == text.length() ? text : text.substring(0, at) + text.substring(at + 1);
      case 3 -> replaced(text, NUMBER, one(ODD));
      case 4, 5 -> replaced(text, VALUE, one(ODD));
      case 6 -> replaced(text, WORD, one(words(text)));
      case 7 ->
          at == text.length()
              ? text
              : text.substring(0, at)
                  + (char) (text.charAt(at) ^ 1 << random.nextInt(7))
                  + text.substring(at + 1);
      default -> lines(text);
    };
  }

  private static List<String> words(String text) {
    List<String> words = WORD.matcher(text).results().map(MatchResult::group).toList();
    return words.isEmpty() ? List.of("word") : words;
  }

  private String replaced(String text, Pattern what, String by) {
    List<MatchResult> places = what.matcher(text).results().toList();
    if (places.isEmpty()) {
      return text + by;
    }
    MatchResult place = one(places);
    return text.substring(0, place.start()) + by + text.substring(place.end());
  }

  /** A line lost, doubled, moved or indented. */
  private String lines(String text) {
    List<String> lines = new ArrayList<>(text.lines().toList());
    if (lines.isEmpty()) {
      return text + "\n";
    }
    int at = random.nextInt(lines.size());
    switch (random.nextInt(5)) {
      case 0 -> lines.remove(at);
      case 1 -> lines.add(random.nextInt(lines.size() + 1), lines.get(at));
      case 2 -> Collections.swap(lines, at, random.nextInt(lines.size()));
      case 3 -> lines.set(at, "  " + lines.get(at));
      default -> lines.set(at, lines.get(at).strip());
    }
    return String.join("\n", lines) + "\n";
  }
}
