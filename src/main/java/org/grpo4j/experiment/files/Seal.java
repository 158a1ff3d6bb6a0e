package org.grpo4j.experiment.files;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.grpo4j.experiment.files.FileCheck.State;

/**
 * The ledger's knowledge of one file.
 *
 * @param grows whether it grows by lines, so that what follows the known ones is not the run's
 * @param lines the hash of every line; grows with the file
 * @param sha256 of the whole; empty if it grows
 * @param acceptedAt when somebody accepted it as it was then
 * @param text the text itself, of files whose old contents matter when they are changed
 */
record Seal(
    boolean grows,
    List<String> lines,
    String sha256,
    Optional<String> acceptedAt,
    Optional<String> text) {

  /** Of a file that grows and is empty. */
  static Seal growing() {
    return new Seal(true, new ArrayList<>(), "", Optional.empty(), Optional.empty());
  }

  /** The same cut back to {@code count} lines. */
  Seal cutTo(int count) {
    List<String> kept = new ArrayList<>(lines.subList(0, Math.min(count, lines.size())));
    return new Seal(grows, kept, sha256, acceptedAt, text);
  }

  /** Writes it into an entry of the ledger. */
  void describe(ObjectNode entry) {
    if (grows) {
      entry.put(LedgerContents.GROWS, true);
    }
    entry.put(LedgerContents.SHA256, sha256);
    lines.forEach(entry.withArray(LedgerContents.LINES)::add);
    acceptedAt.ifPresent(time -> entry.put(LedgerContents.ACCEPTED, time));
    text.ifPresent(one -> entry.put(LedgerContents.TEXT, one));
  }

  /** Whether {@code found} is what it says. */
  boolean isOf(String file, LineHashes found) {
    return compare(file, found, 0).state() == State.WHOLE;
  }

  /**
   * Compares the file with it.
   *
   * @param file its path within the run directory
   * @param found what is there
   * @param mostFurtherLines how many unknown lines may follow in a file that grows
   */
  FileCheck compare(String file, LineHashes found, int mostFurtherLines) {
    int difference = found.firstDifference(lines);
    boolean whole = found.sha256().equals(sha256);
    if (grows) {
      boolean known = difference > lines.size() && found.finishedLines() >= lines.size();
      whole = known && found.lines().size() - lines.size() <= mostFurtherLines;
    }
    if (whole) {
      return new FileCheck(file, State.WHOLE, 0, acceptedAt);
    }
    // The last of fewer lines may be a part of the one that was there: a cut, not a change.
    int finished = Math.min(found.finishedLines(), found.lines().size());
    boolean cut = finished < lines.size() && difference > finished;
    int line = cut ? finished + 1 : difference;
    return new FileCheck(file, cut ? State.CUT : State.CHANGED, line, acceptedAt);
  }
}
