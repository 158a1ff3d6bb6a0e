package org.grpo4j.whatif;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.graalvm.polyglot.Value;
import org.grpo4j.advantage.GroupRelativeAdvantage;
import org.grpo4j.objective.GrpoObjective;
import org.grpo4j.objective.TokenTerm;
import org.grpo4j.report.page.WhatIfJson;
import org.grpo4j.verify.VectorCase;
import org.grpo4j.verify.VectorFile;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The page's script computes what the JVM computes, to the last bit. */
class PageAgreementTest {

  private static final Path GOLDEN = Path.of("src/test/resources/golden");
  private static final Path PAGE = Path.of("docs/report.md");
  private static final String BEGIN = "<!-- agreement: written by PageAgreementTest -->\n";
  private static final String END = "<!-- end of agreement -->\n";
  private static final int RANDOM_REQUESTS = 60;

  private static PageCore page;

  @BeforeAll
  static void load() {
    page = new PageCore();
  }

  @AfterAll
  static void close() {
    page.close();
  }

  @Test
  void pageAndJvmAgreeToTheLastBit() throws IOException {
    Agreement golden = new Agreement(page);
    Map<String, Integer> kinds = new TreeMap<>();
    int cases = 0;
    try (Stream<Path> files = Files.list(GOLDEN)) {
      for (Path file : files.filter(one -> one.toString().endsWith(".json")).sorted().toList()) {
        for (VectorCase one : VectorFile.read(file).cases()) {
          cases++;
          Optional<WhatIfRequest> request = GoldenRequests.of(one);
          if (request.isPresent()) {
            isWhatTheCaseExpects(one, golden.compare(one.name(), request.get()));
            kinds.merge(one.kind(), 1, Integer::sum);
          }
        }
      }
    }
    Agreement random = new Agreement(page);
    RandomRequests requests = new RandomRequests(1);
    for (int i = 0; i < RANDOM_REQUESTS; i++) {
      random.compare("random request " + i, requests.next());
    }
    assertEquals("", golden.firstDifference());
    assertEquals("", random.firstDifference());
    assertTrue(golden.requests() >= 120, "golden cases covered: " + golden.requests());
    assertTrue(golden.numbers() > 5_000 && random.explained() > 1_000);
    documentIsCurrent(section(golden, random, kinds, cases));
  }

  private static void isWhatTheCaseExpects(VectorCase one, WhatIfResult result) {
    JsonNode expected = one.expected();
    if (one.kind().startsWith("advantage")) {
      JsonNode advantages = expected.get("advantages");
      for (int i = 0; i < advantages.size(); i++) {
        if (advantages.get(i).isArray()) {
          for (int t = 0; t < advantages.get(i).size(); t++) {
            close(one, advantages.get(i).get(t), result.advantages().get(i, t));
          }
        } else {
          close(one, advantages.get(i), result.rowAdvantages().get(i));
        }
      }
      return;
    }
    JsonNode loss = expected.has("value") ? expected.get("value") : expected.get("loss");
    if (loss != null && loss.isNumber() && !one.kind().equals("ppo_loss")) {
      close(one, loss, result.loss().orElseThrow());
    }
    for (WhatIfRow row : result.request().rows()) {
      for (int t = 0; t < result.request().inputs().mask().length(row.row()); t++) {
        TokenTerm term = result.token(row.row(), t);
        token(one, expected.path("dloss_dlogp"), row.row(), t, term.lossByLogProb());
        token(one, expected.path("dkl_dlogp"), row.row(), t, term.lossByLogProb());
        token(one, expected.path("per_token_loss"), row.row(), t, term.loss());
        token(one, expected.path("weights"), row.row(), t, term.weight());
        token(one, expected.path("kl"), row.row(), t, term.kl());
      }
    }
  }

  private static void token(VectorCase one, JsonNode table, int row, int token, double got) {
    if (table.isArray()) {
      JsonNode entry = table.get(row);
      close(one, entry.isArray() ? entry.get(token) : entry, got);
    }
  }

  private static void close(VectorCase one, JsonNode want, double got) {
    double tolerance =
        one.absoluteTolerance() + one.relativeTolerance() * Math.abs(want.asDouble());
    assertEquals(want.asDouble(), got, tolerance + Double.MIN_VALUE, one.name());
  }

