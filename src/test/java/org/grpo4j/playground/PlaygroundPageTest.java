package org.grpo4j.playground;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

/** What has to hold for the playground whatever a browser makes of it. */
class PlaygroundPageTest {

  private static final String HOSTILE = "/* </script><script>alert(1)</script> {{script}} */";

  private static final byte[] MODULE = "the engine".repeat(50).getBytes(StandardCharsets.UTF_8);

  private static final String PAGE = PlaygroundPage.of(HOSTILE, MODULE, new byte[] {1, 2, 3});

  @Test
  void thePolicyAllowsTheScriptsAndTheStyleOfTheFileAndWorkersOfItsOwn()
      throws NoSuchAlgorithmException {
    List<String> expected = new ArrayList<>();
    for (String script : elements("<script>(.*?)</script>")) {
      expected.add("'" + sha256(script) + "'");
    }
    assertEquals(2, expected.size(), "the core and the page");
    String style = sha256(elements("<style>(.*?)</style>").get(0));
    assertEquals(
        "default-src 'none'; script-src %s 'wasm-unsafe-eval'; worker-src blob:; style-src '%s'; base-uri 'none'; form-action 'none'"
            .formatted(String.join(" ", expected), style),
        elements("Content-Security-Policy\" content=\"(.*?)\"").get(0));
  }

  @Test
  void thePageLoadsNothing() {
    for (String tag : List.of("<link", "<img", "<iframe", "<script src", "@import", "url(")) {
      assertFalse(PAGE.contains(tag), tag);
    }
    assertTrue(PAGE.indexOf("alert(1)</script>") < 0, "the runtime cannot end its element");
  }

  @Test
  void theEngineAndTheWorkersScriptComeBackAsTheyWere() throws IOException {
    assertArrayEquals(MODULE, unpacked("engine"));
    assertArrayEquals(new byte[] {1, 2, 3}, unpacked("cold"));
    String worker = elements("id=\"worker\">(.*?)</script>").get(0);
    String script = new ObjectMapper().readTree(worker).path("script").asText();
    assertTrue(
        script.startsWith("function teavmRuntime(Function) {\n" + HOSTILE + "\n}\n"),
        "the runtime makes no function of text");
    assertTrue(script.contains("onmessage = "), "and what answers calls is behind it");
  }

  private static byte[] unpacked(String id) throws IOException {
    String packed = elements("id=\"" + id + "\">(.*?)</script>").get(0);
    byte[] bytes = Base64.getDecoder().decode(packed);
    try (GZIPInputStream gzip = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
      return gzip.readAllBytes();
    }
  }

  private static List<String> elements(String pattern) {
    Matcher element = Pattern.compile(pattern, Pattern.DOTALL).matcher(PAGE);
    return element.results().map(one -> one.group(1)).toList();
  }

  private static String sha256(String text) throws NoSuchAlgorithmException {
    byte[] digest =
        MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    return "sha256-" + Base64.getEncoder().encodeToString(digest);
  }
}
