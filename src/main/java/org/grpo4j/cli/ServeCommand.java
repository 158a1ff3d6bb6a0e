package org.grpo4j.cli;

import java.io.IOException;
import java.net.BindException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import org.grpo4j.cli.text.Console;
import org.grpo4j.cli.text.ExitCode;
import org.grpo4j.experiment.files.RunDirectory;
import org.grpo4j.report.page.LiveServer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code serve}: the page of a run while it trains. */
@Command(
    name = "serve",
    mixinStandardHelpOptions = true,
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
final class ServeCommand implements Callable<Integer> {

  private static final int MOST_PORT = 65_535;
  private static final long PAUSE_MILLIS = 100;

  private final Console console;
  private final BooleanSupplier stopRequested;

  @Parameters(paramLabel = "RUN", description = RunArgument.DESCRIPTION)
  private Path run = Path.of("");

  @Option(
      names = "--port",
      paramLabel = "N",
      defaultValue = "0",
      description = "Port to listen at; 0 for any that is free. Default: 0.")
  private int port;

  @Mixin private ClasspathOptions common = new ClasspathOptions();

  ServeCommand(Console console, BooleanSupplier stopRequested) {
    this.console = console;
    this.stopRequested = stopRequested;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    RunDirectory directory = RunArgument.open(run, common.classes());
    if (port < 0 || port > MOST_PORT) {
      throw new UsageException("--port: must be from 0 to " + MOST_PORT + ", got " + port);
    }
    try (LiveServer server = start(directory)) {
      console.result(
          common.json ? "{\"address\":\"" + server.address() + "\"}" : server.address().toString());
      if (!common.quiet) {
        console.note("Open this address in a browser. Ctrl-C ends it.");
      }
      while (!stopRequested.getAsBoolean()) {
        Thread.sleep(PAUSE_MILLIS);
      }
    }
    return ExitCode.OK;
  }

  private LiveServer start(RunDirectory directory) throws IOException {
    try {
      return LiveServer.start(directory, port);
    } catch (BindException e) {
      throw new UsageException(
          "--port: " + port + " is taken\n  Choose another, or 0 for any that is free.");
    }
  }
}
