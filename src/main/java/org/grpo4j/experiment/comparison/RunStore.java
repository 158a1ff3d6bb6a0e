package org.grpo4j.experiment.comparison;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.grpo4j.experiment.comparison.FinishedRun.Provenance;
import org.grpo4j.experiment.comparison.RunNumbers.Layout;

/**
 * Finished runs by the thousand. Each directory is read once, and its numbers go to a temporary
 * file; in memory remains what says where they are. A comparison takes one column of one run at a
 * time from there, so that what it holds grows neither with updates nor with columns. What runs
 * have in common, as provenance, settings and names, is held once.
 *
 * <p>The file has 8 bytes a number, and no name: the system frees it when no run of it is held any
 * more or the program has ended, however it ended.
 */
public final class RunStore {

  private final FileChannel file;
  private final Map<Layout, Layout> layouts = new HashMap<>();
  private final Map<Provenance, Provenance> provenances = new HashMap<>();
  private long end;

  private RunStore(FileChannel file) {
    this.file = file;
  }

  /**
   * An empty one, in the system's directory of temporary files.
   *
   * @throws IOException if there can be no file
   */
  public static RunStore open() throws IOException {
    Path path = Files.createTempFile("grpo4j-runs", ".bin");
    FileChannel file = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
    Files.delete(path);
    return new RunStore(file);
  }

  /**
   * The run in {@code directory}; see {@link RunReader#read}.
   *
   * @throws IOException if a file is missing, is not what a run writes, or cannot be written
   */
  public FinishedRun read(Path directory) throws IOException {
    return keep(RunReader.read(directory));
  }

  /** The same run, with its numbers in the file. */
  FinishedRun keep(FinishedRun run) throws IOException {
    double[] numbers = run.numbers().all();
    ByteBuffer bytes = ByteBuffer.allocate(numbers.length * Double.BYTES);
    bytes.asDoubleBuffer().put(numbers);
    long begin = end;
    while (bytes.hasRemaining()) {
      end += file.write(bytes, end);
    }
    Layout layout = layouts.computeIfAbsent(run.numbers().layout(), UnaryOperator.identity());
    RunNumbers kept = new RunNumbers(layout, (from, count) -> read(begin, from, count));
    Provenance provenance = provenances.computeIfAbsent(run.provenance(), UnaryOperator.identity());
    return new FinishedRun(run.seed(), run.directory(), provenance, kept);
  }

  private double[] read(long begin, int from, int count) {
    ByteBuffer bytes = ByteBuffer.allocate(count * Double.BYTES);
    try {
      for (long at = begin + (long) from * Double.BYTES; bytes.hasRemaining(); ) {
        int read = file.read(bytes, at);
        if (read < 0) {
          throw new EOFException("the temporary file was cut");
        }
        at += read;
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read back what was read of finished runs", e);
    }
    double[] numbers = new double[count];
    bytes.flip().asDoubleBuffer().get(numbers);
    return numbers;
  }
}
