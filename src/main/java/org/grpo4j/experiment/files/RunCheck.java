package org.grpo4j.experiment.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.grpo4j.experiment.files.FileCheck.State;
import org.grpo4j.math.Numbers;

/** Every file of a run, compared with what the ledger says; and edits that are accepted. */
public final class RunCheck {

  private final RunDirectory run;
  private final TreeMap<String, FileCheck> checks = new TreeMap<>();

  private RunCheck(RunDirectory run) {
    this.run = run;
  }

  /** The state of every file, in alphabetical order. */
  public static List<FileCheck> of(RunDirectory run) throws IOException {
    RunCheck all = new RunCheck(run);
    try {
      all.addAll(run.sealed());
    } catch (DamagedFileException ledger) {
      return List.of(ledger.check());
    }
    return List.copyOf(all.checks.values());
  }

  private void addAll(SealedFiles files) throws IOException {
    add(FileCheck.of(RunDirectory.LEDGER, State.WHOLE));
    for (String name : files.ledger().files()) {
      Path file = run.path().resolve(name);
      if (files.has(file)) {
        FileCheck check = files.check(file);
        add(check);
        if (check.state() == State.WHOLE && file.endsWith(SavedPolicy.STATE)) {
          Path checkpoint = Objects.requireNonNull(file.getParent());
          SavedPolicy.payload(run.path(), checkpoint, Json.read(file)).forEach(this::add);
        }
      }
    }
    addDerived(files);
    addUnknown(!files.has(run.summary()));
    checks.values().removeIf(this::isUnknowable);
  }

  private void add(FileCheck check) {
    checks.put(check.file(), check);
  }

  /** Without its state, nothing is known of the other files of a checkpoint. */
  private boolean isUnknowable(FileCheck file) {
    FileCheck state = checks.get(state(file.file()));
    return file.state() == State.FOREIGN
        && state != null
        && state.state() != State.FOREIGN
        && !state.state().isGood();
  }

  /** The file that vouches for those of the same checkpoint. */
  private static String state(String file) {
    return file.replaceFirst("^(checkpoints/[^/]+)/.*", "$1/" + SavedPolicy.STATE);
  }

  /** Those that are not good, but for pages and pictures, which can be made again. */
  public static List<FileCheck> damage(RunDirectory run) throws IOException {
    return of(run).stream()
        .filter(check -> !check.state().isGood())
        .filter(check -> !isDerived(run, check.file()))
        .toList();
  }

  /** Whether a file had all lines of an instant, and what is damaged are later ones. */
  public static boolean isAfter(Map<String, Integer> then, RunDirectory run, FileCheck damage) {
    int line = damage.state() == State.MISSING ? 1 : damage.line();
    boolean grows = run.growing().contains(run.path().resolve(damage.file()));
    return grows && line > then.getOrDefault(damage.file(), 0);
  }

  private void addDerived(SealedFiles files) throws IOException {
    boolean finished = files.has(run.summary());
    boolean drawn = finished && files.ledger().lineCount(RunDirectory.METRICS) > 0;
    for (Path file : List.of(run.report(), run.learningCurve())) {
      FileCheck check = FileCheck.of(run.path(), file, DerivedFile::isWhole);
      if (check.state() != State.MISSING || (file.equals(run.report()) ? finished : drawn)) {
        add(check);
      }
    }
  }

  private static boolean isDerived(RunDirectory run, String file) {
    return file.equals(run.name(run.report())) || file.equals(run.name(run.learningCurve()));
  }

