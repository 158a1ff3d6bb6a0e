package org.grpo4j.experiment.files;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.grpo4j.experiment.files.FileCheck.State;
import org.jspecify.annotations.Nullable;

/**
 * The contents of {@code ledger.jsonl}: the seal of every file, and the chain that links the
 * entries.
 */
final class LedgerContents {

  static final String FILE = "file";
  static final String LINE = "line";
  static final String SHA256 = "sha256";
  static final String LINES = "lines";
  static final String TEXT = "text";
  static final String TAKEN_BACK_TO = "taken_back_to";
  static final String REMOVED = "removed";
  static final String GROWS = "grows";
  static final String ACCEPTED = "accepted";

  private static final String CHAIN = ",\"chain\":\"";
  private static final String END = "\"}";
  private static final int HASH = 64;

  private final Map<String, Seal> seals = new TreeMap<>();
  private String head = "";
  private int size;
  private long bytes;
  private String lastFile = "";
  private boolean lastIsTakingBack;
  private boolean lastIsDoneAfter;
  private @Nullable Seal beforeLast;

  /**
   * Reads a ledger; a last line without its end, as a killed writer leaves it, is not part of it.
   *
   * @throws DamagedFileException if it is missing, or an entry does not follow from those before it
   */
  static LedgerContents read(Path file) throws IOException {
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      boolean there = Files.exists(file, LinkOption.NOFOLLOW_LINKS);
      throw damaged(file, there ? State.CHANGED : State.MISSING, 0);
    }
    LedgerContents contents = new LedgerContents();
    // Not decoded as UTF-8: a damaged byte must become a wrong hash, not an error of its own.
    String text = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
    int begin = 0;
    for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', begin)) {
      String line =
          new String(
              text.substring(begin, end).getBytes(StandardCharsets.ISO_8859_1),
              StandardCharsets.UTF_8);
      if (!contents.accept(line)) {
        throw damaged(file, State.CHANGED, contents.size + 1);
      }
      begin = end + 1;
    }
    contents.bytes = begin;
    return contents;
  }

  /** The exception for a ledger that is damaged from an entry on. */
  static DamagedFileException damaged(Path file, State state, int entry) {
    return new DamagedFileException(
        file,
        new FileCheck(RunDirectory.LEDGER, state, entry, Optional.empty()),
        "Nothing vouches for the files of this run any more. Put the ledger back, or accept all"
            + " files as they are: ./grpo4j check RUN --accept ledger.jsonl");
  }

  /** The line of an entry, with the link to those before it. */
  String link(String entry) {
    String body = entry.substring(0, entry.length() - 1);
    return body + CHAIN + AtomicFiles.sha256(head + body) + END;
  }

  /** Takes a line; false if it does not follow from those before it. */
  boolean accept(String line) {
    int body = line.length() - END.length() - HASH - CHAIN.length();
    if (body < 1 || !line.equals(link(line.substring(0, body) + "}"))) {
      return false;
    }
    try {
      apply(Json.parse(line));
    } catch (JsonProcessingException e) {
      return false;
    }
    head = line.substring(body + CHAIN.length(), line.length() - END.length());
    size++;
    return true;
  }

  private void apply(JsonNode entry) {
    String file = entry.path(FILE).asText();
    Seal before = seals.get(file);
    lastIsTakingBack = entry.has(TAKEN_BACK_TO);
    lastIsDoneAfter = !entry.has(LINE) && !entry.has(ACCEPTED);
    if (entry.has(LINE)) {
      Seal seal = before == null ? Seal.growing() : before;
      seal.lines().add(entry.path(SHA256).asText());
      seals.put(file, seal);
    } else if (entry.has(TAKEN_BACK_TO)) {
      Seal seal = before == null ? Seal.growing() : before;
      seals.put(file, seal.cutTo(entry.path(TAKEN_BACK_TO).asInt()));
    } else if (entry.has(REMOVED)) {
      seals.remove(file);
    } else {
      List<String> lines = new ArrayList<>();
      entry.path(LINES).forEach(hash -> lines.add(hash.asText()));
      seals.put(
          file,
          new Seal(
              entry.path(GROWS).asBoolean(),
              lines,
              entry.path(SHA256).asText(),
              text(entry, ACCEPTED),
              text(entry, TEXT)));
    }
    lastFile = file;
    beforeLast = before;
  }

  private static Optional<String> text(JsonNode entry, String name) {
    return entry.has(name) ? Optional.of(entry.path(name).asText()) : Optional.empty();
  }

  /** The seal of a file; empty if the run has not written it, or has removed it. */
  Optional<Seal> seal(String file) {
    return Optional.ofNullable(seals.get(file));
  }

  /**
   * All files that the run has written, in alphabetical order; the last one removed may be left.
   */
  List<String> files() {
    TreeSet<String> files = new TreeSet<>(seals.keySet());
    if (beforeLast != null) {
      files.add(lastFile);
    }
    return List.copyOf(files);
  }

  /**
   * Whether {@code file} is that of the last entry. An entry comes before what it is about, so the
   * writer may have been killed in between, and the file be what it was before.
   */
  boolean mayBePending(String file) {
    return file.equals(lastFile);
  }

  /** Whether the last entry took back lines of {@code file}, which may still be there. */
  boolean mayBeTakenBack(String file) {
    return lastIsTakingBack && file.equals(lastFile);
  }

  /** The file of the last entry; empty if there is no entry, or it was about a line. */
  Optional<String> pending() {
    return lastIsDoneAfter ? Optional.of(lastFile) : Optional.empty();
  }

  /** Whether the last entry was not carried out: its {@code file} is as it was before. */
  boolean isUndone(Path file) throws IOException {
    Optional<Seal> now = seal(lastFile);
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      boolean gone = !Files.exists(file, LinkOption.NOFOLLOW_LINKS);
      return now.isPresent() && beforeLast().isEmpty() && gone;
    }
    LineHashes found = LineHashes.of(file);
    return beforeLast().filter(seal -> seal.isOf(lastFile, found)).isPresent()
        && now.filter(seal -> seal.isOf(lastFile, found)).isEmpty();
  }

  /** The seal of the last entry's file before that entry. */
  Optional<Seal> beforeLast() {
    return Optional.ofNullable(beforeLast);
  }

  /** The seals of {@code file}: its own, and the one before if the last entry may be pending. */
  List<Seal> seals(String file) {
    Optional<Seal> before = mayBePending(file) ? beforeLast() : Optional.empty();
    return Stream.of(seal(file), before).flatMap(Optional::stream).toList();
  }

  /** The number of lines of a file; 0 if it is not there. */
  int lineCount(String file) {
    return seal(file).map(seal -> seal.lines().size()).orElse(0);
  }

  /** Its length when it was read, up to the last finished line. */
  long bytes() {
    return bytes;
  }

  int size() {
    return size;
  }

  /** The number of lines of each file that grows. */
  Map<String, Integer> lineCounts() {
    Map<String, Integer> counts = new TreeMap<>();
    seals.forEach(
        (file, seal) -> {
          if (seal.grows()) {
            counts.put(file, seal.lines().size());
          }
        });
    return counts;
  }
}
