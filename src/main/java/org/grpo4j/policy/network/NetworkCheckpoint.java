package org.grpo4j.policy.network;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Properties;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;

/**
 * A network policy on disk: {@code network.zip}, DL4J's own format with configuration, parameters
 * and updater state, and {@code policy.properties} with what DL4J does not know. Each file appears
 * whole or not at all.
 *
 * @param kind what the network is
 * @param network parameters, configuration, updater
 * @param version optimiser steps since initialisation
 */
record NetworkCheckpoint(NetworkKind kind, MultiLayerNetwork network, long version) {

  private static final String NETWORK = "network.zip";
  private static final String PROPERTIES = "policy.properties";

  /** Something that writes a file's content. */
  private interface Content {
    void writeTo(OutputStream out) throws IOException;
  }

  static void write(Path directory, NetworkKind kind, MultiLayerNetwork network, long version)
      throws IOException {
    TransformerShape shape = kind.shape();
    String text =
        line("format", "1")
            + line("architecture", kind.architecture())
            + line("precision", kind.precision())
            + line("vocabularySize", shape.vocabularySize())
            + line("contextLength", shape.contextLength())
            + line("width", shape.width())
            + line("layers", shape.layers())
            + line("heads", shape.heads())
            + line("feedForwardWidth", shape.feedForwardWidth())
            + line("outputs", kind.outputs())
            + line("version", version);
    atomically(directory.resolve(NETWORK), out -> ModelSerializer.writeModel(network, out, true));
    atomically(
        directory.resolve(PROPERTIES), out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
  }

  static NetworkCheckpoint read(Path directory) throws IOException {
    Properties properties = new Properties();
    try (var in = Files.newInputStream(directory.resolve(PROPERTIES))) {
      properties.load(in);
    }
    TransformerShape shape =
        new TransformerShape(
            number(properties, "vocabularySize"),
            number(properties, "contextLength"),
            number(properties, "width"),
            number(properties, "layers"),
            number(properties, "heads"),
            number(properties, "feedForwardWidth"));
    NetworkKind kind =
        new NetworkKind(
            text(properties, "architecture"),
            shape,
            Precision.valueOf(text(properties, "precision")),
            Integer.parseInt(
                properties.getProperty("outputs", Integer.toString(shape.vocabularySize()))));
    MultiLayerNetwork network =
        ModelSerializer.restoreMultiLayerNetwork(directory.resolve(NETWORK).toFile(), true);
    return new NetworkCheckpoint(kind, network, Long.parseLong(text(properties, "version")));
  }

  private static void atomically(Path file, Content content) throws IOException {
    Path temporary = file.resolveSibling(file.getFileName() + ".part");
    try (OutputStream out = Files.newOutputStream(temporary)) {
      content.writeTo(out);
    }
    Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
  }

  private static String line(String key, Object value) {
    return key + "=" + value + "\n";
  }

  private static int number(Properties properties, String key) throws IOException {
    return Integer.parseInt(text(properties, key));
  }

  private static String text(Properties properties, String key) throws IOException {
    String value = properties.getProperty(key);
    if (value == null) {
      throw new IOException(PROPERTIES + ": " + key + " is missing");
    }
    return value;
  }
}
