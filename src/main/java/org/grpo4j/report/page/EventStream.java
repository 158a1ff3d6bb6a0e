package org.grpo4j.report.page;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.grpo4j.experiment.files.Json;
import org.grpo4j.experiment.files.RunDirectory;

/**
 * The news of a run, as server-sent events: {@code header} once there is a trace, {@code metrics}
 * and {@code trace} for each new line, and {@code summary} at the end, or {@code damage} if a file
 * cannot be read. Data are the lines of the files, which are JSON on one line.
 */
final class EventStream {

  /** A comment now and then shows whether the reader is still there. */
  private static final int PAUSES_BETWEEN_SIGNS_OF_LIFE = 40;

  private final RunDirectory run;
  private final LineTail metrics;
  private final LineTail trace;
  private final boolean summaryKnown;
  private boolean headerKnown;
  private boolean ended;

  private EventStream(
      RunDirectory run, int metrics, int trace, boolean headerKnown, boolean summaryKnown) {
    this.run = run;
    this.metrics = new LineTail(run, run.metricsJsonLines(), metrics);
    this.trace = new LineTail(run, RunData.updates(run), trace);
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

  /** Sends until the run has ended, the reader has gone or a file is damaged, which is said. */
  void send(HttpAnswer out) throws IOException {
    out.write("retry: 2000\n\n");
    int pauses = 0;
    while (!ended) {
      String news = newsOrDamage();
      if (!news.isEmpty()) {
        out.write(news);
        continue;
      }
      pauses++;
      if (pauses % PAUSES_BETWEEN_SIGNS_OF_LIFE == 0) {
        out.write(": still here\n\n");
      }
      if (out.isUnwanted()) {
        return;
      }
    }
  }

  private String newsOrDamage() {
    try {
      return news();
    } catch (IOException | RuntimeException e) {
      ended = true;
      return event("damage", Json.line(Json.object().put("text", String.valueOf(e.getMessage()))));
    }
  }

  /** The news since the last call, or a part of them if they are many; empty if there are none. */
  private String news() throws IOException {
    boolean isLast = run.has(run.summary());
    StringBuilder news = new StringBuilder();
    if (!headerKnown && run.has(RunData.header(run))) {
      news.append(event("header", oneLine(RunData.header(run))));
      headerKnown = true;
    }
    for (String line : metrics.next()) {
      news.append(event("metrics", object(run.metricsJsonLines(), line)));
    }
    for (String line : headerKnown ? trace.next() : List.<String>of()) {
      news.append(event("trace", object(RunData.updates(run), line)));
    }
    if (isLast && news.length() == 0) {
      ended = true;
      news.append(summaryKnown ? "" : event("summary", oneLine(run.summary())));
      news.append(event("end", "{}"));
    }
    return news.toString();
  }

  private static String oneLine(Path file) throws IOException {
    return object(file, Files.readString(file));
  }

  /**
   * An object of JSON on one line: a line's end would end the event, and in strings there is none.
   */
  private static String object(Path file, String text) throws IOException {
    try {
      if (Json.parse(text).isObject()) {
        return text.replace('\r', ' ').replace('\n', ' ');
      }
    } catch (JsonProcessingException e) {
      // said below
    }
    throw new IOException(file + ": not an object of JSON");
  }

  private static String event(String name, String data) {
    return "event: " + name + "\ndata: " + data + "\n\n";
  }
}
