package org.grpo4j.experiment.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/** The run's machine, and the memory that the process has taken. */
public final class Machine {

  private static final Path PROCESSOR_INFO = Path.of("/proc/cpuinfo");
  private static final Path PROCESS_STATUS = Path.of("/proc/self/status");
  private static final long KIBIBYTE = 1024;

  private Machine() {}

  /** The processor's model as Linux names it, otherwise the architecture. */
  static String processor() {
    try {
      for (String line : Files.readAllLines(PROCESSOR_INFO)) {
        if (line.startsWith("model name")) {
          return line.substring(line.indexOf(':') + 1).strip();
        }
      }
    } catch (IOException e) {
      return System.getProperty("os.arch", "unknown");
    }
    return System.getProperty("os.arch", "unknown");
  }

  /**
   * The most physical memory the process has held so far, native memory included, in bytes: {@code
   * VmHWM} of Linux. Empty on other systems.
   */
  public static OptionalLong peakResidentBytes() {
    try {
      for (String line : Files.readAllLines(PROCESS_STATUS)) {
        if (line.startsWith("VmHWM:")) {
          return OptionalLong.of(Long.parseLong(line.replaceAll("[^0-9]", "")) * KIBIBYTE);
        }
      }
    } catch (IOException e) {
      return OptionalLong.empty();
    }
    return OptionalLong.empty();
  }
}
