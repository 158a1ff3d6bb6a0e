package org.grpo4j.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.grpo4j.experiment.ExperimentFiles;
import org.grpo4j.report.page.LiveServer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code playground}: the page in which a policy trains in the browser. */
@Command(
    name = "playground",
    description = {
      "Opens a page in which a policy trains while you watch.",
      "Any browser opens its file from disk as well, target/playground/index.html.",
      "Only programs of this machine can connect. Ctrl-C ends it."
    },
    footer = {
      "",
      "./mvnw -Pplayground package makes the page.",
      "",
      "Examples:",
      "  grpo4j playground",
      "  grpo4j playground --port 8080 --no-open"
    })
final class PlaygroundCommand extends Subcommand {

  private static final String PAGE = "target/playground/index.html";

  @Mixin private ServedPage served = new ServedPage();

  @Option(names = "--no-open", description = "Print the address, and open no browser.")
  private boolean noOpen;

  @Override
  public Integer call() throws IOException, InterruptedException {
    Path page = ExperimentFiles.home().resolve(PAGE);
    if (!Files.isRegularFile(page)) {
      throw new UsageException(
          "playground: must be built first, there is no "
              + PAGE
              + "\n  Build it: ./mvnw -q -Pplayground package -DskipTests");
    }
    String html = Files.readString(page);
    return served.serve(this, port -> LiveServer.of(html, port), this::opened);
  }

  private void opened(String address) {
    boolean opens = !noOpen && !json && open(address);
    note((opens ? "" : "Open this address in a browser. ") + "Ctrl-C ends it.");
  }

  /** Whether the system took it to open a browser. */
  private static boolean open(String address) {
    String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    boolean hasScreen =
        System.getenv("DISPLAY") != null || System.getenv("WAYLAND_DISPLAY") != null;
    List<String> opener =
        system.startsWith("windows")
            ? List.of("rundll32", "url.dll,FileProtocolHandler", address)
            : List.of(system.startsWith("mac") ? "open" : "xdg-open", address);
    if (opener.get(0).equals("xdg-open") && !hasScreen) {
      return false;
    }
    try {
      new ProcessBuilder(opener)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .redirectError(ProcessBuilder.Redirect.DISCARD)
          .start();
      return true;
    } catch (IOException noSuchProgram) {
      return false;
    }
  }
}
