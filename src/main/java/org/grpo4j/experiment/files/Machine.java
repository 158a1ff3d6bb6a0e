package org.grpo4j.experiment.files;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** The run's machine, and the memory that the process has taken. */
public final class Machine {

  private static final Path PROCESSOR_INFO = Path.of("/proc/cpuinfo");
  private static final Path PROCESS_STATUS = Path.of("/proc/self/status");
  private static final long KIBIBYTE = 1024;

  private Machine() {}

  /** The processor's model as Linux names it, otherwise the architecture. */
  public static String processor() {
    return value(PROCESSOR_INFO, "model name").orElse(System.getProperty("os.arch", "unknown"));
  }

  /**
   * The most physical memory the process has held so far, native memory included, in bytes: {@code
   * VmHWM} of Linux. Empty on other systems.
   */
  public static OptionalLong peakResidentBytes() {
    return value(PROCESS_STATUS, "VmHWM").stream()
        .mapToLong(size -> Long.parseLong(size.replaceAll("[^0-9]", "")) * KIBIBYTE)
        .findFirst();
  }

  /** The value of {@code name} in a file of the system; empty on other systems. */
  private static Optional<String> value(Path file, String name) {
    try (Stream<String> lines = Files.lines(file)) {
      return lines
          .filter(line -> line.startsWith(name))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst();
    } catch (IOException | UncheckedIOException e) {
      return Optional.empty();
    }
  }
}
