package org.grpo4j.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.grpo4j.experiment.config.OutsideClasses;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options of every command that reads an experiment or opens a run. */
final class ClasspathOptions extends CommonOptions {

  @Option(
      names = "--classpath",
      paramLabel = "DIR",
      description =
          "A directory or jar with classes that the experiment names, such as"
              + " advantage: {class: my.Estimator}; may be repeated. See docs/extending.md.")
  private List<Path> entries = new ArrayList<>();

  private @Nullable OutsideClasses classes;

  /** The classes there; a mistake is one of usage. */
  OutsideClasses classes() {
    try {
      classes = classes == null ? OutsideClasses.of(entries) : classes;
      return classes;
    } catch (IllegalArgumentException e) {
      throw new UsageException(String.valueOf(e.getMessage()));
    }
  }

  /** The same options for a process of this program that is started. */
  List<String> classpath() {
    return classes().entries().stream()
        .flatMap(entry -> Stream.of("--classpath", entry.toString()))
        .toList();
  }
}
