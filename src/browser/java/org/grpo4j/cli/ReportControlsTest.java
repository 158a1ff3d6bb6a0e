package org.grpo4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a reader touches on the page answers, with the mouse and with the keyboard. */
class ReportControlsTest {

  private static final String IN_VIEW =
      "id => { const r = document.getElementById(id).getBoundingClientRect();"
          + " return r.top < innerHeight && r.bottom > 0; }";

  /** Numbers that reach beyond the box of their token, or are cut off by it. */
  private static final String OUTSIDE =
      "() => [...document.querySelectorAll('.token .q')].filter(q => q.scrollWidth > q.clientWidth"
          + " + 1 || q.getBoundingClientRect().right >"
          + " q.parentElement.getBoundingClientRect().right).map(q => q.innerText)";

  @TempDir static Path directory;

  private static Chromium chromium;
  private static ReportedRun run;
  private Chromium.Tab tab;
  private Page page;

  @BeforeAll
  static void trainAndStart() {
    chromium = new Chromium();
    run = ReportedRun.train(directory, Path.of("experiments", "think-add.yaml"), 6);
  }

  @BeforeEach
  void open() {
    tab = chromium.open(1440, 900, ColorScheme.LIGHT, true);
    tab.goTo(run.report());
    page = tab.page();
    page.getByTestId("badge").waitFor();
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
  void firstScreenShowsAProblemBeforeAndAfterAndWhereToBegin() {
    String example = page.getByTestId("example").innerText();
    assertTrue(example.contains("before training") && example.contains("after"), example);
    assertTrue(example.matches("(?s).*\\d+\\+\\d+=.*(right|wrong).*"), example);
    page.getByText("Look inside an update").click();
    page.waitForFunction(IN_VIEW, "update");
    page.getByText("Change something").click();
    page.waitForFunction(IN_VIEW, "whatif");
    assertTrue(page.getByTestId("problem").count() > 0, "held-out problems");
  }

  @Test
  void badgeAndFactsFollowTheChangeAndLeadBack() {
    String good = page.getByTestId("badge").innerText();
    assertTrue(good.contains("all equal to the run's"), good);
    String dead = page.getByTestId("fact-dead").innerText();
    String clipped = page.getByTestId("fact-clip").innerText();
    page.locator("[data-preset=dead]").click();
    String badge = page.getByTestId("badge").innerText();
    assertTrue(badge.matches("\\d[\\d,]* numbers changed by you · back to the run"), badge);
    assertTrue(page.getByTestId("fact-dead").locator("s").count() == 1, dead);
    page.locator("[data-preset=clip]").click();
    assertTrue(page.getByTestId("fact-clip").locator("s").count() == 1, clipped);
    page.getByTestId("badge").click();
    assertEquals(good, page.getByTestId("badge").innerText());
    assertEquals(dead, page.getByTestId("fact-dead").innerText());
    assertEquals(clipped, page.getByTestId("fact-clip").innerText());
  }

  @Test
  void changedNumbersStayInTheirBoxes() {
    page.locator("[data-preset=clip]").click();
    page.locator("#whatif .settings summary").click();
    page.locator("[data-setting='advantage.estimator']").selectOption("leave-one-out");
    for (String quantity : List.of("coefficient", "loss", "advantage", "ratio", "weight")) {
      page.getByTestId("quantity").selectOption(quantity);
      assertEquals(List.of(), page.evaluate(OUTSIDE), quantity);
    }
  }

  @Test
  void clickOnACurveGoesThere() {
    Locator curve = page.locator("#curves svg").first();
    curve.scrollIntoViewIfNeeded();
    page.evaluate("() => scrollTo(0, 0)");
    curve.click();
    page.waitForFunction("() => /update=[1-9]/.test(location.hash)");
    page.waitForFunction(IN_VIEW, "facts");
  }

  @Test
  void groupOfTheBatchOpensItsCardByMouseAndKeyboard() {
    Locator columns = page.locator("[data-testid=batch] g.pick");
    columns.nth(2).click();
    assertEquals("2", page.getByTestId("batch-card").getAttribute("data-group"));
    columns.nth(2).focus();
    page.keyboard().press("ArrowRight");
    page.keyboard().press("Enter");
    assertEquals("3", page.getByTestId("batch-card").getAttribute("data-group"));
    assertEquals(
        run.config().train().groupSize(), page.locator("#explain table.parts tbody tr").count());
  }

  @Test
  void playHasASpeedAndTheKeyboardKeepsItsPlace() {
    Locator token = page.getByTestId("token").nth(1);
    token.click();
    String row = token.getAttribute("data-token");
    page.keyboard().press("ArrowRight");
    assertEquals("2", focused("data-token"), "from " + row);
    page.keyboard().press("j");
    page.waitForFunction("() => location.hash.includes('update=1')");
    assertEquals("2", focused("data-token"));
    assertEquals(
        1,
        page.locator("[data-testid=completion] .tokens").first().locator("[tabindex='0']").count());
    page.getByTestId("speed").selectOption("2"); // 15 a second
    page.getByTestId("play").click();
    page.waitForFunction(
        "() => location.hash.includes('update=5')",
        null,
        new Page.WaitForFunctionOptions().setTimeout(3000));
  }

  private Object focused(String name) {
    return page.evaluate("name => document.activeElement.getAttribute(name)", name);
  }

  @Test
  void pictureAndLinkLeaveThePage() throws Exception {
    Locator svg = page.locator("#curves").getByTestId("save-svg").first();
    Download picture = page.waitForDownload(svg::click);
    String text = Files.readString(picture.path());
    assertTrue(text.startsWith("<svg") && text.contains("<path"), text.substring(0, 80));
    Locator png = page.locator("#curves").getByTestId("save-png").first();
    Download image = page.waitForDownload(png::click);
    assertTrue(ImageIO.read(image.path().toFile()).getWidth() > 600);
  }

  /** The clipboard itself says what was copied; the button only says that it was. */
  @Test
  void copiedLinkIsTheViewAndLeadsBackToIt() {
    page.context().grantPermissions(List.of("clipboard-read", "clipboard-write"));
    page.getByTestId("token").nth(3).click();
    page.waitForFunction("() => location.hash.includes('number=coefficient')");
    page.getByTestId("copy-link").click();
    page.waitForFunction(
        "() => document.querySelector('[data-testid=copy-link]').textContent === 'Copied'");
    String copied = (String) page.evaluate("() => navigator.clipboard.readText()");
    assertEquals(page.url(), copied);
    String title = page.locator("#explain .crumbs").innerText();
    page.navigate("about:blank");
    page.navigate(copied);
    page.getByTestId("explain-title").waitFor();
    assertEquals(title, page.locator("#explain .crumbs").innerText());
  }

  @Test
  void tourLeadsFromTheRewardToWhatIfByKeyboardAndRemembersNothing() {
    page.getByTestId("tour").focus();
    page.keyboard().press("Enter");
    List<String> titles = new ArrayList<>();
    List<String> asked = new ArrayList<>();
    for (int step = 1; step <= 6; step++) {
      Locator shown = page.getByTestId("tour-step");
      assertTrue(shown.innerText().startsWith("Tour, step " + step + " of 6"), shown.innerText());
      assertEquals("tour-next", focused("data-testid"));
      titles.add(shown.locator("h3").innerText());
      if (step < 6) {
        asked.add(page.getByTestId("explain-title").innerText());
        page.keyboard().press("Enter");
      }
    }
    assertEquals(
        List.of(
            "The reward",
            "The advantage",
            "The clip",
            "The coefficient",
            "The probability",
            "What if?"),
        titles);
    assertEquals(5, Set.copyOf(asked).size(), "another number at each step: " + asked);
    page.waitForFunction(IN_VIEW, "whatif");
    page.getByTestId("tour-back").click();
    assertEquals("The probability", page.getByTestId("tour-step").locator("h3").innerText());
    page.keyboard().press("Escape");
    assertEquals(0, page.getByTestId("tour-step").count());
    assertEquals("tour", focused("data-testid"));
    page.reload();
    page.getByTestId("badge").waitFor();
    assertEquals(0, page.getByTestId("tour-step").count());
    assertEquals(
        "grpo4j-theme",
        page.evaluate("() => Object.keys({...localStorage, ...sessionStorage}).join()"));
  }

  @Test
  void threeEstimatorsStandSideBySide() {
    page.getByTestId("estimators-of-group").first().click();
    Locator rows = page.getByTestId("estimators").locator("tbody tr");
    assertEquals(run.config().train().groupSize(), rows.count());
    Locator first = rows.first().locator("td");
    assertEquals(6, first.count());
    double shown = Double.parseDouble(first.nth(0).getAttribute("data-value"));
    String traced = page.locator("[data-number=advantage]").first().getAttribute("data-value");
    assertEquals(Double.parseDouble(traced), shown, 0);
  }

  @Test
  void everyNumberNamesItsEquationAndItsLineOfCode() throws Exception {
    Path among = Files.createDirectories(Path.of("target/browser/report")).resolve("page.html");
    Cli report = Cli.run("report", run.directory().toString(), "--out", among.toString());
    assertEquals(0, report.exitCode(), report.err());
    tab.goTo(among);
    page.getByTestId("token").first().click();
    List<Locator> numbers = page.locator("#explain dl.numbers [data-number]").all();
    assertTrue(numbers.size() >= 9, "numbers: " + numbers.size());
    for (int i = 0; i < numbers.size(); i++) {
      page.locator("#explain dl.numbers [data-number]").nth(i).click();
      String title = page.getByTestId("explain-title").innerText();
      List<Locator> links = page.getByTestId("sources").locator("a").all();
      assertTrue(links.size() >= 2, title);
      for (Locator link : links) {
        String target = link.getAttribute("href").replaceFirst("#.*", "");
        assertTrue(Files.exists(among.getParent().resolve(target)), title + ": " + target);
      }
      if (title.contains("Advantage")) {
        String text = page.getByTestId("sources").innerText();
        assertTrue(text.contains("Eq. 3") && text.contains("GroupRelativeAdvantage.java:"), text);
      }
    }
    tab.goTo(run.report());
    page.getByTestId("token").first().click();
    assertEquals(0, page.getByTestId("sources").locator("a").count(), "sent away: no dead links");
  }
}
