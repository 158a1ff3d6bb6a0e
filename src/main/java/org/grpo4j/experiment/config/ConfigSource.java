package org.grpo4j.experiment.config;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.grpo4j.declare.Setting;

/**
 * Reads experiment files: {@code extends: base.yaml} puts the file on top of another one, a list
 * puts it on top of several, settings from the command line come on top of all.
 *
 * <p>Sections are merged key by key. A section that chooses another {@code kind} or {@code class}
 * than the one below it replaces it as a whole, since the settings of the two have nothing to do
 * with each other.
 *
 * @param libraries directories where {@code extends} looks after the file's own directory
 */
public record ConfigSource(List<Path> libraries) {

  /** Larger than any experiment file by three orders of magnitude. */
  private static final long MAX_BYTES = 1 << 20;

  private static final int MAX_FILES = 8;
  private static final String EXTENDS = "extends";

  public ConfigSource {
    libraries = List.copyOf(libraries);
  }

  /**
   * The settings of {@code file} and of the files it extends.
   *
   * @throws ConfigException if one of them cannot be read
   */
  public ConfigNode.Section file(Path file) {
    return file(file, new ArrayList<>());
  }

  /**
   * {@code section} with one setting from the command line.
   *
   * @param assignment such as {@code train.group_size=16}; the value is YAML
   */
  public static ConfigNode.Section override(ConfigNode.Section section, String assignment) {
    String source = "--set " + assignment;
    Origin origin = new Origin(source, 0);
    int equals = assignment.indexOf('=');
    if (equals < 1 || !assignment.substring(0, equals).matches("[^.\\s]+(\\.[^.\\s]+)*")) {
      throw new ConfigException(
          origin, "", "must be key=value", "For example --set train.group_size=16");
    }
    String text = assignment.substring(equals + 1);
    ConfigNode value =
        text.isBlank()
            ? new ConfigNode.Scalar("", false, origin)
            : YamlReader.read(text, source, false);
    String[] keys = assignment.substring(0, equals).split("\\.", -1);
    for (int i = keys.length - 1; i >= 0; i--) {
      value = new ConfigNode.Section(Map.of(keys[i], new ConfigNode.Entry(origin, value)), origin);
    }
    return merge(section, (ConfigNode.Section) value);
  }

  /**
   * The settings in {@code text}, which extends no file.
   *
   * @param name what messages call it
   */
  public static ConfigNode.Section text(String text, String name) {
    ConfigNode root = YamlReader.read(text, name, true);
    if (!(root instanceof ConfigNode.Section section)) {
      throw new ConfigException(
          root.origin(),
          "",
          "must hold sections and settings, got " + root.describe(),
          "Write `name: value`, one a line.");
    }
    return section;
  }

  private ConfigNode.Section file(Path file, List<Path> below) {
    ConfigNode.Section section = text(text(file, new Origin(file.toString(), 0)), file.toString());
    ConfigNode.Entry base = section.entries().get(EXTENDS);
    if (base == null) {
      return section;
    }
    List<Path> chain = new ArrayList<>(below);
    chain.add(file.toAbsolutePath().normalize());
    ConfigNode.Section merged = new ConfigNode.Section(Map.of(), section.origin());
    for (ConfigNode.Scalar name : bases(base)) {
      merged = merge(merged, base(file, base, name, chain));
    }
    return merge(merged, section.without(EXTENDS));
  }

  /** One name, or a list of names of which each comes on top of those before it. */
  private static List<ConfigNode.Scalar> bases(ConfigNode.Entry base) {
    List<ConfigNode> given =
        base.value() instanceof ConfigNode.Sequence sequence
            ? sequence.items()
            : List.of(base.value());
    List<ConfigNode.Scalar> names = new ArrayList<>();
    for (ConfigNode node : given) {
      if (!(node instanceof ConfigNode.Scalar name) || name.isEmpty()) {
        throw new ConfigException(
            base.keyOrigin(),
            EXTENDS,
            "must be the name of a file, got " + node.describe(),
            "For example extends: think-add.yaml, or extends: [think-add.yaml, presets/ppo.yaml]");
      }
      names.add(name);
    }
    return names;
  }

