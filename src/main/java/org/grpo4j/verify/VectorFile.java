package org.grpo4j.verify;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A file of golden vectors.
 *
 * @param name its file name
 * @param title what it holds
 * @param cases its problems, in order
 */
public record VectorFile(String name, String title, List<VectorCase> cases) {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  /** Jackson's note that it does not show the text. */
  private static final Pattern SOURCE = Pattern.compile("\\[Source: REDACTED [^;]*; |(?<=\\d)\\]");

  private static final int SCHEMA = 1;

  public VectorFile {
    cases = List.copyOf(cases);
  }

  /**
   * Reads {@code path}.
   *
   * @throws UncheckedIOException if it cannot be read
   * @throws InvalidVectorFileException if it is not such a file
   */
  public static VectorFile read(Path path) {
    try {
      return parse(String.valueOf(path.getFileName()), text(path));
    } catch (IOException e) {
      throw new UncheckedIOException(path + ": cannot be read", e);
    }
  }

  /** A mark of the byte order, as some editors write it, is not part of the text. */
  private static String text(Path path) throws IOException {
    String text = Files.readString(path);
    return text.startsWith("\uFEFF") ? text.substring(1) : text;
  }

  /** The file with this text. */
  static VectorFile parse(String name, String text) {
    JsonNode root = parseJson(name, text);
    if (root.path("schema").asInt() != SCHEMA) {
      throw new InvalidVectorFileException(
          name + ": schema: must be " + SCHEMA + ", got " + root.path("schema"));
    }
    List<VectorCase> cases = new ArrayList<>();
    for (JsonNode node : root.path("cases")) {
      cases.add(parseCase(name, node));
    }
    if (cases.isEmpty()) {
      throw new InvalidVectorFileException(name + ": cases: must not be empty");
    }
    return new VectorFile(name, root.path("title").asText(), cases);
  }

  private static JsonNode parseJson(String name, String text) {
    try {
      return MAPPER.readTree(text);
    } catch (JsonProcessingException e) {
      String place = e.getLocation() == null ? "" : " at line " + e.getLocation().getLineNr();
      String reason = SOURCE.matcher(e.getOriginalMessage()).replaceAll("");
      throw new InvalidVectorFileException(name + ": is not JSON: " + reason + place, e);
    }
  }

  private static VectorCase parseCase(String file, JsonNode node) {
    String name = file + " " + node.path("name").asText();
    for (String field : List.of("name", "kind", "inputs", "options", "expected", "tolerance")) {
      if (!node.has(field)) {
        throw new InvalidVectorFileException(name + ": " + field + ": is missing");
      }
    }
    return new VectorCase(
        node.get("name").asText(),
        node.get("kind").asText(),
        new CaseValues(name + " inputs", node.get("inputs")),
        new CaseValues(name + " options", node.get("options")),
        node.get("expected"),
        node.get("tolerance").path("abs").asDouble(),
        node.get("tolerance").path("rel").asDouble());
  }
}
