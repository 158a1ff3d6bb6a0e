package org.grpo4j.experiment.trace;

import com.fasterxml.jackson.core.JacksonException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.grpo4j.experiment.files.RunDirectory;
import org.grpo4j.experiment.files.SealedFiles;

/**
 * The reader of a trace that {@link TraceWriter} wrote. Lines are kept as text and parsed when they
 * are asked for.
 */
public final class TraceReader {

  private static final Pattern UPDATE =
      Pattern.compile("\\{\"update\":(\\d{1,9}),.*", Pattern.DOTALL);

  private final Path file;
  private final TraceHeader header;
  private final SortedMap<Integer, String> lines;

  private TraceReader(Path file, TraceHeader header, SortedMap<Integer, String> lines) {
    this.file = file;
    this.header = header;
    this.lines = lines;
  }

  /**
   * The trace of a run.
   *
   * @throws org.grpo4j.experiment.files.DamagedFileException if it is not as the run wrote it
   * @throws IOException if there is no trace or it cannot be read; the message says what
   */
  public static TraceReader open(RunDirectory run) throws IOException {
    SealedFiles files = run.sealed();
    Path headerFile = run.traceHeader();
    if (!files.has(headerFile)) {
      throw new IOException(
          run.trace()
              + ": there is no trace; was the run made with trace.groups=0, as a comparison makes"
              + " all seeds but its first?");
    }
    TraceHeader header = parse(headerFile, 1, files.text(headerFile), TraceHeader.class);
    if (header.schema() != TraceHeader.SCHEMA) {
      throw new IOException(
          headerFile + ": schema must be " + TraceHeader.SCHEMA + ", got " + header.schema());
    }
    Path file = run.traceLines();
    return new TraceReader(file, header, byUpdate(file, files.lines(file)));
  }

  /**
   * The lines of a trace by the update that each begins with.
   *
   * @param file where they come from, for the message
   * @throws IOException if one begins otherwise
   */
  public static SortedMap<Integer, String> byUpdate(Path file, List<String> lines)
      throws IOException {
    SortedMap<Integer, String> updates = new TreeMap<>();
    for (String line : lines) {
      Matcher matcher = UPDATE.matcher(line);
      if (!matcher.matches()) {
        throw new IOException(
            file + ", line " + (updates.size() + 1) + ": must begin with {\"update\":");
      }
      updates.put(Integer.valueOf(matcher.group(1)), line);
    }
    return updates;
  }

  /** The facts that hold for the whole run. */
  public TraceHeader header() {
    return header;
  }

  /** The updates that are there, ascending. */
  public List<Integer> updates() {
    return new ArrayList<>(lines.keySet());
  }

  /** The line of update {@code update} as it was written. */
  public String json(int update) {
    String line = lines.get(update);
    if (line == null) {
      String there =
          lines.isEmpty() ? "but there is none" : lines.firstKey() + " to " + lines.lastKey();
      throw new IllegalArgumentException(
          "update: must be one of the traced ones, " + there + ", got " + update);
    }
    return line;
  }

  /**
   * Update {@code update}.
   *
   * @throws IOException if its line is malformed
   */
  public TracedUpdate update(int update) throws IOException {
    String line = json(update);
    int number = 1 + lines.headMap(update).size();
    return parse(file, number, line, TracedUpdate.class);
  }

  private static <T> T parse(Path file, int number, String text, Class<T> type) throws IOException {
    try {
      return TraceJson.MAPPER.readValue(text, type);
    } catch (JacksonException e) {
      throw new IOException(file + ", line " + number + ": " + e.getOriginalMessage(), e);
    }
  }
}
