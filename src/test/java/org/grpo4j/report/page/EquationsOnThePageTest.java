package org.grpo4j.report.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * The page knows the equations and lines of code of {@code docs/equations.md}; {@code
 * -Ddocs.update=true} writes its list anew.
 */
class EquationsOnThePageTest {

  private static final Path LIST =
      Path.of("src/main/resources/org/grpo4j/report/page/equations.js");

  private static final Pattern HEADING_OR_PLACE =
      Pattern.compile(
          "(?m)^### (Eq\\. (\\d+) (.*))$|\\[`([^\n"
              + "]*?)`\\]\\(\\.\\./(src/main/java/[^)#]*)#L(\\d+)\\)");

  @Test
  void listIsThatOfTheDocs() throws IOException {
    String expected = list(Files.readString(Path.of("docs/equations.md")));
    assertTrue(expected.lines().count() > 50, expected);
    if (Boolean.getBoolean("docs.update")) {
      Files.writeString(LIST, expected);
    }
    assertEquals(expected, Files.readString(LIST), "-Ddocs.update=true writes it anew");
  }

  private static String list(String docs) {
    StringBuilder list =
        new StringBuilder(
            "/* Of docs/equations.md: number, title, anchor, file, line, code. A test writes it. */"
                + "\n\nexport const EQUATIONS = String.raw`\n");
    String equation = "";
    Matcher found = HEADING_OR_PLACE.matcher(docs);
    while (found.find()) {
      if (found.group(1) != null) {
        String anchor =
            found.group(1).toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9 -]", "").replace(' ', '-');
        equation = found.group(2) + "\t" + found.group(3) + "\t" + anchor;
      } else {
        String place = found.group(5) + "\t" + found.group(6) + "\t" + found.group(4);
        list.append(equation).append('\t').append(place).append('\n');
      }
    }
    return list.append("`;\n").toString();
  }
}
