package org.grpo4j.experiment.files;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.grpo4j.math.DoubleVector;
import org.grpo4j.train.TrainerState;

/**
 * A {@link TrainerState} in a checkpoint: {@code trainer.json}, and {@code reference.bin} with the
 * parameters of the reference policy, a count and so many doubles, {@code recent-0.bin} and so on
 * with those of earlier updates. All are read back to the same bits.
 */
final class TrainerStateFiles {

  private static final String STATE = "trainer.json";
  private static final String REFERENCE = "reference.bin";
  private static final String VERSION = "reference_version";
  private static final String RECENT = "recent_versions";
  private static final String RECENT_FILE = "recent-%d.bin";
  private static final String KL = "kl_coefficient";
  private static final String ENTROPY_COEFFICIENT = "entropy_coefficient";
  private static final String ENTROPY = "entropy";

  private TrainerStateFiles() {}

  static void write(Path directory, TrainerState state) throws IOException {
    ObjectNode json = Json.object();
    state.klWeight().ifPresent(value -> json.put(KL, value));
    state.entropyWeight().ifPresent(value -> json.put(ENTROPY_COEFFICIENT, value));
    state.entropy().ifPresent(value -> json.put(ENTROPY, value));
    if (state.reference().isPresent()) {
      json.put(VERSION, state.reference().get().version());
      writeVector(directory.resolve(REFERENCE), state.reference().get().parameters());
    }
    if (!state.recent().isEmpty()) {
      ArrayNode versions = json.putArray(RECENT);
      for (TrainerState.Reference one : state.recent()) {
        Path file = directory.resolve(RECENT_FILE.formatted(versions.size()));
        versions.add(one.version());
        writeVector(file, one.parameters());
      }
    }
    Files.writeString(directory.resolve(STATE), Json.pretty(json));
  }

  /** The state in {@code directory}; empty if the checkpoint was written without one. */
  static Optional<TrainerState> read(Path directory) throws IOException {
    if (!Files.exists(directory.resolve(STATE))) {
      return Optional.empty();
    }
    ObjectNode json = Json.read(directory.resolve(STATE));
    Optional<TrainerState.Reference> reference = Optional.empty();
    if (json.has(VERSION)) {
      DoubleVector parameters = readVector(directory.resolve(REFERENCE));
      reference = Optional.of(new TrainerState.Reference(json.path(VERSION).asLong(), parameters));
    }
    List<TrainerState.Reference> recent = new ArrayList<>();
    for (JsonNode version : json.path(RECENT)) {
      Path file = directory.resolve(RECENT_FILE.formatted(recent.size()));
      recent.add(new TrainerState.Reference(version.asLong(), readVector(file)));
    }
    return Optional.of(
        new TrainerState(
            reference, recent, get(json, KL), get(json, ENTROPY_COEFFICIENT), get(json, ENTROPY)));
  }

  private static OptionalDouble get(ObjectNode json, String name) {
    return json.has(name) ? OptionalDouble.of(json.path(name).asDouble()) : OptionalDouble.empty();
  }

  private static void writeVector(Path file, DoubleVector vector) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(Integer.BYTES + Double.BYTES * vector.size());
    bytes.putInt(vector.size()).asDoubleBuffer().put(vector.toArray());
    Files.write(file, bytes.array());
  }

  private static DoubleVector readVector(Path file) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file));
    double[] values = new double[bytes.getInt()];
    bytes.asDoubleBuffer().get(values);
    return DoubleVector.of(values);
  }
}
