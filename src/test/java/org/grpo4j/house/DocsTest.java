package org.grpo4j.house;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * README and docs tell the truth about the sources: every link leads somewhere, a link to a line
 * leads to the line that its text quotes, and every equation number used in the sources is one of
 * {@code docs/equations.md}.
 *
 * <p>Line numbers drift; {@code mvn test -Dtest=DocsTest -Ddocs.update=true} writes them anew.
 */
class DocsTest {

  private static final Path EQUATIONS = Path.of("docs/equations.md");
  private static final Pattern LINK = Pattern.compile("\\[(`[^`]*`|[^\\]\\[]*)\\]\\(([^)\\s]+)\\)");
  private static final Pattern LINE = Pattern.compile("(.*)#L(\\d+)");
  private static final Pattern NUMBER = Pattern.compile("Eqs?\\.\\s(\\d+)(?:(?:, | and )(\\d+))?");
  private static final Pattern HEADING = Pattern.compile("(?m)^### Eq\\. (\\d+) .*$");

  @Test
  void everyLinkLeadsSomewhere() throws IOException {
    List<String> broken = new ArrayList<>();
    for (Path page : pages()) {
      Matcher link = LINK.matcher(Files.readString(page));
      while (link.find()) {
        String target = link.group(2);
        if (!target.contains("://") && !target.startsWith("mailto:")) {
          check(page, link.group(1), target, broken);
        }
      }
    }
    assertEquals(List.of(), broken);
  }

  @Test
  void everyEquationOfTheSourcesIsInTheList() throws IOException {
    Set<Integer> known = equations();
    List<String> unknown = new ArrayList<>();
    List<Path> sources = new ArrayList<>(Sources.under(Path.of("src/main/java")));
    sources.addAll(Sources.under(Path.of("src/test/java")));
    for (Path file : sources) {
      // A line break inside a comment may separate "Eq." from its number.
      String text = Files.readString(file).replaceAll("\\n\\s*\\*\\s", " ");
      Matcher number = NUMBER.matcher(text);
      while (number.find()) {
        for (int group = 1; group <= 2; group++) {
          if (number.group(group) != null
              && !known.contains(Integer.valueOf(number.group(group)))) {
            unknown.add(file + ": Eq. " + number.group(group));
          }
        }
      }
    }
    assertEquals(List.of(), unknown);
  }

  @Test
  void everyEquationNamesItsCode() throws IOException {
    String text = Files.readString(EQUATIONS);
    Matcher heading = HEADING.matcher(text);
    List<Integer> starts = new ArrayList<>();
    while (heading.find()) {
      starts.add(heading.start());
    }
    assertTrue(starts.size() >= 20, "headings of the form '### Eq. n title': " + starts.size());
    starts.add(text.length());
    for (int i = 0; i + 1 < starts.size(); i++) {
      String section = text.substring(starts.get(i), starts.get(i + 1));
      assertTrue(
          section.contains("Code: none;")
              || section.matches("(?s).*\\]\\(\\.\\./src/main/java/[^)]*#L\\d+\\).*"),
          "no link to a line of code in: " + section.lines().findFirst().orElse(""));
    }
  }

  @Test
  void everyPackageIsOnTheMap() throws IOException {
    String map = Files.readString(Path.of("docs/map.md"));
    for (Path guide : Sources.files(Path.of("src/main/java"), "package-info.java")) {
      String link = "(../" + guide.toString().replace('\\', '/') + ")";
      assertTrue(map.contains(link), "docs/map.md: no link " + link);
    }
  }

  private static List<Path> pages() throws IOException {
    List<Path> pages = new ArrayList<>(Sources.files(Path.of("docs"), ".md"));
    pages.add(Path.of("README.md"));
    for (Path page : pages) {
      if (Boolean.getBoolean("docs.update")) {
        rewriteLineNumbers(page);
      }
    }
    return pages;
  }

  private static Set<Integer> equations() throws IOException {
    Set<Integer> numbers = new TreeSet<>();
    Matcher heading = HEADING.matcher(Files.readString(EQUATIONS));
    while (heading.find()) {
      assertTrue(numbers.add(Integer.valueOf(heading.group(1))), heading.group() + ": used twice");
    }
    return numbers;
  }

  private static void check(Path page, String text, String target, List<String> broken)
      throws IOException {
    String where = page + ": [" + text + "](" + target + "): ";
    Matcher line = LINE.matcher(target);
    if (line.matches()) {
      Path file = resolve(page, line.group(1));
      if (!Files.isRegularFile(file)) {
        broken.add(where + "there is no such file");
      } else if (!quotes(Files.readAllLines(file), Integer.parseInt(line.group(2)), text)) {
        broken.add(
            where + "the line does not read so (-Ddocs.update=true writes the numbers anew)");
      }
      return;
    }
    int hash = target.indexOf('#');
    Path file = hash == 0 ? page : resolve(page, hash < 0 ? target : target.substring(0, hash));
    if (!Files.exists(file)) {
      broken.add(where + "there is no such file");
    } else if (hash >= 0 && !anchors(file).contains(target.substring(hash + 1))) {
      broken.add(where + "there is no such heading");
    }
  }

  private static Path resolve(Path page, String target) {
    Path parent = page.getParent();
    return (parent == null ? Path.of(target) : parent.resolve(target)).normalize();
  }

  /** True if line {@code number}, from 1, contains the code that {@code text} quotes. */
  private static boolean quotes(List<String> lines, int number, String text) {
    return number >= 1
        && number <= lines.size()
        && lines.get(number - 1).contains(text.replace("`", ""));
  }

  /** The anchors that GitHub makes of the headings of a page. */
  private static Set<String> anchors(Path page) throws IOException {
    Set<String> anchors = new TreeSet<>();
    for (String line : Files.readAllLines(page)) {
      if (line.startsWith("#")) {
        String title = line.replaceFirst("^#+\\s*", "").toLowerCase(Locale.ROOT);
        anchors.add(title.replaceAll("[^\\p{L}\\p{N}\\- _]", "").replace(' ', '-'));
      }
    }
    return anchors;
  }

  /** Points every link to a line at the line nearest to it that reads as the link's text. */
  private static void rewriteLineNumbers(Path page) throws IOException {
    String text = Files.readString(page);
    StringBuilder rewritten = new StringBuilder();
    Matcher link = LINK.matcher(text);
    while (link.find()) {
      Matcher line = LINE.matcher(link.group(2));
      String replacement = link.group();
      if (line.matches() && Files.isRegularFile(resolve(page, line.group(1)))) {
        List<String> lines = Files.readAllLines(resolve(page, line.group(1)));
        int old = Integer.parseInt(line.group(2));
        int best = 0;
        for (int number = 1; number <= lines.size(); number++) {
          boolean nearer = best == 0 || Math.abs(number - old) < Math.abs(best - old);
          if (nearer && quotes(lines, number, link.group(1))) {
            best = number;
          }
        }
        if (best > 0) {
          replacement = "[" + link.group(1) + "](" + line.group(1) + "#L" + best + ")";
        }
      }
      link.appendReplacement(rewritten, Matcher.quoteReplacement(replacement));
    }
    link.appendTail(rewritten);
    if (!text.contentEquals(rewritten)) {
      Files.writeString(page, rewritten);
    }
  }
}
