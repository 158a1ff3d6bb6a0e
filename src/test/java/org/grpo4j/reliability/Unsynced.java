package org.grpo4j.reliability;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.grpo4j.experiment.files.AtomicFiles;

/**
 * What a power cut may take, as on a file system that journals names: of the names that changed
 * since their directory was synced the last ones, in their order; of every file the bytes that were
 * added since it was synced, or some of them. A truncation is not lost.
 */
final class Unsynced {

  private enum Change {
    CREATED,
    RENAMED,
    DELETED
  }

  /** A change of a name; {@code before} are the bytes that it took away. */
  private record Name(Change change, Path path, Path from, Optional<byte[]> before) {

    Name moved(Path old, Path now) {
      boolean below = change != Change.DELETED && path.startsWith(old);
      return below ? new Name(change, now.resolve(old.relativize(path)), from, before) : this;
    }

    boolean of(Path directory) {
      return directory.equals(path.getParent()) || directory.equals(from.getParent());
    }
  }

  private final List<Name> names = new ArrayList<>();
  private final Map<Path, Long> syncedSizes = new HashMap<>();

  void write(Path file) throws IOException {
    syncedSizes.putIfAbsent(file, Files.size(file));
  }

  void truncate(Path file, long size) {
    syncedSizes.computeIfPresent(file, (path, synced) -> Math.min(synced, size));
  }

  void sync(Path path) {
    syncedSizes.remove(path);
    names.removeIf(name -> name.of(path));
  }

  void create(Path path) {
    names.add(new Name(Change.CREATED, path, path, Optional.empty()));
  }

  void delete(Path path) throws IOException {
    names.add(new Name(Change.DELETED, path, path, bytes(path)));
    syncedSizes.remove(path);
  }

  void rename(Path from, Path to) throws IOException {
    names.removeIf(name -> name.change() == Change.CREATED && name.path().equals(to));
    Optional<byte[]> before = bytes(to);
    syncedSizes.remove(to);
    moved(from, to);
    names.add(new Name(Change.RENAMED, to, from, before));
  }

  private void moved(Path from, Path to) {
    names.replaceAll(name -> name.moved(from, to));
    Map<Path, Long> sizes = new HashMap<>();
    syncedSizes.forEach(
        (path, size) ->
            sizes.put(path.startsWith(from) ? to.resolve(from.relativize(path)) : path, size));
    syncedSizes.clear();
    syncedSizes.putAll(sizes);
  }

  private static Optional<byte[]> bytes(Path path) throws IOException {
    boolean file = Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS);
    return file ? Optional.of(Files.readAllBytes(path)) : Optional.empty();
  }

  /** The power cut. */
  void lose(SplittableRandom random) throws IOException {
    for (Path file : syncedSizes.keySet().stream().sorted().toList()) {
      long synced = syncedSizes.get(file);
      long lost = Files.size(file) - synced;
      long kept = random.nextBoolean() ? 0 : lost <= 0 ? 0 : random.nextLong(lost + 1);
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
        channel.truncate(synced + kept);
      }
    }
    int kept = random.nextInt(names.size() + 1);
    while (names.size() > kept) {
      undo(names.remove(names.size() - 1));
    }
  }

  private void undo(Name name) throws IOException {
    Path path = name.path();
    try {
      if (name.change() == Change.CREATED) {
        AtomicFiles.deleteDirectory(path);
      } else if (name.change() == Change.RENAMED) {
        Files.move(path, name.from(), StandardCopyOption.ATOMIC_MOVE);
        names.replaceAll(other -> other.moved(path, name.from()));
      }
      if (name.before().isPresent()) {
        Files.write(path, name.before().get());
      } else if (name.change() == Change.DELETED) {
        Files.createDirectory(path);
      }
    } catch (NoSuchFileException gone) {
      // it was lost with its directory
    }
  }
}
