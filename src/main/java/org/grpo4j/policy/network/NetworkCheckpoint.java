package org.grpo4j.policy.network;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Properties;
import java.util.regex.Pattern;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.grpo4j.policy.network.dl4j.NetworkConfigurations;
import org.grpo4j.policy.network.engine.Precision;
import org.grpo4j.policy.network.engine.TransformerShape;

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

  /** DL4J writes in hundreds of small pieces. */
  private static final int BUFFER = 1 << 18;

  private static final String NETWORK = "network.zip";
  private static final String PROPERTIES = "policy.properties";
  private static final String CONFIGURATION = "configuration.json";
  private static final String LAYERS = "\"org.grpo4j.policy.network.dl4j.";
  private static final Pattern LAYERS_ONCE =
      Pattern.compile("\"org[.]grpo4j[.]policy[.]network[.](?=[A-Z])");

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
    MultiLayerNetwork network = network(directory.resolve(NETWORK));
    TransformerShape shape =
        new TransformerShape(
            number(properties, "vocabularySize"),
            number(properties, "contextLength"),
            number(properties, "width"),
            number(properties, "layers"),
            number(properties, "heads"),
            number(properties, "feedForwardWidth"),
            NetworkConfigurations.experts(network));
    NetworkKind kind =
        new NetworkKind(
            text(properties, "architecture"),
            shape,
            Precision.valueOf(text(properties, "precision")),
            Integer.parseInt(
                properties.getProperty("outputs", Integer.toString(shape.vocabularySize()))));
    return new NetworkCheckpoint(kind, network, Long.parseLong(text(properties, "version")));
  }

  private static MultiLayerNetwork network(Path file) throws IOException {
    try (FileSystem zip = FileSystems.newFileSystem(file)) {
      String text = Files.readString(zip.getPath(CONFIGURATION));
      if (!LAYERS_ONCE.matcher(text).find()) {
        return ModelSerializer.restoreMultiLayerNetwork(file.toFile(), true);
      }
    }
    return networkOfOlderRun(file);
  }

  /** Checkpoints name the classes of the layers; older ones by the package they were in then. */
  private static MultiLayerNetwork networkOfOlderRun(Path file) throws IOException {
    Path copy = Files.createTempFile("network", ".zip");
    try {
      Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
      try (FileSystem zip = FileSystems.newFileSystem(copy)) {
        Path configuration = zip.getPath(CONFIGURATION);
        String text = Files.readString(configuration);
        Files.writeString(configuration, LAYERS_ONCE.matcher(text).replaceAll(LAYERS));
      }
      return ModelSerializer.restoreMultiLayerNetwork(copy.toFile(), true);
    } finally {
      Files.delete(copy);
    }
  }

  private static void atomically(Path file, Content content) throws IOException {
    Path temporary = file.resolveSibling(file.getFileName() + ".part");
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(temporary), BUFFER)) {
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
