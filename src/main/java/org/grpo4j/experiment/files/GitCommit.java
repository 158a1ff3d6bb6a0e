package org.grpo4j.experiment.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The commit that is checked out, read from the files of {@code .git}; git need not be there. */
final class GitCommit {

  private static final String REFERENCE = "ref: ";
  private static final String LINK = "gitdir: ";

  private GitCommit() {}

  /** The commit of the working tree at {@code directory}; empty if it is none. */
  static Optional<String> of(Path directory) {
    try {
      Path git = directory.resolve(".git");
      if (Files.isRegularFile(git)) { // a linked working tree
        String link = Files.readString(git).strip();
        git = directory.resolve(link.substring(LINK.length()));
      }
      String head = Files.readString(git.resolve("HEAD")).strip();
      if (!head.startsWith(REFERENCE)) {
        return commit(head);
      }
      String reference = head.substring(REFERENCE.length());
      Path shared = git.resolve("commondir");
      Path common = Files.exists(shared) ? git.resolve(Files.readString(shared).strip()) : git;
      Path loose = common.resolve(reference);
      return Files.exists(loose)
          ? commit(Files.readString(loose).strip())
          : packed(common.resolve("packed-refs"), reference);
    } catch (IOException | RuntimeException e) {
      return Optional.empty();
    }
  }

  private static Optional<String> packed(Path file, String reference) throws IOException {
    for (String line : Files.readAllLines(file)) {
      if (line.endsWith(" " + reference)) {
        return commit(line.substring(0, line.indexOf(' ')));
      }
    }
    return Optional.empty();
  }

  private static Optional<String> commit(String text) {
    return text.matches("[0-9a-f]{40,64}") ? Optional.of(text) : Optional.empty();
  }
}
