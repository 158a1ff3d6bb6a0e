package org.grpo4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerifyCommandTest {

  private static final Path ADVANTAGES = Path.of("src/test/resources/golden/advantages.json");

  @TempDir Path directory;

  @Test
  void goldenVectorsPassAndAreCountedByKind() {
    Cli verify = Cli.run("verify", ADVANTAGES.toString());
    assertEquals(0, verify.exitCode(), verify.err());
    assertTrue(verify.out().contains("advantage_group"), verify.out());
  }

  @Test
  void aWrongExpectationFailsByNameWithExitCode4() throws IOException {
    ObjectMapper json = new ObjectMapper();
    JsonNode vectors = json.readTree(ADVANTAGES.toFile());
    ArrayNode advantages = (ArrayNode) vectors.at("/cases/0/expected/advantages");
    advantages.set(0, json.getNodeFactory().numberNode(99));
    Path file = directory.resolve("wrong.json");
    Files.writeString(file, json.writeValueAsString(vectors));
    Cli verify = Cli.run("verify", file.toString());
    assertEquals(4, verify.exitCode(), verify.out() + verify.err());
    assertTrue(verify.out().contains("failed: wrong.json: "), verify.out());
    assertEquals(4, Cli.run("verify", "--json", file.toString()).exitCode());
  }

  @Test
  void unknownKindsAreUnsupportedByName() throws IOException {
    Path file = directory.resolve("new.json");
    Files.writeString(
        file,
        Files.readString(ADVANTAGES)
            .replaceFirst("\"advantage_group\"", "\"advantage_of_tomorrow\""));
    Cli verify = Cli.run("verify", file.toString());
    assertEquals(0, verify.exitCode(), verify.err());
    assertTrue(verify.out().contains("unsupported: new.json: "), verify.out());
  }

  @Test
  void aMarkOfTheByteOrderIsNoPartOfTheText() throws IOException {
    Path file = directory.resolve("marked.json");
    Files.writeString(file, "\uFEFF" + Files.readString(ADVANTAGES));
    Cli verify = Cli.run("verify", file.toString());
    assertEquals(0, verify.exitCode(), verify.err());
  }

  /** Deeper than the parser goes: it then knows no line. */
  @Test
  void aHundredThousandBracketsAreNoVectorFile() throws IOException {
    Path file = directory.resolve("deep.json");
    Files.writeString(file, "[".repeat(100_000));
    Cli verify = Cli.run("verify", file.toString());
    assertEquals(2, verify.exitCode(), verify.err());
    assertTrue(verify.err().contains("deep.json: is not JSON: "), verify.err());
  }

  @Test
  void whatIsNoVectorFileIsAnErrorWithExitCode2() throws IOException {
    Path file = directory.resolve("broken.json");
    Files.writeString(file, "{\"cases\": [");
    for (String path : new String[] {file.toString(), directory.resolve("missing").toString()}) {
      Cli verify = Cli.run("verify", path);
      assertEquals(2, verify.exitCode(), verify.err());
      assertEquals("", verify.out());
      assertTrue(verify.err().lines().count() <= 2, verify.err());
    }
  }
}
