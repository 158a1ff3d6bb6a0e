package org.grpo4j.experiment.files;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/**
 * A page or picture that is made from the files of a run and can be made again. It vouches for
 * itself: its last line is a comment with the SHA-256 of everything above, so that whoever only
 * looks at a run need not write into its ledger.
 */
public final class DerivedFile {

  private static final String BEGIN = "<!-- sha256 of all above: ";
  private static final String END = " -->\n";
  private static final int HASH = 64;

  private DerivedFile() {}

  /** Writes {@code text}, which is HTML or SVG, into {@code file}, whole or not at all. */
  public static void write(Path file, String text) {
    String lines = text.endsWith("\n") ? text : text + "\n";
    AtomicFiles.write(file, lines + BEGIN + AtomicFiles.sha256(lines) + END);
  }

  /** Whether {@code file} is there, as it was written. */
  public static boolean isWhole(Path file) throws IOException {
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      return false;
    }
    String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    int seal = text.length() - BEGIN.length() - HASH - END.length();
    return seal >= 0
        && text.substring(seal).equals(BEGIN + AtomicFiles.sha256(text.substring(0, seal)) + END);
  }
}
