package org.grpo4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.grpo4j.advantage.AdvantageEstimator;
import org.grpo4j.advantage.AdvantageInputs;
import org.grpo4j.experiment.trace.TraceInputs;
import org.grpo4j.experiment.trace.TracedCompletion;
import org.grpo4j.experiment.trace.TracedGroup;
import org.grpo4j.experiment.trace.TracedUpdate;
import org.grpo4j.math.DoubleVector;
import org.grpo4j.math.Explanation;
import org.grpo4j.objective.ObjectiveResult;
import org.grpo4j.whatif.WhatIf;
import org.grpo4j.whatif.WhatIfRequest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The report of a real short run in a real browser: every number that is shown is the run's, and
 * what the page computes anew is what the JVM computes.
 */
class ReportPageTest {

  /** The page computes with the same classes, its own exponential included. */
  private static final int ULPS = 0;

  private static final Path EXPERIMENTS = Path.of("experiments");

  @TempDir static Path directory;

  private static Chromium chromium;
  private static ReportedRun run;
  private static ReportedRun offPolicy;

  @BeforeAll
  static void trainAndStart() {
    chromium = new Chromium();
    run =
        ReportedRun.train(
            directory.resolve("one"),
            EXPERIMENTS.resolve("think-add.yaml"),
            6,
            "trace.gradients_every=3");
    // Several steps an update: ratios move, branches clip, and there is a reference policy.
    offPolicy =
        ReportedRun.train(
            directory.resolve("two"),
            EXPERIMENTS.resolve("think-add-deepseekmath.yaml"),
            4,
            "train.inner_epochs=3",
            "train.learning_rate=6e-3");
  }

  @AfterAll
  static void close() {
    chromium.close();
  }

  @Test
  void everyNumberShownIsTheRunsNumber() throws IOException {
    assertEveryNumber(run);
    assertEveryNumber(offPolicy);
  }

  private static void assertEveryNumber(ReportedRun of) throws IOException {
    Map<String, Integer> compared = new TreeMap<>();
    int recomputed = 0;
    int differing = 0;
    try (Chromium.Tab tab = chromium.open(1280, 900, ColorScheme.LIGHT, true)) {
      tab.goTo(of.report());
      Page page = tab.page();
      List<Integer> updates = of.trace().updates();
      for (int update : List.of(updates.get(0), updates.get(updates.size() - 1))) {
        scrubTo(page, update);
        TracedUpdate traced = of.trace().update(update);
        TraceInputs inputs = new TraceInputs(traced);
        for (int step = 0; step < traced.steps().size(); step++) {
          if (traced.steps().size() > 1) {
            page.getByTestId("step").selectOption(String.valueOf(step));
          }
          for (String quantity : quantities(page)) {
            page.getByTestId("quantity").selectOption(quantity);
            List<DisplayedNumber> shown = DisplayedNumber.all(page);
            assertFalse(shown.isEmpty(), quantity);
            for (DisplayedNumber number : shown) {
              double expected = number.ofRun(inputs.completion(number.row()).orElseThrow(), step);
              double tolerance = number.throughExponential() ? 4 * Math.ulp(1.0) : 0;
              assertEquals(expected, number.value(), tolerance, () -> number + " of " + update);
              compared.merge(quantity, 1, Integer::sum);
            }
          }
        }
        Locator badge = page.getByTestId("badge");
        recomputed += Integer.parseInt(badge.getAttribute("data-checked"));
        differing += Integer.parseInt(badge.getAttribute("data-differing"));
        assertTrue(Long.parseLong(badge.getAttribute("data-ulps")) <= ULPS, badge.innerText());
      }
      tab.assertNoComplaint();
    }
    int total = compared.values().stream().mapToInt(Integer::intValue).sum();
    System.out.println(
        of.config().name()
            + ": "
            + total
            + " displayed numbers are the run's "
            + compared
            + "; "
            + recomputed
            + " recomputed by the page, "
            + differing
            + " of them differ in the last bits");
    assertTrue(compared.size() >= 9, compared.toString());
  }

  @Test
  void anEditedRewardChangesWhatTheJvmSaysItChanges() throws IOException {
    int compared = 0;
    int equal = 0;
    for (ReportedRun of : List.of(run, offPolicy)) {
      try (Chromium.Tab tab = chromium.open(1280, 900, ColorScheme.LIGHT, true)) {
        tab.goTo(of.report());
        Page page = tab.page();
        int update = of.trace().updates().get(of.trace().updates().size() - 1);
        scrubTo(page, update);
        TracedUpdate traced = of.trace().update(update);
        TracedGroup group = traced.groups().get(0);
        int row = group.completions().get(1).row();
        page.locator("[data-testid=reward-input][data-row='" + row + "']").fill("3.25");
        page.keyboard().press("Tab");

        ObjectiveResult expected = withReward(of, traced, row, 3.25);
        for (String quantity : List.of("advantage", "coefficient", "loss", "weight", "ratio")) {
          page.getByTestId("quantity").selectOption(quantity);
          for (DisplayedNumber number : DisplayedNumber.all(page)) {
            var term = expected.token(number.row(), number.token());
            double value =
                switch (quantity) {
                  case "advantage" -> term.advantage();
                  case "coefficient" -> term.lossByLogProb();
                  case "loss" -> term.loss();
                  case "weight" -> term.weight();
                  default -> term.ratio();
                };
            assertEquals(value, number.value(), ULPS * Math.ulp(value), number::toString);
            compared++;
            equal += value == number.value() ? 1 : 0;
          }
        }
        assertTrue(page.getByTestId("what-if-summary").innerText().contains("change"));
        page.getByTestId("what-if-reset").click();
        assertEquals(0, page.getByTestId("what-if-summary").count());
        tab.assertNoComplaint();
      }
    }
    System.out.println(
        "what if: "
            + compared
            + " numbers recomputed in the page, "
            + equal
            + " with the JVM's bits");
    assertTrue(compared > 500, "compared " + compared);
  }

