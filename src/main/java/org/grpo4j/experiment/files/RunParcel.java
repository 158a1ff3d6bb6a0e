package org.grpo4j.experiment.files;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/** A finished run on its way from the machine it was made on to the directory of runs. */
public final class RunParcel {

  private RunParcel() {}

  /** All files of a run directory, as a ZIP file of paths below its name. */
  public static byte[] pack(Path run) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Path root = run.toAbsolutePath();
    try (ZipOutputStream zip = new ZipOutputStream(bytes);
        Stream<Path> walk = Files.walk(root)) {
      zip.setLevel(Deflater.BEST_SPEED);
      for (Path path : walk.sorted().toList()) {
        String name = FileCheck.name(AtomicFiles.directoryOf(root), path);
        boolean isDirectory = Files.isDirectory(path);
        zip.putNextEntry(new ZipEntry(isDirectory ? name + "/" : name));
        if (!isDirectory) {
          Files.copy(path, zip);
        }
      }
    }
    return bytes.toByteArray();
  }

  /**
   * Puts a run into {@code runs}, whole or not at all: beside its place first, moved there when its
   * ledger vouches for every file. It has another name than it had if there is one of that name.
   *
   * @return where it is
   * @throws IOException if it is damaged or cannot be written
   */
  public static Path unpack(byte[] parcel, Path runs) throws IOException {
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(parcel))) {
      ZipEntry root = zip.getNextEntry();
      String name = root == null ? "" : root.getName().replace("/", "");
      if (!name.matches("[A-Za-z0-9][A-Za-z0-9._-]*")) {
        throw new IOException("no run is in the parcel");
      }
      Files.createDirectories(runs);
      Path draft = NewRunDirectory.draft(runs, name);
      try {
        for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
          write(zip, entry, draft, name.length() + 1);
        }
        RunDirectory run = RunDirectory.open(draft);
        List<FileCheck> damage = RunCheck.damage(run);
        if (!damage.isEmpty() || !run.sealed().has(run.summary())) {
          throw new IOException(name + ": came home damaged: " + damage);
        }
        return NewRunDirectory.place(draft, runs, name);
      } finally {
        AtomicFiles.deleteDirectory(draft);
      }
    }
  }

  private static void write(ZipInputStream zip, ZipEntry entry, Path draft, int prefix)
      throws IOException {
    Path file = draft.resolve(entry.getName().substring(prefix)).normalize();
    if (!file.startsWith(draft)) {
      throw new IOException(entry.getName() + ": is not a file of the run");
    }
    if (entry.isDirectory()) {
      Files.createDirectories(file);
    } else {
      Files.copy(zip, file);
    }
  }
}
