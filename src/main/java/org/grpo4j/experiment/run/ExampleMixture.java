package org.grpo4j.experiment.run;

import java.util.AbstractList;
import java.util.List;
import java.util.Objects;
import java.util.RandomAccess;
import java.util.SplittableRandom;
import org.grpo4j.math.RandomStreams;
import org.grpo4j.math.RandomStreams.Purpose;
import org.grpo4j.task.Demonstration;

/** Examples of several sources, each drawn when it is asked for, and to the same every time. */
final class ExampleMixture extends AbstractList<Demonstration> implements RandomAccess {

  private final List<Examples.Part> parts;
  private final int size;
  private final RandomStreams streams;

  ExampleMixture(List<Examples.Part> parts, int size, RandomStreams streams) {
    this.parts = parts;
    this.size = size;
    this.streams = streams;
  }

  @Override
  public Demonstration get(int index) {
    Objects.checkIndex(index, size);
    SplittableRandom random = streams.stream(Purpose.EXAMPLES, -2, index);
    double rest = random.nextDouble() * parts.stream().mapToDouble(Examples.Part::weight).sum();
    Examples.Part chosen = parts.get(0);
    for (Examples.Part part : parts) {
      chosen = part;
      rest -= part.weight();
      if (rest < 0) {
        break;
      }
    }
    return chosen.kept().get(random.nextInt(chosen.kept().size()));
  }

  @Override
  public int size() {
    return size;
  }
}
