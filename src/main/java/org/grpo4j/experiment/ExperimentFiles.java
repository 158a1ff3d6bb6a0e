package org.grpo4j.experiment;

import java.nio.file.Path;
import java.util.List;
import org.grpo4j.experiment.config.ConfigNode;
import org.grpo4j.experiment.config.ConfigSource;
import org.grpo4j.experiment.config.OutsideClasses;
import org.grpo4j.experiment.config.RecordBinder;

/** Reads experiment files. */
public final class ExperimentFiles {

  private final ConfigSource source;
  private final OutsideClasses classes;

  /** The project's directory, as the launcher tells. */
  public static Path home() {
    return Path.of(System.getProperty("grpo4j.home", ""));
  }

  /** The directory of the experiment files that come with the program. */
  public static Path library() {
    return home().resolve("experiments");
  }

  /** Files that name no class from outside. */
  public ExperimentFiles(List<Path> libraries) {
    this(libraries, OutsideClasses.NONE);
  }

  /**
   * @param libraries directories of experiment files that {@code extends} may name
   * @param classes where classes are that the files name
   */
  public ExperimentFiles(List<Path> libraries, OutsideClasses classes) {
    this.source = new ConfigSource(libraries);
    this.classes = classes;
  }

  /**
   * The experiment of {@code file}.
   *
   * @param overrides settings on top of the file, such as {@code train.group_size=16}, in order
   * @throws org.grpo4j.experiment.config.ConfigException if anything is wrong with it
   */
  public ExperimentConfig read(Path file, List<String> overrides) {
    return bind(source.file(file), overrides);
  }

  /**
   * The experiment that {@code text} describes with every setting.
   *
   * @param name what messages call it
   */
  public ExperimentConfig parse(String text, String name) {
    return bind(ConfigSource.text(text, name), List.of());
  }

  private ExperimentConfig bind(ConfigNode.Section file, List<String> overrides) {
    ConfigNode.Section section = file;
    for (String override : overrides) {
      section = ConfigSource.override(section, override);
    }
    return RecordBinder.bind(section, ExperimentConfig.class, classes);
  }
}
