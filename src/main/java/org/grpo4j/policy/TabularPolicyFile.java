package org.grpo4j.policy;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;
import org.grpo4j.task.TokenSequence;

/**
 * The file of a {@link TabularPolicy} or {@link TabularCritic}: everything, so that reading gives
 * the same bits.
 */
final class TabularPolicyFile {

  private static final String NAME = "tabular-policy.bin";
  private static final String FORMAT = "grpo4j tabular policy 1";
  private static final String WITH_SGD = "grpo4j tabular policy 1, sgd";

  private TabularPolicyFile() {}

  static void write(Path directory, TabularParameters table) throws IOException {
    try (OutputStream file =
        new BufferedOutputStream(Files.newOutputStream(directory.resolve(NAME)))) {
      write(file, table);
    }
  }

  static void write(OutputStream file, TabularParameters table) throws IOException {
    PrefixIndex index = table.index;
    DataOutputStream out = new DataOutputStream(file);
    out.writeUTF(table.optimizer().settings() instanceof SgdSettings ? WITH_SGD : FORMAT);
    out.writeLong(table.version());
    out.writeInt(index.vocabularySize());
    out.writeInt(index.maxNewTokens());
    out.writeInt(index.prompts().size());
    out.writeInt(index.prompts().get(0).length());
    for (TokenSequence prompt : index.prompts()) {
      for (int id : prompt.toArray()) {
        out.writeInt(id);
      }
    }
    table.optimizer().write(out, table.values);
    out.flush();
  }

  /** Opens the file in {@code directory}. */
  static InputStream open(Path directory) throws IOException {
    return new BufferedInputStream(Files.newInputStream(directory.resolve(NAME)));
  }

  static TabularPolicy read(InputStream file) throws IOException {
    return new TabularPolicy(readTable(file, PrefixIndex::parameters));
  }

  static TabularCritic readCritic(InputStream file) throws IOException {
    return new TabularCritic(readTable(file, PrefixIndex::contexts));
  }

  private static TabularParameters readTable(InputStream file, ToIntFunction<PrefixIndex> size)
      throws IOException {
    DataInputStream in = new DataInputStream(file);
    String format = in.readUTF();
    if (!format.equals(FORMAT) && !format.equals(WITH_SGD)) {
      throw new IOException(NAME + ": must be \"" + FORMAT + "\", got \"" + format + "\"");
    }
    long version = in.readLong();
    PrefixIndex index = readIndex(in);
    double[] parameters = new double[size.applyAsInt(index)];
    Optimizer optimizer = Optimizer.read(in, format.equals(WITH_SGD), parameters);
    return new TabularParameters(index, parameters, optimizer, version);
  }

  private static PrefixIndex readIndex(DataInputStream in) throws IOException {
    int vocabularySize = in.readInt();
    int maxNewTokens = in.readInt();
    int prompts = in.readInt();
    int promptLength = in.readInt();
    List<TokenSequence> sequences = new ArrayList<>();
    for (int p = 0; p < prompts; p++) {
      int[] ids = new int[promptLength];
      for (int i = 0; i < promptLength; i++) {
        ids[i] = in.readInt();
      }
      sequences.add(TokenSequence.of(ids));
    }
    return new PrefixIndex(vocabularySize, maxNewTokens, sequences);
  }
}
