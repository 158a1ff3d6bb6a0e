package org.grpo4j.report.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.grpo4j.experiment.files.DamagedFileException;
import org.grpo4j.experiment.files.RunDirectory;
import org.grpo4j.experiment.files.TestRuns;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page of a damaged run says what is damaged, and shows nothing of it. */
class DamagedPageTest {

  /** What the page can do without, and where it stands in its data. */
  private static final Map<String, String> PARTS =
      Map.of(
          "manifest.json", "/provenance",
          "summary.json", "/summary",
          "metrics.jsonl", "/metrics",
          "completions.jsonl", "/completions",
          "trace/header.json", "/trace/header",
          "trace/updates.jsonl", "/trace/updates");

  @TempDir Path temporary;
  private RunDirectory run;

  @BeforeEach
  void write() throws IOException {
    run = PageRuns.write(temporary.resolve("run"), 3, "x");
    Files.writeString(run.manifest(), "{\n  \"policy\" : \"tabular\"\n}\n");
    Files.writeString(run.summary(), "{\n  \"status\" : \"finished\"\n}\n");
    Files.writeString(run.completions(), "{\"prompt\":\"1+1=\"}\n{\"prompt\":\"1+2=\"}\n");
    Files.writeString(run.path().resolve("zzz"), "entered last: its writer might have been killed");
    TestRuns.accept(run.path());
  }

  @Test
  void damagedPartsAreLeftOutAndNamed() throws IOException {
    for (Map.Entry<String, String> part : PARTS.entrySet()) {
      Path file = run.path().resolve(part.getKey());
      String text = Files.readString(file);
      JsonNode good = data().at(part.getValue());
      assertTrue(good.isTextual() ? !good.asText().isEmpty() : good.size() > 0, part.getKey());
      for (String damaged :
          List.of(text.replaceFirst("[1-9a-z]", "0"), text.substring(0, text.length() / 2), "")) {
        Files.writeString(file, damaged);
        assertLeftOut(part, "since the run wrote it");
      }
      Files.delete(file);
      assertLeftOut(part, "is missing");
      Files.writeString(file, text);
      assertEquals(good, data().at(part.getValue()));
    }
  }

  private void assertLeftOut(Map.Entry<String, String> part, String how) throws IOException {
    JsonNode data = data();
    String notice = data.at("/notices/0").asText();
    assertTrue(notice.startsWith("Left out: " + run.path().resolve(part.getKey())), notice);
    assertTrue(notice.contains(how) && notice.contains("grpo4j check"), notice);
    JsonNode left = data.at(part.getValue());
    assertTrue(left.isTextual() ? left.asText().isEmpty() : left.isEmpty(), left::toString);
  }

  @Test
  void withoutConfigurationOrLedgerThereIsNoPage() throws IOException {
    for (String name : List.of("config.yaml", "ledger.jsonl")) {
      Path file = run.path().resolve(name);
      String text = Files.readString(file);
      Files.writeString(file, text.replaceFirst("[1-9a-z]", "0"));
      assertThrows(DamagedFileException.class, this::data, name);
      Files.writeString(file, text);
    }
    assertEquals("sample", data().at("/name").asText());
  }

  @Test
  void editsOnPurposeAreSaidEverAfter() throws IOException {
    String notice = data().at("/notices/0").asText();
    assertTrue(notice.startsWith("Edited on purpose and accepted: "), notice);
    assertTrue(notice.contains("completions.jsonl (2"), notice);
  }

  private JsonNode data() throws IOException {
    String page = ReportPage.of(List.of(run));
    String begin = "<script type=\"application/json\" id=\"data\">";
    int start = page.indexOf(begin) + begin.length();
    return new ObjectMapper()
        .readTree(page.substring(start, page.indexOf("</script>", start)))
        .at("/runs/0");
  }
}
