package org.grpo4j.reliability;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * A run without what is different whenever it is made: times, the size of a file that holds times,
 * the peak of the memory, when it started and resumed, the name that holds that time, and hashes of
 * files with times in them. The ledger and the log tell the story of a run, which is another one
 * after a kill; they are left out.
 */
record SameRun(Map<String, String> files) {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern OF_TIME =
      Pattern.compile(
          "step_time|time/.*|wall_seconds|sampling_tokens_per_second|size_bytes/checkpoint"
              + "|peak_memory_bytes|started_at|resumed|files_sha256|sha256|log[.]txt|git_commit");
  private static final Pattern DATA =
      Pattern.compile(
          "(<script type=\"application/json\" id=\"data\">)(.*?)(</script>)", Pattern.DOTALL);
  private static final Set<String> STORY = Set.of("ledger.jsonl", "log.txt");

  static SameRun of(Path run) throws IOException {
    Map<String, String> files = new TreeMap<>();
    List<Path> all;
    try (Stream<Path> paths = Files.walk(run)) {
      all = paths.filter(path -> !path.equals(run)).toList();
    }
    for (Path path : all) {
      String name = run.relativize(path).toString();
      if (Files.isDirectory(path)) {
        files.put(name, "a directory");
      } else if (name.contains(".damaged")) {
        files.put(name, "set aside");
      } else if (!STORY.contains(name)) {
        String text = text(path).replace(run.getFileName().toString(), "RUN");
        files.put(name, text.replaceAll("\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z", "TIME"));
      }
    }
    return new SameRun(files);
  }

  /** The text of a file without times. */
  static String text(Path file) throws IOException {
    String name = file.getFileName().toString();
    if (name.endsWith(".zip")) {
      return zip(file);
    }
    String text = Files.readString(file, StandardCharsets.ISO_8859_1);
    if (name.endsWith(".json")) {
      return json(text);
    } else if (name.endsWith(".jsonl")) {
      StringBuilder lines = new StringBuilder();
      for (String line : text.split("\n", -1)) {
        lines.append(line.isEmpty() ? "" : json(line)).append('\n');
      }
      return lines.toString();
    } else if (name.endsWith(".csv")) {
      return table(text);
    } else if (name.endsWith(".html")) {
      return page(text);
    }
    return text;
  }

  /** A report without times. */
  static String page(String html) {
    Matcher data = DATA.matcher(html);
    return data.replaceAll(found -> Matcher.quoteReplacement(unchecked(found.group(2))))
        .replaceAll("[0-9a-f]{64}", "SHA-256");
  }

  private static String unchecked(String data) {
    try {
      return json(data);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static String json(String text) throws IOException {
    JsonNode tree = JSON.readTree(text);
    strip(tree);
    return tree.toString();
  }

  private static void strip(JsonNode tree) throws IOException {
    if (tree instanceof ObjectNode object) {
      List<String> names = new ArrayList<>();
      object.fieldNames().forEachRemaining(names::add);
      for (String name : names) {
        JsonNode value = object.get(name);
        if (OF_TIME.matcher(name).matches()) {
          object.remove(name);
        } else if (name.equals("gzip")) {
          byte[] packed = Base64.getDecoder().decode(value.asText());
          try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(packed))) {
            object.put(name, json(new String(in.readAllBytes(), StandardCharsets.UTF_8)));
          }
        }
      }
    }
    for (JsonNode child : tree) {
      strip(child);
    }
  }

  private static String table(String text) {
    List<String[]> rows = text.lines().map(line -> line.split(",", -1)).toList();
    StringBuilder table = new StringBuilder();
    for (String[] row : rows) {
      for (int i = 0; i < row.length; i++) {
        String column = i < rows.get(0).length ? rows.get(0)[i] : "";
        table.append(OF_TIME.matcher(column).matches() ? "" : row[i]).append(',');
      }
      table.append('\n');
    }
    return table.toString();
  }

  private static String zip(Path file) throws IOException {
    StringBuilder entries = new StringBuilder();
    try (ZipFile zip = new ZipFile(file.toFile())) {
      for (ZipEntry entry : zip.stream().map(one -> (ZipEntry) one).toList()) {
        byte[] bytes = zip.getInputStream(entry).readAllBytes();
        boolean numbers = entry.getName().endsWith(".bin");
        entries.append(entry.getName()).append(' ');
        entries.append(numbers ? Arrays.hashCode(bytes) : "text").append('\n');
      }
    }
    return entries.toString();
  }

  /** The same without the checkpoints, of which a run that was stopped has one more. */
  SameRun withoutCheckpoints() {
    Map<String, String> rest = new TreeMap<>(files);
    rest.keySet().removeIf(name -> name.startsWith("checkpoints/"));
    return new SameRun(rest);
  }

  /** The first difference to another run; empty if there is none. */
  String difference(SameRun other) {
    Set<String> names = new TreeSet<>(files.keySet());
    names.addAll(other.files.keySet());
    for (String name : names) {
      String one = files.getOrDefault(name, "nothing");
      String two = other.files.getOrDefault(name, "nothing");
      if (!one.equals(two)) {
        int at = Arrays.mismatch(one.toCharArray(), two.toCharArray());
        return name + ": " + around(one, at) + " is now " + around(two, at);
      }
    }
    return "";
  }

  private static String around(String text, int at) {
    int begin = Math.max(0, at - 40);
    return "\""
        + text.substring(Math.min(begin, text.length()), Math.min(text.length(), at + 40))
        + "\"";
  }
}
