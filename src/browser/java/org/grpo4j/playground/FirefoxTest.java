package org.grpo4j.playground;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.grpo4j.experiment.ExperimentConfig;
import org.grpo4j.experiment.files.Json;
import org.grpo4j.experiment.trace.TracedUpdate;
import org.grpo4j.playground.engine.ConfiguredRun;
import org.grpo4j.playground.engine.PlaygroundRun;
import org.junit.jupiter.api.Test;

/** The page in Firefox: what the other tests hold in Chromium, in short. */
class FirefoxTest {

  private static final int UPDATES = 10;

  /** The text beside the slider, when the fourth update is there, or after a minute. */
  private static final String UPDATE_SHOWN =
      """
      async () => {
        for (let i = 0; i < 600; i++) {
          const where = document.getElementById("where");
          if (where && where.textContent === "update 3") return where.textContent;
          await new Promise(resolve => setTimeout(resolve, 100));
        }
        return document.body.textContent;
      }
      """;

  @Test
  void aRunHasTheBitsOfTheJvmAndThePageWorks() throws IOException {
    assumeTrue(Firefox.isThere(), "there is no Firefox; -Dfirefox=PATH names one");
    try (Firefox firefox = new Firefox(1280, 800, false)) {
      firefox.goTo(BuiltPage.FILE.toUri() + "#task=few-sums&update=3");
      assertEquals("update 3", firefox.call(UPDATE_SHOWN, List.of()));
      ExperimentConfig config = ConfiguredRun.parse(SameBitsTest.TRANSFORMER + SameBitsTest.GRPO);
      Optional<byte[]> start = Optional.of(BuiltPage.START);
      PlaygroundRun here = new PlaygroundRun(ConfiguredRun.settings(config), start);
      JsonNode there =
          Json.parse(firefox.call(SameBitsTest.WORKER, SameBitsTest.texts(config, start, UPDATES)));
      for (int u = 0; u < UPDATES; u++) {
        TracedUpdate traced = here.update(1).traced().orElseThrow();
        assertEquals(
            traced.digest().parameters(), there.get(u).at("/line/digest/parameters").asText());
      }
      assertTrue(firefox.screenshot().length > 10_000);
      assertEquals(List.of(), firefox.complaints());
    }
  }
}
