package org.grpo4j.report.page;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.grpo4j.experiment.files.Json;
import org.grpo4j.experiment.files.RunDirectory;
import org.grpo4j.experiment.files.SealedFiles;

/**
 * The news of a run, as server-sent events: {@code header} once there is a trace, {@code metrics}
 * and {@code trace} for each new line, and {@code summary} at the end, or {@code damage} if a file
 * cannot be read. Data are the lines of the files, which are JSON on one line.
 */
final class EventStream {

  /** A comment now and then shows whether the reader is still there. */
  private static final int PAUSES_BETWEEN_SIGNS_OF_LIFE = 40;

  /** Reading a long run takes a while; so much longer it then waits until it reads again. */
  private static final int PAUSES_A_READING = 10;

  private final RunDirectory run;
  private final boolean summaryKnown;
  private int metrics;
  private int trace;
  private boolean headerKnown;
  private boolean ended;

  /**
   * The events of {@code run}.
   *
   * @param query what the page has: {@code metrics=12&trace=12&header=1&summary=0}
   */
  EventStream(RunDirectory run, String query) {
    this.run = run;
    this.metrics = number(query, "metrics");
    this.trace = number(query, "trace");
    this.headerKnown = number(query, "header") > 0;
    this.summaryKnown = number(query, "summary") > 0;
  }

  private static int number(String query, String name) {
    Matcher found = Pattern.compile("(?:^|&)" + name + "=(\\d{1,9})(?:&|$)").matcher(query);
    return found.find() ? Integer.parseInt(found.group(1)) : 0;
  }

  /** Sends until the run has ended, the reader has gone or a file is damaged, which is said. */
  void send(HttpAnswer out) throws IOException {
    out.write("retry: 2000\n\n");
    long due = System.nanoTime();
    long read = -2;
    for (int pauses = 1; !ended; pauses++) {
      boolean full = pauses % PAUSES_BETWEEN_SIGNS_OF_LIFE == 0;
      if (full) {
        out.write(": still here\n\n");
      }
      long written = written();
      long begin = System.nanoTime();
      if (begin - due >= 0 && (full || written != read)) {
        read = written;
        for (String event : newsOrDamage()) {
          out.write(event);
        }
        long end = System.nanoTime();
        due = end + PAUSES_A_READING * (end - begin);
      }
      if (!ended && out.isUnwanted()) {
        return;
      }
    }
  }

  /** The size of the ledger, which grows with everything that is written. */
  private long written() {
    try {
      return Files.size(run.ledger());
    } catch (IOException e) {
      return -1; // the reader says what is wrong
    }
  }

  private List<String> newsOrDamage() {
    try {
      synchronized (EventStream.class) { // a long run is in memory once, however many look at it
        return news();
      }
    } catch (IOException | RuntimeException e) {
      ended = true;
      return List.of(
          event("damage", Json.line(Json.object().put("text", String.valueOf(e.getMessage())))));
    }
  }

  private List<String> news() throws IOException {
    SealedFiles files = run.sealed();
    List<String> news = new ArrayList<>();
    if (!headerKnown && files.has(run.traceHeader())) {
      news.add(event("header", Json.line(files.json(run.traceHeader()))));
      headerKnown = true;
    }
    metrics = add(news, "metrics", run.metricsJsonLines(), files, metrics);
    if (headerKnown) {
      trace = add(news, "trace", run.traceLines(), files, trace);
    }
    if (files.has(run.summary())) {
      ended = true;
      String summary = event("summary", Json.line(files.json(run.summary())));
      news.add((summaryKnown ? "" : summary) + event("end", "{}"));
    }
    return news;
  }

  /**
   * Adds the lines of {@code file} after the first {@code known}; the number that is known then.
   */
  private static int add(List<String> news, String name, Path file, SealedFiles files, int known)
      throws IOException {
    List<String> lines = files.lines(file);
    for (String line : lines.subList(Math.min(known, lines.size()), lines.size())) {
      Json.object(file, line);
      news.add(event(name, line.replace('\r', ' ')));
    }
    return lines.size();
  }

  private static String event(String name, String data) {
    return "event: " + name + "\ndata: " + data + "\n\n";
  }
}
