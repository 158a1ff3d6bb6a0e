package org.grpo4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.grpo4j.experiment.trace.TraceExplainer;
import org.grpo4j.experiment.trace.TracedCompletion;
import org.grpo4j.experiment.trace.TracedUpdate;
import org.grpo4j.math.Explanation;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** "What if" on the page of a run with a KL penalty in the reward. */
class WhatIfPageTest {

  private static final int UPDATE = 2;

  @TempDir static Path directory;

  private static Chromium chromium;
  private static ReportedRun run;
  private Chromium.Tab tab;
  private Page page;

  @BeforeAll
  static void trainAndStart() {
    chromium = new Chromium();
    run =
        ReportedRun.train(
            directory,
            Path.of("experiments", "think-add.yaml"),
            3,
            "advantage=leave-one-out",
            "train.learning_rate=6e-3",
            "objective.kl={kind: reward, coefficient: 0.05}");
  }

  @BeforeEach
  void open() {
    tab = chromium.open(1440, 900, ColorScheme.LIGHT, true);
    tab.goTo(run.report());
    page = tab.page();
    ReportPageTest.scrubTo(page, UPDATE);
  }

  @AfterEach
  void quiet() {
    tab.assertNoComplaint();
    tab.close();
  }

  @AfterAll
  static void close() {
    chromium.close();
  }

  @Test
  void anAdvantageIsExplainedDownToScoreAndPenaltyAsInATerminal() throws IOException {
    TracedUpdate update = run.trace().update(UPDATE);
    TraceExplainer explainer =
        new TraceExplainer(update, run.config().advantage(), run.config().objective().objective());
    page.getByTestId("quantity").selectOption("advantage");
    for (TracedCompletion completion : update.groups().get(0).completions()) {
      page.locator("[data-testid=token][data-row='" + completion.row() + "'][data-token='0']")
          .click();
      List<Double> shown = new ArrayList<>();
      for (Locator node : page.getByTestId("tree").locator("li b").all()) {
        shown.add(Double.valueOf(node.getAttribute("title")));
      }
      List<Double> inTerminal = new ArrayList<>();
      collect(explainer.advantage(completion.row(), 0), inTerminal);
      assertEquals(inTerminal, shown);
      assertTrue(inTerminal.contains(completion.reward().total()), "the score is among them");
    }
  }

  private static void collect(Explanation explanation, List<Double> values) {
    values.add(explanation.value());
    explanation.parts().forEach(part -> collect(part, values));
  }

  /** With the page's defaults for whatever a kind needs beside what the run has. */
  @Test
  void everyKindCanBeChosenAndComputes() {
    openSettings();
    int chosen = 0;
    for (String column :
        List.of(
            "advantage.estimator",
            "objective.surrogate",
            "objective.ratioLevel",
            "objective.aggregation")) {
      String select = "[data-setting='" + column + "']";
      for (String kind : values(select + " option")) {
        page.locator(select).selectOption(kind);
        assertEquals(List.of(), page.getByTestId("what-if-problem").allInnerTexts(), kind);
        chosen++;
      }
      page.locator(select).selectOption(values(select + " option").get(0));
    }
    assertTrue(chosen >= 26, "kinds chosen: " + chosen);
  }

  @Test
  void theAddressHoldsSettingsAndAWrongOneIsNamed() {
    goTo("objective.clipLow:0.05;objective.surrogate:two-sided;objective.beta:0.1");
    assertEquals("0.05", page.locator("[data-setting='objective.clipLow']").inputValue());
    assertEquals("two-sided", page.locator("[data-setting='objective.surrogate']").inputValue());
    assertEquals("4", page.locator("[data-setting='objective.delta']").inputValue());
    assertEquals(0, page.getByTestId("what-if-problem").count());
    goTo("objective.clipLo:0.05");
    assertTrue(problem().startsWith("objective.clipLo: is no setting; there are"), problem());
    goTo("objective.surrogate:klip");
    assertEquals("surrogate: there is no kind klip", problem());
    goTo("objective.clipLow:-0.5");
    assertEquals("clipLow: must be at least 0, got -0.5", problem());
  }

  private void goTo(String changes) {
    String address = page.url().replaceAll("#.*", "");
    page.navigate("about:blank");
    page.navigate(address + "#update=" + UPDATE + "&if=" + changes);
    page.getByTestId("what-if-reset").waitFor();
  }

  private String problem() {
    return page.getByTestId("what-if-problem").innerText();
  }

  private void openSettings() {
    if (!page.locator("[data-setting='objective.surrogate']").isVisible()) {
      page.locator("#whatif .settings summary").click();
    }
  }

  private List<String> values(String options) {
    List<String> values = new ArrayList<>();
    for (Locator option : page.locator(options).all()) {
      values.add(option.getAttribute("value"));
    }
    return values;
  }
}
