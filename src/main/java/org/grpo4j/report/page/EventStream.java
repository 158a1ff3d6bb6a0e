package org.grpo4j.report.page;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.grpo4j.experiment.files.RunDirectory;

/**
 * The news of a run, as server-sent events: {@code header} once there is a trace, {@code metrics}
 * and {@code trace} for each new line, and {@code summary} at the end. Data are the lines of the
 * files, which are JSON on one line.
 */
final class EventStream {

  private static final long PAUSE_MILLIS = 250;

  /** A comment now and then shows whether the reader is still there. */
  private static final int PAUSES_BETWEEN_SIGNS_OF_LIFE = 40;

  private final RunDirectory run;
  private final LineTail metrics;
  private final LineTail trace;
  private final boolean summaryKnown;
  private boolean headerKnown;

  private EventStream(
      RunDirectory run, int metrics, int trace, boolean headerKnown, boolean summaryKnown) {
    this.run = run;
    this.metrics = new LineTail(run.metricsJsonLines(), metrics);
    this.trace = new LineTail(RunData.updates(run), trace);
    this.headerKnown = headerKnown;
    this.summaryKnown = summaryKnown;
  }

  /**
   * The events of {@code run}.
   *
   * @param query what the page has: {@code metrics=12&trace=12&header=1&summary=0}
   */
  static EventStream of(RunDirectory run, String query) {
    return new EventStream(
        run,
        number(query, "metrics"),
        number(query, "trace"),
        number(query, "header") > 0,
        number(query, "summary") > 0);
  }

  private static int number(String query, String name) {
    Matcher found =
        Pattern.compile("(?:^|&)" + name + "=(\\d{1,9})(?:&|$)")
            .matcher(query == null ? "" : query);
    return found.find() ? Integer.parseInt(found.group(1)) : 0;
  }

  /** Sends until the run has ended, the reader has gone or {@code stopped}. */
  void send(OutputStream out, BooleanSupplier stopped) throws IOException {
    try {
      write(out, "retry: 2000\n\n");
      int pauses = 0;
      while (!stopped.getAsBoolean()) {
        boolean ended = Files.exists(run.summary());
        sendNew(out);
        if (ended) {
          if (!summaryKnown) {
            event(out, "summary", oneLine(run.summary()));
          }
          event(out, "end", "{}");
          return;
        }
        pauses++;
        if (pauses % PAUSES_BETWEEN_SIGNS_OF_LIFE == 0) {
          write(out, ": still here\n\n");
        }
        Thread.sleep(PAUSE_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void sendNew(OutputStream out) throws IOException {
    if (!headerKnown && Files.exists(RunData.header(run))) {
      event(out, "header", oneLine(RunData.header(run)));
      headerKnown = true;
    }
    for (String line : metrics.next()) {
      event(out, "metrics", line);
    }
    if (headerKnown) {
      for (String line : trace.next()) {
        event(out, "trace", line);
      }
    }
  }

  /** A line feed would end the event's data; inside JSON strings there is none. */
  private static String oneLine(Path file) throws IOException {
    return Files.readString(file).replace("\r", "").replace("\n", " ");
  }

  private static void event(OutputStream out, String name, String data) throws IOException {
    write(out, "event: " + name + "\ndata: " + data + "\n\n");
  }

  private static void write(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
    out.flush();
  }
}
