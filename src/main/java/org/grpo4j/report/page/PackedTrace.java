package org.grpo4j.report.page;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.grpo4j.experiment.trace.TraceReader;

/**
 * The traced updates of a run, each packed by itself (gzip, then base64), so that a page stays
 * small and unpacks only what is looked at. If all of them would be too large, every second, fifth,
 * tenth … and the last are kept.
 */
final class PackedTrace {

  /** No updates. */
  static final PackedTrace NONE = new PackedTrace();

  private static final int[] STRIDES = {1, 2, 5};

  private final List<Update> updates = new ArrayList<>();

  /** An update and its packed line. */
  private record Update(int update, String packed) {}

  private PackedTrace() {}

  /** Packs the lines of {@code updates.jsonl}. */
  static PackedTrace of(Path file, List<String> lines) throws IOException {
    PackedTrace trace = new PackedTrace();
    for (Map.Entry<Integer, String> line : TraceReader.byUpdate(file, lines).entrySet()) {
      trace.updates.add(new Update(line.getKey(), pack(line.getValue())));
    }
    return trace;
  }

  /**
   * Adds {@code total} and {@code updates} to {@code trace}.
   *
   * @param most how many characters the packed updates may have together
   */
  void put(ObjectNode trace, long most) {
    trace.put("total", updates.size());
    ArrayNode list = trace.putArray("updates");
    kept(stride(most))
        .forEach(one -> list.addObject().put("update", one.update()).put("gzip", one.packed()));
  }

  /** The smallest of 1, 2, 5, 10, 20, 50 … with which the updates fit. */
  private int stride(long most) {
    for (int power = 1; ; power *= 10) {
      for (int step : STRIDES) {
        int stride = step * power;
        if (size(stride) <= most || stride >= updates.size()) {
          return stride;
        }
      }
    }
  }

  /** Every one at this distance, and the last. */
  private Stream<Update> kept(int stride) {
    return IntStream.range(0, updates.size())
        .filter(i -> i % stride == 0 || i == updates.size() - 1)
        .mapToObj(updates::get);
  }

  private long size(int stride) {
    return kept(stride).mapToLong(update -> update.packed().length()).sum();
  }

  private static String pack(String line) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(line.getBytes(StandardCharsets.UTF_8));
    }
    return Base64.getEncoder().encodeToString(packed.toByteArray());
  }
}
