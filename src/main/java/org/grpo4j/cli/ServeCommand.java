package org.grpo4j.cli;

import java.io.IOException;
import java.net.BindException;
import java.nio.file.Path;
import org.grpo4j.cli.text.ExitCode;
import org.grpo4j.experiment.files.RunDirectory;
import org.grpo4j.report.page.LiveServer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
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

  private static final int MOST_PORT = 65_535;
  private static final long PAUSE_MILLIS = 100;

  @Parameters(paramLabel = "RUN", description = RUN)
  private Path run = Path.of("");

  @Option(
      names = "--port",
      paramLabel = "N",
      defaultValue = "0",
      description = "Port to listen at; 0 for any that is free. Default: 0.")
  private int port;

  @Override
  public Integer call() throws IOException, InterruptedException {
    RunDirectory directory = open(run);
    UsageException.unlessWithin("--port", port, 0, MOST_PORT);
    try (LiveServer server = new LiveServer(directory, port)) {
      String address = server.address().toString();
      console().result(json ? "{\"address\":\"" + address + "\"}" : address);
      note("Open this address in a browser. Ctrl-C ends it.");
      while (!stop().getAsBoolean()) {
        Thread.sleep(PAUSE_MILLIS);
      }
    } catch (BindException e) {
      throw new UsageException(
          "--port: " + port + " is taken\n  Choose another, or 0 for any that is free.");
    }
    return ExitCode.OK;
  }
}
