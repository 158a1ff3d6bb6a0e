package org.grpo4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.grpo4j.experiment.trace.TraceInputs;
import org.grpo4j.experiment.trace.TracedCompletion;
import org.grpo4j.experiment.trace.TracedRouting;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The report of a run with experts: which of them a token went through, and how they are loaded.
 */
class ExpertsPageTest {

  private static final String MODEL =
      "{kind: transformer, layers: 2, width: 12, heads: 2, experts: {kind: routed, count: 4,"
          + " width: 12, shared: 0, balance: {kind: none}}}";

  /** Row, place, number, title and colour of each token. */
  private static final String TOKENS =
      "() => [...document.querySelectorAll('.token')].map(t => [t.dataset.row, t.dataset.token,"
          + " t.querySelector('.q').innerText, t.title, t.style.getPropertyValue('--hue'),"
          + " t.dataset.value].join('|'))";

  private static final String PROBABILITIES =
      "() => [...document.querySelectorAll('[data-testid=router] table')].map("
          + "t => [...t.querySelectorAll('.bar-number')].map(one => one.title).join(', '))";

  @TempDir static Path directory;

  private static Chromium chromium;
  private static ReportedRun run;
  private static TraceInputs first;

  /** With so large a learning rate one expert of each block dies. */
  @BeforeAll
  static void trainAndStart() throws IOException {
    chromium = new Chromium();
    Path file = directory.resolve("experts.yaml");
    Files.writeString(file, "name: experts\ntask: think-add\nmodel: " + MODEL + "\n");
    run =
        ReportedRun.train(
            directory,
            file,
            3,
            "cold_start.steps=20",
            "cold_start.peak_learning_rate=3",
            "evaluation.final_problems=4");
    first = new TraceInputs(run.trace().update(0));
  }

  @AfterAll
  static void close() {
    chromium.close();
  }

  private static List<TracedRouting> routing(int row) {
    return first.completion(row).orElseThrow().routing().orElseThrow();
  }

  @Test
  void tokensAreColouredByExpertOfAnyBlockAndTheRouterIsShown() {
    try (Chromium.Tab tab = chromium.open(1280, 900, ColorScheme.DARK, true)) {
      tab.goTo(run.report());
      Page page = tab.page();
      assertEquals(0, page.getByTestId("block").count(), "only where it acts");
      page.getByTestId("quantity").selectOption("expert");
      for (String block : List.of("0", "1")) {
        page.getByTestId("block").selectOption(block);
        assertTokens(page, Integer.parseInt(block));
      }
      page.waitForFunction("() => /colour=expert&block=1/.test(location.hash)");
      page.getByTestId("token").nth(2).focus();
      page.keyboard().press("Enter");
      assertEquals("Expert", page.getByTestId("explain-title").innerText());
      int row = Integer.parseInt(page.getByTestId("token").nth(2).getAttribute("data-row"));
      List<String> expected = new ArrayList<>();
      for (TracedRouting block : routing(row)) {
        List<String> all = new ArrayList<>();
        for (double p : block.probabilities().row(2).toArray()) {
          all.add((String) page.evaluate("p => String(p)", p));
        }
        expected.add(String.join(", ", all));
      }
      assertEquals(expected, page.evaluate(PROBABILITIES));
      assertEquals(4, page.getByTestId("router").locator("tr.chosen").count(), "two a block");
      page.locator("#explain [data-number=coefficient]").first().click();
      Locator folded = page.getByTestId("router");
      assertTrue(folded.locator("summary").innerText().startsWith("Experts: e"));
      assertFalse(folded.locator("table").first().isVisible());
      tab.assertNoComplaint();
    }
  }

  /** Number, title, colour and legend of every token say the same. */
  private static void assertTokens(Page page, int block) {
    String legend = page.getByTestId("legend").innerText();
    List<?> tokens = (List<?>) page.evaluate(TOKENS);
    assertTrue(tokens.size() > 50, tokens.toString());
    for (Object token : tokens) {
      String[] parts = token.toString().split("\\|");
      int t = Integer.parseInt(parts[1]);
      TracedRouting routing = routing(Integer.parseInt(parts[0])).get(block);
      List<Integer> experts = routing.experts().get(t);
      double[] gates = routing.gates().row(t).toArray();
      int top = experts.get(gates[1] > gates[0] ? 1 : 0);
      assertEquals("e" + top, parts[2]);
      assertEquals(top, Integer.parseInt(parts[5]));
      assertTrue(parts[3].contains("Expert: e" + top + " × "), parts[3]);
      assertEquals(25 + 90 * top, Double.parseDouble(parts[4]));
      assertTrue(legend.contains("e" + top + " "), legend);
    }
  }

  @Test
  void loadsAreDrawnAndDeadExpertsNamed() {
    try (Chromium.Tab tab = chromium.open(1280, 900, ColorScheme.LIGHT, true)) {
      tab.goTo(run.report());
      for (int block = 0; block < 2; block++) {
        Locator chart = tab.page().locator("[data-chart=experts-block" + block + "]");
        chart.scrollIntoViewIfNeeded();
        chart.locator("path").first().waitFor();
        assertEquals(5, chart.locator("path").count(), "four experts and the even load");
        String text = chart.innerText();
        assertTrue(text.matches("(?s)Load of the experts, block \\d.*"), text);
        assertTrue(text.endsWith("Dead in the last update: " + unused(text) + "."), text);
      }
      tab.assertNoComplaint();
    }
  }

  /** The experts whose share in the chart's legend is 0; at least one. */
  private static String unused(String chart) {
    List<String> names = new ArrayList<>();
    Matcher share = Pattern.compile("(e\\d)\\s+([\\d.]+)").matcher(chart);
    while (share.find()) {
      if (Double.parseDouble(share.group(2)) == 0) {
        names.add(share.group(1));
      }
    }
    assertFalse(names.isEmpty(), chart);
    return String.join(", ", names);
  }

  @Test
  void theTerminalNamesTheExpertsOfATokenToo() {
    String directory = run.directory().toString();
    Cli all = Cli.run("explain", directory, "--update", "0", "--completion", "0");
    TracedCompletion completion = first.completion(firstRow()).orElseThrow();
    String chosen = "";
    for (TracedRouting block : completion.routing().orElseThrow()) {
      List<Integer> experts = block.experts().get(1);
      chosen += " " + experts.get(0) + "+" + experts.get(1);
    }
    assertTrue(all.out().lines().anyMatch(l -> l.matches("t +token .* experts *")), all.out());
    String second = all.out().lines().filter(l -> l.startsWith("1 ")).findFirst().orElseThrow();
    assertTrue(second.stripTrailing().endsWith(chosen), second + " should end with" + chosen);
    Cli one = Cli.run("explain", directory, "--update", "0", "--token", "1");
    String gates = "experts       block 1: " + chosen.split("[ +]", -1)[3] + " x ";
    assertTrue(one.out().contains(gates), one.out());
  }

  private static int firstRow() {
    try {
      return run.trace().update(0).groups().get(0).completions().get(0).row();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void rulesOfAccessibilityHold() {
    AxeRules.assertKept(
        chromium,
        run.report(),
        page -> {
          page.getByTestId("quantity").selectOption("expert");
          page.getByTestId("token").nth(2).click();
        });
  }
}
