package org.grpo4j.report.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.grpo4j.experiment.files.RunDirectory;
import org.grpo4j.experiment.files.TestRuns;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What has to hold for the page whatever a browser makes of it. */
class ReportPageTest {

  private static final String HOSTILE =
      "</script><script>alert(1)</script><img src=x onerror=alert(2)> &lt; \u2028 {{script}} ${x}"
          + " \" '";
  private static final Pattern ELEMENT =
      Pattern.compile("(?s)<(script|style)( type=\"application/json\" id=\"data\")?>(.*?)</\\1>");

  @TempDir Path temporary;

  @Test
  void nothingThatWasWrittenLeavesTheData() throws IOException {
    RunDirectory run = PageRuns.write(temporary.resolve("hostile__3__t"), 3, HOSTILE);
    String page = ReportPage.of(List.of(run));

    String outside = page.replace(data(page), "");
    assertEquals(-1, outside.indexOf("alert("), "a hostile text got into the page");
    assertFalse(data(page).matches("(?s).*[<>&\u2028].*"), "the data can end their element");
    JsonNode header = json(page).at("/runs/0/trace/header");
    assertEquals(HOSTILE, header.get("experiment").asText(), "and comes back as it was");
    assertEquals(3, elements(page, "script").size(), "data, core and page");
  }

  @Test
  void aHostileNameOfADirectoryIsEscaped() throws IOException {
    Path directory = temporary.resolve("<b>name & <i>__1__t");
    String page = ReportPage.of(List.of(PageRuns.write(directory, 1, "x")));
    assertTrue(
        page.contains("<title>&lt;b&gt;name &amp; &lt;i&gt;, seed 1 - grpo4j</title>"),
        page.substring(0, 1200));
  }

  @Test
  void thePageLoadsNothing() throws IOException {
    String page = ReportPage.of(List.of(PageRuns.write(temporary.resolve("r"), 1, "x")));
    String markup = page.replace(data(page), "");
    for (String tag : List.of("<link", "<img", "<iframe", "<script src", "@import", "url(")) {
      assertFalse(markup.contains(tag), tag);
    }
    Matcher address = Pattern.compile("https?://[^\"'\\s)]+").matcher(markup);
    while (address.find()) {
      assertTrue(address.group().startsWith("http://www.w3.org/"), "loads " + address.group());
    }
    assertTrue(policy(page).startsWith("default-src 'none'; "), policy(page));
    assertFalse(policy(page).contains("unsafe"), policy(page));
    assertFalse(policy(page).contains("connect-src"), policy(page));
  }

  @Test
  void thePolicyAllowsExactlyTheScriptsAndTheStyleOfTheFile()
      throws IOException, NoSuchAlgorithmException {
    String page = ReportPage.of(List.of(PageRuns.write(temporary.resolve("r"), 1, "x")));
    List<String> found = new ArrayList<>();
    Matcher hash = Pattern.compile("'sha256-([^']+)'").matcher(policy(page));
    while (hash.find()) {
      found.add(hash.group(1));
    }
    List<String> expected = new ArrayList<>();
    List<String> scripts = elements(page, "script");
    expected.add(sha256(scripts.get(1)));
    expected.add(sha256(scripts.get(2)));
    expected.add(sha256(elements(page, "style").get(0)));
    assertEquals(expected, found);
  }

  @Test
  void aTracedUpdateComesBackAsItWasWritten() throws IOException {
    RunDirectory run = PageRuns.write(temporary.resolve("r"), 3, HOSTILE);
    JsonNode updates = json(ReportPage.of(List.of(run))).at("/runs/0/trace/updates");
    assertEquals(3, updates.size());
    byte[] packed = Base64.getDecoder().decode(updates.get(1).get("gzip").asText());
    try (GZIPInputStream gzip = new GZIPInputStream(new ByteArrayInputStream(packed))) {
      String line = new String(gzip.readAllBytes(), StandardCharsets.UTF_8);
      assertEquals(PageRuns.traceLine(1, HOSTILE), line);
    }
  }

