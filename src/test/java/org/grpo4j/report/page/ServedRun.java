package org.grpo4j.report.page;

import java.io.IOException;
import java.nio.file.Path;
import org.grpo4j.experiment.files.RunDirectory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A run of one update that is served, and a client that may send it what it likes. */
abstract class ServedRun {

  @TempDir Path temporary;
  RunDirectory run;
  LiveServer server;
  RawClient client;

  @BeforeEach
  void start() throws IOException {
    run = PageRuns.write(temporary.resolve("run"), 1, "x");
    server = new LiveServer(run, 0);
    client = new RawClient(server.port());
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
    client.close();
  }
}