  /**
   * Files that the ledger does not know; an unfinished run may have begun one and be killed then.
   */
  private void addUnknown(boolean unfinished) throws IOException {
    List<Path> found;
    try (Stream<Path> walk = Files.walk(run.path())) {
      found = walk.filter(path -> !Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)).toList();
    }
    for (Path file : found) {
      String name = run.name(file);
      State state = State.FOREIGN;
      if (grows(run, file)) {
        int lines = LineHashes.of(file).lines().size();
        state = lines == 0 ? State.WHOLE : lines == 1 && unfinished ? State.DRAFT : State.FOREIGN;
      }
      for (String part : name.split("/")) {
        state = AtomicFiles.isAside(part) ? State.SET_ASIDE : state;
        state = AtomicFiles.isDraft(part) ? State.DRAFT : state;
      }
      checks.putIfAbsent(name, FileCheck.of(name, state));
    }
  }

  /**
   * Accepts a file as it is, which the ledger remembers with the time: what it holds, or that it is
   * gone. To accept the ledger itself is to begin a new one with everything that is there.
   *
   * @param file as {@link FileCheck} calls it
   * @return the files that were accepted
   * @throws IllegalArgumentException if it cannot be accepted
   */
  public static List<String> accept(RunDirectory run, String file) throws IOException {
    if (file.equals(RunDirectory.LEDGER)) {
      return beginAnew(run);
    }
    Path path = run.path().resolve(file).normalize();
    String name = path.startsWith(run.path().normalize()) ? run.name(path) : file;
    if (of(run).stream().noneMatch(check -> check.file().equals(name)) || isDerived(run, name)) {
      throw new IllegalArgumentException(
          "--accept: must be a file that check lists, other than pages and pictures, got " + file);
    }
    boolean gone = !Files.exists(path, LinkOption.NOFOLLOW_LINKS);
    if (!gone && (!FileCheck.isPlain(run.path(), path) || name.startsWith("checkpoints/"))) {
      throw new IllegalArgumentException(
          "--accept: "
              + file
              + " cannot be accepted\n  Checkpoints are used as they were written"
              + " or not at all: move this one away, then accept that its state.json is gone.");
    }
    try (Ledger ledger = Ledger.open(run)) {
      accept(ledger, run, path);
      ledger.sync();
    }
    return List.of(name);
  }

  private static void accept(Ledger ledger, RunDirectory run, Path path) throws IOException {
    if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      ledger.accept(path, Optional.empty(), false);
      return;
    }
    if (grows(run, path)) {
      LineFile.endLastLine(path);
    }
    ledger.accept(path, Optional.of(LineHashes.of(path)), grows(run, path));
  }

  /**
   * A sentence about lines beyond the end of the ledger, if they are more than a killed writer
   * leaves: then the ledger was cut, or lost its end in a power cut. All who read the run leave out
   * what it does not know, so they should say this.
   */
  public static Optional<String> beyondLedger(RunDirectory run) throws IOException {
    Map<Path, Integer> found = new LinkedHashMap<>(); // before the ledger, which may grow meanwhile
    for (Path file : run.growing()) {
      if (FileCheck.isPlain(run.path(), file)) {
        found.put(file, LineHashes.of(file).finishedLines());
      }
    }
    SealedFiles files;
    try {
      files = run.sealed();
    } catch (DamagedFileException e) {
      return Optional.empty(); // whoever reads a file is told
    }
    List<String> beyond = new ArrayList<>();
    int unknown = 0;
    int untraced = 0; // the trace has a thread of its own
    for (Map.Entry<Path, Integer> file : found.entrySet()) {
      String name = run.name(file.getKey());
      int more = file.getValue() - files.ledger().lineCount(name);
      if (more > 0 && !files.ledger().mayBeTakenBack(name)) {
        unknown = Math.max(unknown, more);
        untraced += file.getKey().equals(run.traceLines()) ? 0 : more;
        beyond.add(Numbers.count(more, "line") + " of " + name);
      }
    }
    return Math.max(unknown, untraced) <= 1
        ? Optional.empty()
        : Optional.of(
            "%s: ends before the files do, so this is left out: %s"
                .formatted(run.ledger(), String.join(", ", beyond)));
  }

  private static boolean grows(RunDirectory run, Path file) {
    return FileCheck.isPlain(run.path(), file) && run.growing().contains(file);
  }

  private static List<String> beginAnew(RunDirectory run) throws IOException {
    List<String> accepted = new ArrayList<>();
    if (Files.exists(run.ledger(), LinkOption.NOFOLLOW_LINKS)) {
      LedgerLock.requireFree(run);
      AtomicFiles.moveAside(run.ledger());
    }
    try (Ledger ledger = Ledger.open(run)) {
      RunCheck found = new RunCheck(run);
      found.addUnknown(false);
      for (FileCheck check : found.checks.values()) {
        Path path = run.path().resolve(check.file());
        boolean state = path.endsWith(SavedPolicy.STATE);
        boolean payload = check.file().startsWith("checkpoints/") && !state;
        boolean own = check.file().equals(RunDirectory.LEDGER) || isDerived(run, check.file());
        if (check.state() == State.FOREIGN
            && !own
            && !payload
            && FileCheck.isPlain(run.path(), path)) {
          accept(ledger, run, path);
          accepted.add(check.file());
        }
      }
      ledger.sync();
    }
    return accepted;
  }
}
