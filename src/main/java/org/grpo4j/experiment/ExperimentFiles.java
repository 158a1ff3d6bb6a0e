package org.grpo4j.experiment;

import java.nio.file.Path;
import java.util.List;
import org.grpo4j.experiment.config.ConfigNode;
import org.grpo4j.experiment.config.ConfigSource;
import org.grpo4j.experiment.config.RecordBinder;

/** Reads experiment files. */
public final class ExperimentFiles {

  private final ConfigSource source;

  /**
   * @param libraries directories of experiment files that {@code extends} may name
   */
  public ExperimentFiles(List<Path> libraries) {
    this.source = new ConfigSource(libraries);
  }

  /**
   * The experiment of {@code file}.
   *
   * @param overrides settings on top of the file, such as {@code train.group_size=16}, in order
   * @throws org.grpo4j.experiment.config.ConfigException if anything is wrong with it
   */
  public ExperimentConfig read(Path file, List<String> overrides) {
    ConfigNode.Section section = source.file(file);
    for (String override : overrides) {
      section = ConfigSource.override(section, override);
    }
    return RecordBinder.bind(section, ExperimentConfig.class);
  }
}