  private static String section(
      Agreement golden, Agreement random, Map<String, Integer> kinds, int cases) {
    StringBuilder text = new StringBuilder(BEGIN);
    text.append(
        "| requests | numbers of answers | of explanations, with sentences | different |\n");
    text.append("|---|---:|---:|---:|\n");
    text.append(line(golden.requests() + " of the " + cases + " golden cases", golden));
    text.append(line(random.requests() + " at random", random));
    text.append("\nGolden cases by kind: ");
    boolean first = true;
    for (Map.Entry<String, Integer> kind : kinds.entrySet()) {
      text.append(first ? "" : ", ")
          .append('`')
          .append(kind.getKey())
          .append("` ")
          .append(kind.getValue());
      first = false;
    }
    return text.append(".\n").toString();
  }

  private static String line(String name, Agreement agreement) {
    return "| "
        + name
        + " | "
        + agreement.numbers()
        + " | "
        + roughly(agreement.explained())
        + " | "
        + agreement.different()
        + " |\n";
  }

  /** So that the page need not change with every word of an explanation. */
  private static String roughly(int count) {
    int unit = 1;
    while (count / unit >= 10) {
      unit *= 10;
    }
    return "over " + count / unit * unit;
  }

  private static void documentIsCurrent(String section) throws IOException {
    String document = Files.readString(PAGE);
    int begin = document.indexOf(BEGIN);
    int end = document.indexOf(END);
    assertTrue(begin >= 0 && end > begin, PAGE + " has no section of the agreement");
    if (Boolean.getBoolean("docs.update")) {
      document = document.substring(0, begin) + section + document.substring(end);
      Files.writeString(PAGE, document);
      end = document.indexOf(END);
    }
    assertEquals(
        section,
        document.substring(begin, end),
        "run ./mvnw test -Dtest=PageAgreementTest -Ddocs.update=true");
  }

  @Test
  void mistakesComeBackAsTheSameSentence() {
    String settings =
        "settings: "
            + WhatIfJson.settings(
                Optional.of(GroupRelativeAdvantage.standard()), GrpoObjective.standard());
    String nothing = "rewards: [], groupOfRow: [], lossTokens: [], rows: []}";
    assertEquals(
        "clipLow: must be at least 0, got -0.5",
        error("{" + settings.replace("\"clipLow\":0.2", "clipLow: -0.5") + ", " + nothing));
    assertEquals(
        "clipLow: must be a number, got wide",
        error("{" + settings.replace("\"clipLow\":0.2", "clipLow: 'wide'") + ", " + nothing));
    assertEquals(
        "clipLow: is missing, must be a number",
        error("{" + settings.replace("\"clipLow\":0.2", "clipLow: null") + ", " + nothing));
    assertEquals(
        "surrogate: there is no kind klip",
        error("{" + settings.replace("\"clip\"", "'klip'") + ", " + nothing));
    assertEquals(
        "scale: there is no grup",
        error("{" + settings.replace("\"group\"", "'grup'") + ", " + nothing));
    assertEquals("settings: is missing, must be an object", error("{}"));
    assertEquals("request: must be an object, got null", error("null"));
    assertEquals("rewards[1]: must be a number, got x", error("{settings: {}, rewards: [1, 'x']}"));
    assertEquals(
        "rows[0].mask: is missing, must be an array",
        error("{settings: {}, rewards: [1], groupOfRow: [0], lossTokens: [1], rows: [{row: 0}]}"));
    assertEquals(
        "lossTokens: must be at least 0, got -1",
        error("{settings: {}, rewards: [1], groupOfRow: [0], lossTokens: [-1], rows: []}"));
  }

  private static String error(String request) {
    Value answer = page.run("grpo4j.evaluate(" + request + ")");
    return answer.getMember("error").asString();
  }

  @Test
  void scriptCanStandInsideAPage() {
    String script = PageCore.script();
    assertFalse(script.contains("</script"), "would end the element it stands in");
    assertFalse(script.contains("<!--"), "would begin a comment inside the element");
    assertTrue(script.length() < 250_000, "characters: " + script.length());
  }
}
