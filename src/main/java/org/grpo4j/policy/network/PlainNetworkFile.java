package org.grpo4j.policy.network;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.grpo4j.policy.Optimizer;
import org.grpo4j.policy.Workers;
import org.grpo4j.policy.network.engine.Balance;
import org.grpo4j.policy.network.engine.Experts;
import org.grpo4j.policy.network.engine.Precision;
import org.grpo4j.policy.network.engine.TransformerParameters;
import org.grpo4j.policy.network.engine.TransformerShape;

/**
 * The file of a {@link PlainNetwork}: everything, so that reading gives the same bits. As {@link
 * DataOutputStream} writes them (high byte first): the format's name; the version (long); {@code V,
 * C, D, L, A, F} of {@link TransformerShape}, the head's outputs and the number of experts (ints);
 * with experts their active ones and width (ints), weight of the balance loss and step of the bias
 * (doubles); whether the optimiser is SGD (a byte, 0 or 1); then what {@link Optimizer#write}
 * writes.
 */
final class PlainNetworkFile {

  private static final String NAME = "plain-network.bin";
  private static final String FORMAT = "grpo4j plain network 1";

  private PlainNetworkFile() {}

  static void write(
      Path directory, NetworkKind kind, long version, double[] values, Optimizer optimizer)
      throws IOException {
    TransformerShape shape = kind.shape();
    try (DataOutputStream out =
        new DataOutputStream(
            new BufferedOutputStream(Files.newOutputStream(directory.resolve(NAME))))) {
      out.writeUTF(FORMAT);
      out.writeLong(version);
      out.writeInt(shape.vocabularySize());
      out.writeInt(shape.contextLength());
      out.writeInt(shape.width());
      out.writeInt(shape.layers());
      out.writeInt(shape.heads());
      out.writeInt(shape.feedForwardWidth());
      out.writeInt(kind.outputs());
      out.writeInt(shape.experts().map(Experts::count).orElse(0));
      if (shape.experts().isPresent()) {
        Experts experts = shape.experts().get();
        out.writeInt(experts.active());
        out.writeInt(experts.width());
        out.writeDouble(experts.balance().lossWeight());
        out.writeDouble(experts.balance().biasStep());
      }
      out.writeBoolean(optimizer.isSgd());
      optimizer.write(out, values);
    }
  }

  /** Whether {@link #write} has written into {@code directory}. */
  static boolean isIn(Path directory) {
    return Files.exists(directory.resolve(NAME));
  }

  static PlainNetwork read(Path directory, Workers workers) throws IOException {
    try (InputStream in = Files.newInputStream(directory.resolve(NAME))) {
      return read(in, workers);
    }
  }

  static PlainNetwork read(InputStream file, Workers workers) throws IOException {
    DataInputStream in = new DataInputStream(new BufferedInputStream(file));
    String format = in.readUTF();
    if (!format.equals(FORMAT)) {
      throw new IOException(NAME + ": must be \"" + FORMAT + "\", got \"" + format + "\"");
    }
    long version = in.readLong();
    int vocabularySize = in.readInt();
    int contextLength = in.readInt();
    int width = in.readInt();
    int layers = in.readInt();
    int heads = in.readInt();
    int feedForward = in.readInt();
    int outputs = in.readInt();
    Optional<Experts> experts = readExperts(in, in.readInt(), feedForward);
    TransformerShape shape =
        new TransformerShape(
            vocabularySize, contextLength, width, layers, heads, feedForward, experts);
    NetworkKind kind =
        new NetworkKind(NetworkKind.TRANSFORMER, shape, Precision.PLAIN_FLOAT, outputs);
    double[] values = new double[TransformerParameters.count(shape, outputs)];
    Optimizer optimizer = Optimizer.read(in, in.readBoolean(), values);
    return new PlainNetwork(kind, values, optimizer, version, workers);
  }

  private static Optional<Experts> readExperts(DataInputStream in, int count, int shared)
      throws IOException {
    if (count == 0) {
      return Optional.empty();
    }
    int active = in.readInt();
    int width = in.readInt();
    Balance balance = Balance.of(in.readDouble(), in.readDouble());
    return Optional.of(new Experts(count, active, width, shared, balance));
  }
}
