package org.grpo4j.course.source;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The files that the running program is made of, be it a jar or a directory of classes. */
public final class ProgramFiles {

  private ProgramFiles() {}

  /**
   * The files of one directory, not of those below it: contents by name.
   *
   * @param directory its path from the root, such as {@code org/grpo4j/math}
   */
  public static SortedMap<String, byte[]> in(String directory) {
    try {
      URI location = ProgramFiles.class.getProtectionDomain().getCodeSource().getLocation().toURI();
      Path root = Path.of(location);
      if (Files.isDirectory(root)) {
        return read(root.resolve(directory));
      }
      try (FileSystem jar = FileSystems.newFileSystem(root)) {
        return read(jar.getPath(directory));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(directory, e);
    } catch (URISyntaxException e) {
      throw new IllegalStateException("no path of the running program", e);
    }
  }

  private static SortedMap<String, byte[]> read(Path directory) throws IOException {
    SortedMap<String, byte[]> files = new TreeMap<>();
    if (Files.isDirectory(directory)) {
      try (Stream<Path> all = Files.list(directory)) {
        for (Path file : all.filter(Files::isRegularFile).toList()) {
          files.put(String.valueOf(file.getFileName()), Files.readAllBytes(file));
        }
      }
    }
    return files;
  }
}
