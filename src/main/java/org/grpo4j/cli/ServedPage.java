package org.grpo4j.cli;

import java.io.IOException;
import java.net.BindException;
import org.grpo4j.cli.text.ExitCode;
import org.grpo4j.report.page.LiveServer;
import picocli.CommandLine.Option;

/** The option and the wait of commands that serve a page until Ctrl-C. */
final class ServedPage {

  private static final int MOST_PORT = 65_535;
  private static final long PAUSE_MILLIS = 100;

  @Option(
      names = "--port",
      paramLabel = "N",
      defaultValue = "0",
      description = "Port to listen at; 0 for any that is free. Default: 0.")
  private int port;

  /** The start of a server. */
  interface Start {
    /** Begins at a port, 0 for any that is free. */
    LiveServer at(int port) throws IOException;
  }

  /** The moment at which the page can be asked for. */
  interface Ready {
    /** Called once. */
    void at(String address);
  }

  int serve(Subcommand command, Start start, Ready ready) throws IOException, InterruptedException {
    UsageException.unlessWithin("--port", port, 0, MOST_PORT);
    try (LiveServer server = start.at(port)) {
      String address = server.address().toString();
      command.console().result(command.json ? "{\"address\":\"" + address + "\"}" : address);
      ready.at(address);
      while (!command.stop().getAsBoolean()) {
        Thread.sleep(PAUSE_MILLIS);
      }
    } catch (BindException e) {
      throw new UsageException(
          "--port: " + port + " is taken\n  Choose another, or 0 for any that is free.");
    }
    return ExitCode.OK;
  }
}
