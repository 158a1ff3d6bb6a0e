package org.grpo4j.house;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The page's scripts can be read; Prettier's part of that is tested in the profile browser. */
class ScriptsTest {

  /** The playground's take what they need of the report's. */
  private static final List<Path> PAGES =
      List.of(
          Path.of("src/main/resources/org/grpo4j/report/page"),
          Path.of("src/main/resources/org/grpo4j/playground/page"));

  private static final int MOST_COLUMNS = 120;
  private static final int MOST_LINES_OF_A_FUNCTION = 60;
  private static final int MOST_LINES_OF_A_FILE = 250;

  private static final Pattern IMPORT =
      Pattern.compile(
          "^import \\{([^}]*)\\} from \"(?:\\./|\\.\\./\\.\\./report/page/)(\\w+\\.js)\";",
          Pattern.MULTILINE);

  private static final Pattern EXPORT =
      Pattern.compile("^export (?:async )?(?:function|const|class) (\\w+)", Pattern.MULTILINE);

  private static List<Path> scripts() throws IOException {
    List<Path> scripts = new ArrayList<>();
    for (Path page : PAGES) {
      scripts.addAll(Sources.files(page, ".js"));
    }
    return scripts;
  }

  @Test
  void scriptsCanBeRead() throws IOException {
    List<String> problems = new ArrayList<>();
    for (Path file : scripts()) {
      List<String> lines = Files.readAllLines(file);
      String name = file.getFileName().toString();
      if (lines.size() > MOST_LINES_OF_A_FILE) {
        problems.add(name + ": at most " + MOST_LINES_OF_A_FILE + " lines, has " + lines.size());
      }
      int function = 0;
      for (int i = 0; i < lines.size(); i++) {
        String line = lines.get(i);
        // What a reader reads is one string, and no program breaks it; nor a table in one.
        boolean prose =
            line.indexOf('\t') > 0 || line.strip().matches("(\\w+: )?[\"`].*|[?:] [\"`].*");
        if (line.length() > MOST_COLUMNS && !prose) {
          problems.add(name + ":" + (i + 1) + ": at most " + MOST_COLUMNS + " columns");
        }
        if (line.matches("(export )?(async )?(function|class) .*")) {
          function = line.contains("class ") ? lines.size() : i;
        } else if (line.equals("}") && i - function + 1 > MOST_LINES_OF_A_FUNCTION) {
          problems.add(
              name + ":" + (function + 1) + ": a function of " + (i - function + 1) + " lines");
        }
      }
    }
    assertEquals(List.of(), problems);
  }

  /**
   * The scripts are modules: what one takes another gives, and nothing is given or taken in vain.
   */
  @Test
  void importsAreExportsOfOthersAndUsed() throws IOException {
    Map<String, Set<String>> exports = new TreeMap<>();
    Map<String, Set<String>> taken = new TreeMap<>();
    List<String> problems = new ArrayList<>();
    for (Path file : scripts()) {
      String text = Files.readString(file);
      String module = file.getFileName().toString();
      Set<String> given = exports.computeIfAbsent(module, name -> new TreeSet<>());
      EXPORT.matcher(text).results().forEach(found -> given.add(found.group(1)));
      String rest = IMPORT.matcher(text).replaceAll("");
      for (MatchResult found : IMPORT.matcher(text).results().toList()) {
        for (String name : found.group(1).strip().split(",\\s*")) {
          taken.computeIfAbsent(found.group(2), from -> new TreeSet<>()).add(name);
          if (!Pattern.compile("\\b" + name + "\\b").matcher(rest).find()) {
            problems.add(module + " does not use " + name);
          }
        }
      }
    }
    taken.forEach((from, names) -> differences(from, names, exports, "does not export ", problems));
    exports.forEach((from, names) -> differences(from, names, taken, "exports in vain ", problems));
    assertEquals(List.of(), problems);
  }

  private static void differences(
      String module,
      Set<String> names,
      Map<String, Set<String>> others,
      String what,
      List<String> problems) {
    Set<String> missing = new TreeSet<>(names);
    missing.removeAll(others.getOrDefault(module, Set.of()));
    missing.forEach(name -> problems.add(module + " " + what + name));
  }
}