  private ConfigNode.Section base(
      Path file, ConfigNode.Entry base, ConfigNode.Scalar name, List<Path> chain) {
    Path baseFile = locate(file, name);
    if (chain.contains(baseFile.toAbsolutePath().normalize()) || chain.size() >= MAX_FILES) {
      throw new ConfigException(
          base.keyOrigin(),
          EXTENDS,
          chain.size() >= MAX_FILES
              ? "more than " + MAX_FILES + " files extend each other"
              : "the files extend each other in a circle through " + name.text(),
          "Remove one `extends`.");
    }
    return file(baseFile, chain);
  }

  private Path locate(Path file, ConfigNode.Scalar name) {
    List<Path> candidates = new ArrayList<>();
    try {
      candidates.add(file.resolveSibling(name.text()));
      for (Path library : libraries) {
        candidates.add(library.resolve(name.text()));
      }
    } catch (InvalidPathException e) {
      throw new ConfigException(name.origin(), EXTENDS, "not a file name: " + e.getReason(), "");
    }
    for (Path candidate : candidates) {
      if (Files.isRegularFile(candidate)) {
        return candidate;
      }
    }
    throw new ConfigException(
        name.origin(),
        EXTENDS,
        "there is no file " + name.text() + " beside this one",
        "Give the path relative to this file.");
  }

  private static String text(Path file, Origin origin) {
    if (!Files.exists(file)) {
      throw new ConfigException(
          origin, "", "there is no such file", "Give the path of an experiment file.");
    }
    if (!Files.isRegularFile(file)) {
      throw new ConfigException(
          origin, "", "is not a file", "Give the path of an experiment file.");
    }
    try {
      if (Files.size(file) > MAX_BYTES) {
        throw new ConfigException(
            origin,
            "",
            "is larger than 1 MiB",
            "An experiment file has a few hundred lines at most.");
      }
      String text =
          StandardCharsets.UTF_8
              .newDecoder()
              .decode(ByteBuffer.wrap(Files.readAllBytes(file)))
              .toString();
      return text.startsWith("\uFEFF") ? text.substring(1) : text;
    } catch (CharacterCodingException e) {
      throw new ConfigException(origin, "", "is not UTF-8 text", "Save it as UTF-8.");
    } catch (IOException e) {
      throw new ConfigException(origin, "", "cannot be read: " + e.getMessage(), "");
    }
  }

  private static ConfigNode.Section merge(ConfigNode.Section base, ConfigNode.Section top) {
    ConfigNode.Section merged = base;
    for (Map.Entry<String, ConfigNode.Entry> change : top.entries().entrySet()) {
      ConfigNode.Entry below = base.entries().get(change.getKey());
      ConfigNode.Entry above = change.getValue();
      ConfigNode value = below == null ? above.value() : merge(below.value(), above.value());
      merged = merged.with(change.getKey(), new ConfigNode.Entry(above.keyOrigin(), value));
    }
    return merged;
  }

  /** A section that leaves something out has it from the setting's default. */
  static ConfigNode onDefault(ConfigNode given, Setting setting) {
    if (setting.byDefault().isEmpty() || !(given instanceof ConfigNode.Section)) {
      return given;
    }
    ConfigNode merged = merge(YamlReader.read(setting.byDefault(), "default", false), given);
    return merged instanceof ConfigNode.Section section
        ? new ConfigNode.Section(section.entries(), given.origin())
        : given;
  }

  /** The settings of {@code top}, and those of {@code base} where {@code top} is silent. */
  static ConfigNode merge(ConfigNode base, ConfigNode top) {
    if (!(top instanceof ConfigNode.Section topSection)) {
      return top;
    }
    ConfigNode.Section baseSection = Choices.asSection(base);
    for (String key : List.of(Choices.KIND, Choices.CLASS)) {
      ConfigNode.Entry kind = topSection.entries().get(key);
      ConfigNode.Entry below = baseSection.entries().get(key);
      if (kind != null && (below == null || !sameText(kind.value(), below.value()))) {
        return topSection;
      }
    }
    ConfigNode.Section merged = merge(baseSection, topSection);
    return base instanceof ConfigNode.Section
        ? merged
        : new ConfigNode.Section(merged.entries(), top.origin());
  }

  private static boolean sameText(ConfigNode one, ConfigNode other) {
    return one instanceof ConfigNode.Scalar a
        && other instanceof ConfigNode.Scalar b
        && a.text().equals(b.text());
  }
}
