package org.grpo4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The scripts are as Prettier formats them. It runs in the browser that is here anyway, so that no
 * build needs Node; {@code -Dformat.update=true} writes them anew.
 */
class FormattedReportPageTest {

  private static final boolean UPDATE = Boolean.getBoolean("format.update");

  private static final Path RESOURCES = Path.of("src/main/resources/org/grpo4j");

  private static final String FORMAT =
      "text => prettier.format(text, {parser: 'babel', plugins: Object.values(prettierPlugins),"
          + " printWidth: 120, arrowParens: 'avoid', trailingComma: 'none', objectWrap:"
          + " 'collapse'})";

  @Test
  void scriptsAreFormatted() throws IOException {
    List<String> others = new ArrayList<>();
    try (Chromium chromium = new Chromium();
        Chromium.Tab tab = chromium.open(800, 600, ColorScheme.LIGHT, true);
        Stream<Path> files = Files.walk(RESOURCES)) {
      for (String part : List.of("standalone.js", "plugins/babel.js", "plugins/estree.js")) {
        tab.add(Library.text("prettier/" + part));
      }
      Page page = tab.page();
      for (Path file : files.filter(path -> path.toString().endsWith(".js")).sorted().toList()) {
        String text = Files.readString(file);
        String formatted = (String) page.evaluate(FORMAT, text);
        if (!formatted.equals(text)) {
          others.add(RESOURCES.relativize(file).toString());
          if (UPDATE) {
            Files.writeString(file, formatted);
          }
        }
      }
    }
    assertEquals(
        List.of(),
        UPDATE ? List.of() : others,
        "scripts to format: ./mvnw -Pbrowser,-gates test -Dtest=FormattedReportPageTest"
            + " -Dformat.update=true");
  }
}
