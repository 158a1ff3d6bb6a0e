package org.grpo4j.playground;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes the playground's page from what the build has made: its last step. */
final class PlaygroundFile {

  private PlaygroundFile() {}

  /** The argument is the file to write. */
  public static void main(String[] arguments) throws IOException {
    Path file = Path.of(arguments[0]);
    String runtime = new String(made("engine-runtime.js"), StandardCharsets.UTF_8);
    String page = PlaygroundPage.of(runtime, made("engine.wasm"), coldStart());
    Files.createDirectories(file.toAbsolutePath().getParent());
    Files.writeString(file, page);
  }

  private static byte[] made(String name) throws IOException {
    try (InputStream in = PlaygroundFile.class.getResourceAsStream("page/" + name)) {
      if (in == null) {
        throw new IllegalStateException(name + " is missing: ./mvnw -Pplayground package makes it");
      }
      return in.readAllBytes();
    }
  }

  /** The policy that think-add begins with; nothing if none has been made. */
  private static byte[] coldStart() throws IOException {
    try (InputStream in = PlaygroundFile.class.getResourceAsStream("page/cold-start.bin")) {
      return in == null ? new byte[0] : in.readAllBytes();
    }
  }
}