  /** The update's first step, had {@code row} been rewarded so: by the classes that trained. */
  private static ObjectiveResult withReward(
      ReportedRun of, TracedUpdate traced, int row, double reward) {
    TraceInputs inputs = new TraceInputs(traced);
    AdvantageEstimator estimator = of.config().advantage().weighted(of.config().reward().weights());
    WhatIfRequest asked = inputs.request(0, estimator, of.config().objective().objective());
    double[] rewards = asked.inputs().rewards().toArray();
    rewards[row] = reward;
    AdvantageInputs changed =
        AdvantageInputs.of(
            DoubleVector.of(rewards), asked.inputs().groups(), asked.inputs().mask());
    return WhatIf.evaluate(
            new WhatIfRequest(
                asked.estimator(),
                asked.objective(),
                changed,
                asked.advantages(),
                asked.miniBatch(),
                asked.rows()))
        .objective();
  }

  @Test
  void aClickExplainsTheNumberDownToTheRewards() throws IOException {
    try (Chromium.Tab tab = chromium.open(1280, 900, ColorScheme.LIGHT, true)) {
      tab.goTo(run.report());
      Page page = tab.page();
      scrubTo(page, 2);
      page.getByTestId("quantity").selectOption("coefficient");
      TracedUpdate traced = run.trace().update(2);
      TraceInputs inputs = new TraceInputs(traced);
      ObjectiveResult result =
          WhatIf.evaluate(
                  inputs.request(0, run.config().advantage(), run.config().objective().objective()))
              .objective();
      int explained = 0;
      for (TracedCompletion completion : traced.groups().get(0).completions()) {
        Locator token =
            page.locator(
                "[data-testid=token][data-row='" + completion.row() + "'][data-token='1']");
        token.click();
        double shown =
            Double.parseDouble(page.getByTestId("explain-value").getAttribute("data-value"));
        assertEquals(result.explain(completion.row(), 1).value(), shown);
        List<Double> nodes = new ArrayList<>();
        for (Locator node : page.getByTestId("tree").locator("li b").all()) {
          nodes.add(Double.valueOf(node.getAttribute("title")));
        }
        assertEquals(values(result.explain(completion.row(), 1)), nodes);
        assertTrue(page.locator("[data-testid=formula] math").count() >= 1);
        explained++;
      }
      assertEquals(run.config().train().groupSize(), explained);
      tab.assertNoComplaint();
    }
  }

  @Test
  void keysMoveTheScrubberAndTheAddressKeepsThePlace() throws IOException {
    try (Chromium.Tab tab = chromium.open(1280, 900, ColorScheme.LIGHT, true)) {
      tab.goTo(run.report());
      Page page = tab.page();
      scrubTo(page, 1);
      page.getByTestId("scrubber").focus();
      page.keyboard().press("ArrowRight");
      page.waitForFunction("() => location.hash.includes('update=2')");
      String address = page.url();
      page.navigate("about:blank");
      page.navigate(address);
      page.waitForFunction("() => document.querySelector('[data-testid=scrubber]').value === '2'");
      assertEquals("2", page.getByTestId("scrubber").inputValue());
      tab.assertNoComplaint();
    }
  }

  @Test
  void noteOnEveryStumblingStone() {
    try (Chromium.Tab tab = chromium.open(1280, 900, ColorScheme.LIGHT, true)) {
      tab.goTo(run.report());
      Page page = tab.page();
      page.getByTestId("badge").waitFor(); // the update is there, too
      Locator buttons = page.locator("[data-note]");
      assertTrue(buttons.count() >= 5, "notes: " + buttons.count());
      List<String> texts = new ArrayList<>();
      for (Locator button : buttons.all()) {
        if (button.isVisible()) {
          button.click();
          texts.add(page.getByTestId("note").first().innerText());
        }
      }
      assertTrue(texts.stream().distinct().count() >= 5, texts.toString());
      assertTrue(texts.stream().noneMatch(String::isBlank));
      tab.assertNoComplaint();
    }
  }

  /** All values of the tree, parents before their parts. */
  private static List<Double> values(Explanation explanation) {
    List<Double> values = new ArrayList<>(List.of(explanation.value()));
    explanation.parts().forEach(part -> values.addAll(values(part)));
    return values;
  }

  private static List<String> quantities(Page page) {
    List<String> values = new ArrayList<>();
    for (Locator option : page.getByTestId("quantity").locator("option").all()) {
      values.add(option.getAttribute("value"));
    }
    assertNotEquals(List.of(), values);
    return values;
  }

  static void scrubTo(Page page, int update) {
    page.getByTestId("scrubber").fill(String.valueOf(update));
    page.waitForFunction(
        "wanted => location.hash.slice(1).split('&').includes('update=' + wanted)", update);
  }
}
