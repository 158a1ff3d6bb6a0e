package org.grpo4j.policy.network;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
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

  private static final int MOST_OF_A_SIZE = 1 << 14;
  private static final int MOST_PARAMETERS = 1 << 26;

  private PlainNetworkFile() {}

  /** Opens the file in {@code directory} to be written. */
  static OutputStream create(Path directory) throws IOException {
    return new BufferedOutputStream(Files.newOutputStream(directory.resolve(NAME)));
  }

  static void write(
      OutputStream file, NetworkKind kind, long version, double[] values, Optimizer optimizer)
      throws IOException {
    TransformerShape shape = kind.shape();
    DataOutputStream out = new DataOutputStream(file);
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
    out.flush();
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
    int vocabularySize = size(in, "vocabulary");
    int contextLength = size(in, "context");
    int width = size(in, "width");
    int layers = size(in, "layers");
    int heads = size(in, "heads");
    int feedForward = size(in, "feed-forward width");
    int outputs = size(in, "outputs");
    Optional<Experts> experts = readExperts(in, size(in, "experts"), feedForward);
    TransformerShape shape =
        new TransformerShape(
            vocabularySize, contextLength, width, layers, heads, feedForward, experts);
    NetworkKind kind =
        new NetworkKind(NetworkKind.TRANSFORMER, shape, Precision.PLAIN_FLOAT, outputs);
    int count = TransformerParameters.count(shape, outputs);
    if (count < 1 || count > MOST_PARAMETERS) {
      throw new IOException(
          NAME + ": must have at most " + MOST_PARAMETERS + " parameters, says " + count);
    }
    double[] values = new double[count];
    Optimizer optimizer = Optimizer.read(in, in.readBoolean(), values);
    return new PlainNetwork(kind, values, optimizer, version, workers);
  }

  /** A size as it stands there: the file may be anybody's. */
  private static int size(DataInputStream in, String what) throws IOException {
    int size = in.readInt();
    if (size < 0 || size > MOST_OF_A_SIZE) {
      throw new IOException(
          NAME + ": " + what + " must be from 0 to " + MOST_OF_A_SIZE + ", says " + size);
    }
    return size;
  }

  private static Optional<Experts> readExperts(DataInputStream in, int count, int shared)
      throws IOException {
    if (count == 0) {
      return Optional.empty();
    }
    int active = size(in, "active experts");
    int width = size(in, "width of an expert");
    Balance balance = Balance.of(in.readDouble(), in.readDouble());
    return Optional.of(new Experts(count, active, width, shared, balance));
  }
}
