package org.grpo4j.performance;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The size of a step.
 *
 * @param prompts questions of an update
 * @param group completions of each
 * @param width of the network; its feed-forward part is four times as wide
 * @param layers its blocks
 * @param length tokens of a completion
 */
record Size(int prompts, int group, int width, int layers, int length) {

  /** That of the default run. */
  static final Size DEFAULT = new Size(32, 8, 48, 1, 9);

  Size withPrompts(int other) {
    return new Size(other, group, width, layers, length);
  }

  Size withWidth(int other) {
    return new Size(prompts, group, other, layers, length);
  }

  Size withLayers(int other) {
    return new Size(prompts, group, width, other, length);
  }

  Size withLength(int other) {
    return new Size(prompts, group, width, layers, other);
  }

  int completions() {
    return prompts * group;
  }

  /** The work of a step, roughly, as a multiple of the default one's. */
  double work() {
    return (double) completions()
        / DEFAULT.completions()
        * ((width * width) / (double) (DEFAULT.width * DEFAULT.width))
        * layers
        * length
        / DEFAULT.length;
  }

  /** Options of {@code bench}; {@code classes} is where {@link LongSums} is. */
  List<String> settings(Path classes) {
    List<String> words = new ArrayList<>();
    words.add("--set=train.prompts=" + prompts);
    words.add("--set=train.group_size=" + group);
    words.add("--set=model.width=" + width);
    words.add("--set=model.feed_forward=" + 4 * width);
    words.add("--set=model.layers=" + layers);
    if (length != DEFAULT.length) {
      words.add("--classpath=" + classes);
      words.add("--set=task={class: %s, length: %d}".formatted(LongSums.class.getName(), length));
    }
    return words;
  }

  /** Arguments of the libtorch peer. */
  List<String> arguments() {
    return List.of(
        "prompts=" + prompts,
        "group=" + group,
        "width=" + width,
        "layers=" + layers,
        "length=" + length);
  }
}
