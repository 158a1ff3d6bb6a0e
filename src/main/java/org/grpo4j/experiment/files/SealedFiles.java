package org.grpo4j.experiment.files;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.grpo4j.experiment.files.FileCheck.State;

/**
 * The reader of a run's files, which believes none that the ledger does not vouch for. All commands
 * read through it, so that damage and edits are named and never taken for results.
 *
 * <p>What a file that grows holds beyond the lines that the ledger knows is left out: a killed
 * writer left it, or a living one is about to enter it.
 */
public final class SealedFiles {

  /** A living writer may change a file while it is read; then it is read again. */
  private static final int ATTEMPTS = 5;

  /** A killed writer leaves a line that it has not entered. */
  private static final int MOST_FURTHER_LINES = 1;

  private final RunDirectory run;
  private LedgerContents ledger;

  private SealedFiles(RunDirectory run) throws IOException {
    this.run = run;
    this.ledger = LedgerContents.read(run.ledger());
  }

  /**
   * The files of {@code run}.
   *
   * @throws DamagedFileException if the ledger is missing or damaged
   */
  public static SealedFiles of(RunDirectory run) throws IOException {
    SealedFiles files = new SealedFiles(run);
    boolean there = Files.exists(run.summary(), LinkOption.NOFOLLOW_LINKS);
    boolean cut = there && !files.has(run.summary()); // it is entered before it is written
    if (cut || files.ledger.size() == 0) {
      throw LedgerContents.damaged(run.ledger(), State.CUT, files.ledger.size() + 1);
    }
    return files;
  }

  /** Whether the run has written {@code file}, be it damaged or missing now. */
  public boolean has(Path file) {
    String name = run.name(file);
    boolean known = ledger.seal(name).isPresent();
    boolean pending = ledger.mayBePending(name) && ledger.beforeLast().isPresent() != known;
    return pending ? Files.exists(file, LinkOption.NOFOLLOW_LINKS) : known;
  }

  /**
   * The text of a file that does not grow.
   *
   * @throws DamagedFileException if it is missing or not as it was written
   */
  public String text(Path file) throws IOException {
    return String.join("\n", read(file));
  }

  /**
   * The lines of a file that grows, as many as the ledger knows; none if it is not there yet.
   *
   * @throws DamagedFileException if it is missing or not as it was written
   */
  public List<String> lines(Path file) throws IOException {
    if (!has(file)) {
      return List.of();
    }
    List<String> lines = read(file);
    int known = ledger.lineCount(run.name(file));
    return List.copyOf(lines.subList(0, Math.min(known, lines.size() - 1)));
  }

  /** All lines of a file that is good, and at last what follows the last line feed. */
  private List<String> read(Path file) throws IOException {
    List<String> lines = new ArrayList<>();
    FileCheck check =
        check(
            file,
            () -> {
              lines.clear();
              return line -> lines.add(new String(line, StandardCharsets.UTF_8));
            });
    if (check.state() != State.WHOLE) {
      throw damage(check);
    }
    return lines;
  }

  /**
   * The JSON object of a file that does not grow.
   *
   * @throws DamagedFileException if it is missing or not as it was written
   */
  public ObjectNode json(Path file) throws IOException {
    return Json.object(file, text(file));
  }

  /** The files that somebody has edited on purpose, each with the time of acceptance. */
  public List<String> accepted() {
    return ledger.files().stream()
        .flatMap(
            name ->
                ledger.seal(name).flatMap(Seal::acceptedAt).stream()
                    .map(time -> name + " (" + time + ")"))
        .toList();
  }

  /** The text that a file had when the run wrote it, of those of which it is kept. */
  Optional<String> original(Path file) {
    return ledger.seal(run.name(file)).flatMap(Seal::text);
  }

  /** The directories of the checkpoints that the run has written, good or not. */
  List<Path> checkpoints() {
    return ledger.files().stream()
        .map(file -> run.path().resolve(file))
        .filter(file -> file.endsWith(SavedPolicy.STATE))
        .filter(this::has)
        .map(Path::getParent)
        .toList();
  }

  LedgerContents ledger() {
    return ledger;
  }

  /** The exception for a file that is not good. */
  public DamagedFileException damage(FileCheck check) {
    Path file = run.path().resolve(check.file());
    String accept = "./grpo4j check " + run.path() + " --accept " + check.file();
    return new DamagedFileException(
        file, check, "Put it back as it was, or accept it as it is: " + accept);
  }

  /** Compares {@code file} with what the ledger says. */
  FileCheck check(Path file) throws IOException {
    return check(file, () -> line -> {});
  }

  /**
   * @param lines what takes the lines, asked for whenever the file is read
   */
  private FileCheck check(Path file, Supplier<Consumer<byte[]>> lines) throws IOException {
    for (int attempt = 1; ; attempt++) {
      FileCheck check = compare(file, lines.get());
      int known = ledger.size();
      if (check.state() == State.WHOLE || attempt == ATTEMPTS) {
        return check;
      }
      ledger = LedgerContents.read(run.ledger());
      if (ledger.size() == known) {
        return check;
      }
    }
  }

  private FileCheck compare(Path file, Consumer<byte[]> lines) throws IOException {
    String name = run.name(file);
    List<Seal> seals = ledger.seals(name);
    FileCheck there = FileCheck.of(run.path(), file, path -> true);
    if (there.state() == State.MISSING || there.state() == State.LINK) {
      return there;
    }
    if (seals.isEmpty()) {
      return FileCheck.of(name, State.FOREIGN);
    }
    LineHashes found = LineHashes.of(file, lines);
    FileCheck now = seals.get(0).compare(name, found, mostFurtherLines(name));
    FileCheck before = seals.get(seals.size() - 1).compare(name, found, mostFurtherLines(name));
    return before.state() == State.WHOLE && now.state() != State.WHOLE ? before : now;
  }

  /** Beyond the known lines a finished run has nothing; the log may have a line too many. */
  private int mostFurtherLines(String name) {
    if (ledger.mayBeTakenBack(name)) {
      return Integer.MAX_VALUE;
    }
    boolean finished =
        ledger.seal(RunDirectory.SUMMARY).isPresent() && !ledger.mayBePending(RunDirectory.SUMMARY);
    return finished && !name.equals(RunDirectory.LOG) ? 0 : MOST_FURTHER_LINES;
  }
}