  @Test
  void aLineThatIsCutOffIsLeftOut() throws IOException {
    RunDirectory run = PageRuns.write(temporary.resolve("r"), 2, "x");
    Files.writeString(run.traceLines(), "{\"update\":2,\"batch\":{", StandardOpenOption.APPEND);
    JsonNode trace = json(ReportPage.of(List.of(run))).at("/runs/0/trace");
    assertEquals(2, trace.get("updates").size());
  }

  @Test
  void aLongTraceIsThinnedToStayBelowFiveMegabytes() throws IOException {
    RunDirectory run = PageRuns.write(temporary.resolve("r"), 400, noise(30_000));
    Path file = temporary.resolve("report.html");
    ReportPage.write(List.of(run), file);
    assertTrue(Files.size(file) < 5_000_000, "bytes: " + Files.size(file));
    JsonNode trace = json(Files.readString(file)).at("/runs/0/trace");
    assertEquals(400, trace.get("total").asInt());
    List<Integer> kept = new ArrayList<>();
    trace.get("updates").forEach(update -> kept.add(update.get("update").asInt()));
    assertEquals(0, kept.get(0));
    assertEquals(399, kept.get(kept.size() - 1), "the last update is kept");
    assertEquals(5, kept.get(1), "every fifth");
  }

  @Test
  void severalRunsShareTheRoom() throws IOException {
    RunDirectory one = PageRuns.write(temporary.resolve("one"), 100, noise(30_000));
    RunDirectory two = PageRuns.write(temporary.resolve("two"), 1, "x");
    JsonNode runs = json(ReportPage.of(List.of(one, two))).get("runs");
    assertEquals(2, runs.size());
    assertEquals(51, runs.at("/0/trace/updates").size(), "every second of 100, and the last");
    assertEquals(1, runs.at("/1/trace/updates").size());
  }

  @Test
  void aRunThatHasOnlyBegunHasAPage() throws IOException {
    Path directory = Files.createDirectory(temporary.resolve("begun"));
    Files.writeString(directory.resolve("config.yaml"), "name: begun\nseed: 1\n");
    JsonNode run = json(ReportPage.of(List.of(TestRuns.accept(directory)))).at("/runs/0");
    assertEquals("running", run.get("status").asText());
    assertEquals(0, run.at("/trace/updates").size());
  }

  @Test
  void settingsAreThoseTheCoreTakes() throws IOException {
    RunDirectory run = PageRuns.write(temporary.resolve("r"), 1, "x");
    JsonNode objective = json(ReportPage.of(List.of(run))).at("/runs/0/what_if/objective");
    assertEquals(
        "{\"surrogate\":\"clip\",\"clipLow\":0.2,\"clipHigh\":0.3,\"ratioLevel\":\"token\","
            + "\"aggregation\":\"sequence-mean-token-mean\",\"emptyRows\":\"count\",\"beta\":0.04,"
            + "\"klEstimator\":\"k3\",\"klRatioWeighted\":\"false\",\"klFrom\":\"frozen\","
            + "\"entropyCoefficient\":0.0}",
        objective.toString());
  }

  /** Text that does not shrink much when packed. */
  private static String noise(int length) {
    SplittableRandom random = new SplittableRandom(1);
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      text.append((char) ('0' + random.nextInt(75)));
    }
    return text.toString().replace('\\', '/');
  }

  private static JsonNode json(String page) throws IOException {
    return new ObjectMapper().readTree(data(page));
  }

  private static String data(String page) {
    return elements(page, "script").get(0);
  }

  private static List<String> elements(String page, String tag) {
    List<String> found = new ArrayList<>();
    Matcher element = ELEMENT.matcher(page);
    while (element.find()) {
      if (element.group(1).equals(tag)) {
        found.add(element.group(3));
      }
    }
    return found;
  }

  private static String policy(String page) {
    Matcher policy =
        Pattern.compile("Content-Security-Policy\" content=\"([^\"]*)\"").matcher(page);
    assertTrue(policy.find(), "the page has a policy");
    return policy.group(1);
  }

  private static String sha256(String text) throws NoSuchAlgorithmException {
    byte[] digest =
        MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    return Base64.getEncoder().encodeToString(digest);
  }
}
