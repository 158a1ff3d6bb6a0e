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
import java.util.List;
import java.util.Optional;
import org.grpo4j.policy.Optimizer;
import org.grpo4j.policy.SgdSettings;
import org.grpo4j.policy.Workers;
import org.grpo4j.policy.network.engine.Balance;
import org.grpo4j.policy.network.engine.Experts;
import org.grpo4j.policy.network.engine.Precision;
import org.grpo4j.policy.network.engine.TransformerParameters;
import org.grpo4j.policy.network.engine.TransformerShape;

/**
 * The file of a {@link KernelNetwork}: everything, so that reading gives the same bits. As {@link
 * DataOutputStream} writes them (high byte first): the name of the format, which says the
 * precision; the version (long); {@code V, C, D, L, A, F} of {@link TransformerShape}, the head's
 * outputs and the number of experts (ints); with experts their active ones and width (ints), weight
 * of the balance loss and step of the bias (doubles); whether the optimiser is SGD (a byte, 0 or
 * 1); then what {@link Optimizer#write} writes.
 */
final class KernelNetworkFile {

  private static final String SUFFIX = "-network.bin";
  private static final List<Precision> PRECISIONS =
      List.of(Precision.PLAIN_FLOAT, Precision.FAST_FLOAT);

  private static final int MOST_OF_A_SIZE = 1 << 14;

  /** Of a stream, whose length nobody knows. */
  private static final long MOST_PARAMETERS = 1 << 26;

  private KernelNetworkFile() {}

  /** The name of a file of this precision, such as {@code plain-network.bin}. */
  private static String name(Precision precision) {
    return word(precision) + SUFFIX;
  }

  private static String format(Precision precision) {
    return "grpo4j " + word(precision) + " network 1";
  }

  private static String word(Precision precision) {
    return precision == Precision.PLAIN_FLOAT ? "plain" : "fast";
  }

  /** Opens the file in {@code directory} to be written. */
  static OutputStream create(Path directory, Precision precision) throws IOException {
    return new BufferedOutputStream(Files.newOutputStream(directory.resolve(name(precision))));
  }

  static void write(
      OutputStream file, NetworkKind kind, long version, double[] values, Optimizer optimizer)
      throws IOException {
    TransformerShape shape = kind.shape();
    DataOutputStream out = new DataOutputStream(file);
    out.writeUTF(format(kind.precision()));
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
    out.writeBoolean(optimizer.settings() instanceof SgdSettings);
    optimizer.write(out, values);
    out.flush();
  }

  /** The precision of the network that {@link #create} wrote there; empty if there is none. */
  static Optional<Precision> isIn(Path directory) {
    return PRECISIONS.stream().filter(one -> Files.exists(directory.resolve(name(one)))).findAny();
  }

  static KernelNetwork read(
      Path directory, Precision precision, EngineMaker engines, Workers workers)
      throws IOException {
    Path file = directory.resolve(name(precision));
    try (InputStream in = Files.newInputStream(file)) {
      return read(in, Files.size(file) / Double.BYTES, precision, engines, workers);
    }
  }

  static KernelNetwork read(
      InputStream file, Precision precision, EngineMaker engines, Workers workers)
      throws IOException {
    return read(file, MOST_PARAMETERS, precision, engines, workers);
  }

  private static KernelNetwork read(
      InputStream file,
      long mostParameters,
      Precision precision,
      EngineMaker engines,
      Workers workers)
      throws IOException {
    DataInputStream in = new DataInputStream(new BufferedInputStream(file));
    String name = name(precision);
    String format = in.readUTF();
    if (!format.equals(format(precision))) {
      throw new IOException(
          name + ": must be \"" + format(precision) + "\", got \"" + format + "\"");
    }
    long version = in.readLong();
    int vocabularySize = size(in, name, "vocabulary");
    int contextLength = size(in, name, "context");
    int width = size(in, name, "width");
    int layers = size(in, name, "layers");
    int heads = size(in, name, "heads");
    int feedForward = size(in, name, "feed-forward width");
    int outputs = size(in, name, "outputs");
    Optional<Experts> experts = readExperts(in, name, size(in, name, "experts"), feedForward);
    TransformerShape shape =
        new TransformerShape(
            vocabularySize, contextLength, width, layers, heads, feedForward, experts);
    NetworkKind kind = new NetworkKind(NetworkKind.TRANSFORMER, shape, precision, outputs);
    int count = TransformerParameters.count(shape, outputs);
    if (count < 1 || count > mostParameters) {
      throw new IOException(
          name + ": must have at most " + mostParameters + " parameters, says " + count);
    }
    double[] values = new double[count];
    Optimizer optimizer = Optimizer.read(in, in.readBoolean(), values);
    return new KernelNetwork(kind, engines, values, optimizer, version, workers);
  }

  /** A size as it stands there: the file may be anybody's. */
  private static int size(DataInputStream in, String name, String what) throws IOException {
    int size = in.readInt();
    if (size < 0 || size > MOST_OF_A_SIZE) {
      throw new IOException(
          name + ": " + what + " must be from 0 to " + MOST_OF_A_SIZE + ", says " + size);
    }
    return size;
  }

  private static Optional<Experts> readExperts(
      DataInputStream in, String name, int count, int shared) throws IOException {
    if (count == 0) {
      return Optional.empty();
    }
    int active = size(in, name, "active experts");
    int width = size(in, name, "width of an expert");
    Balance balance = Balance.of(in.readDouble(), in.readDouble());
    return Optional.of(new Experts(count, active, width, shared, balance));
  }
}
