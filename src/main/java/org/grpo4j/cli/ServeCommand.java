package org.grpo4j.cli;

import java.io.IOException;
import java.nio.file.Path;
import org.grpo4j.experiment.files.RunDirectory;
import org.grpo4j.report.page.LiveServer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code serve}: the page of a run while it trains. */
@Command(
    name = "serve",
    description = {
      "Shows the page of a run in the browser, live while it trains.",
      "Only programs of this machine can connect. Ctrl-C ends it."
    },
    footer = {
      "",
      "Start a training in one terminal and this in another.",
      "",
      "Examples:",
      "  grpo4j serve last",
      "  grpo4j serve last --port 8080"
    })
final class ServeCommand extends OpeningCommand {

  @Parameters(paramLabel = "RUN", description = RUN)
  private Path run = Path.of("");

  @Mixin private ServedPage served = new ServedPage();

  @Override
  public Integer call() throws IOException, InterruptedException {
    RunDirectory directory = open(run);
    return served.serve(
        this,
        port -> new LiveServer(directory, port),
        address -> note("Open this address in a browser. Ctrl-C ends it."));
  }
}
