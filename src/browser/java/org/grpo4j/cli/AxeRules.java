package org.grpo4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The rules of accessible pages, as axe-core asks for them. */
public final class AxeRules {

  private static final String VIOLATIONS =
      "async () => (await axe.run({resultTypes: ['violations'], preload: false})).violations.flatMap(v => v.nodes.map(n => v.id + ': ' +"
          + " n.target + ' ' + (n.any[0]?.message ?? '')))";

  private AxeRules() {}

  /** Something a reader does before the rules are asked again. */
  public interface Deed {
    void to(Page page);
  }

  /** Asks the rules after each of the deeds, in a wide light window and in a narrow dark one. */
  public static void assertKept(Chromium chromium, Path file, Deed... deeds) {
    List<String> violations = new ArrayList<>();
    for (ColorScheme theme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
      int width = theme == ColorScheme.LIGHT ? 1440 : 390; // colours and layout: each is seen once
      try (Chromium.Tab tab = chromium.open(width, 900, theme, true)) {
        tab.goTo(file);
        tab.add(Library.text("axe.min.js"));
        for (int i = 0; i < deeds.length; i++) {
          deeds[i].to(tab.page());
          tab.page().waitForTimeout(400); // transitions
          String where = theme + " " + width + ", deed " + i + ": ";
          for (Object violation : (List<?>) tab.page().evaluate(VIOLATIONS)) {
            violations.add(where + violation);
          }
        }
        tab.assertNoComplaint();
      }
    }
    assertEquals(List.of(), violations);
  }
}
